import type { AnswerPatch, StoredAnswer } from '../features/assessments/answer.ts'
import type { SaveOutcome } from '../features/assessments/saving.ts'

export type SendOutcome = SaveOutcome | { kind: 'signed-out'; message: string }

export interface Transport {
  save(questionId: string, version: number, patch: AnswerPatch): Promise<SendOutcome>
}

interface Problem {
  code: string
  detail: string
  now: string
  current?: StoredAnswer
}

const closedCodes = new Set(['WAVE_CLOSED', 'NOT_ALLOWED', 'ASSESSMENT_NOT_FOUND', 'STEP_NOT_AVAILABLE', 'GUEST_LINK_ENDED'])

function outcomeOf(status: number, problem: Problem): SendOutcome {
  const message = `${problem.detail} ${problem.now}`
  if (problem.code === 'ANSWER_CHANGED' && problem.current) return { kind: 'changed', current: problem.current }
  if (status === 401) return { kind: 'signed-out', message }
  if (closedCodes.has(problem.code)) return { kind: 'closed', message }
  if (status >= 500 || status === 429) return { kind: 'unreachable', message }
  return { kind: 'refused', message }
}

/**
 * Saves answers over the API, as this person: a session of somebody else in the same browser is refused.
 * @param path address of the answers, without the question
 */
export function createTransport(path: string, personId: string): Transport {
  return {
    save: async (questionId, version, patch) => {
      try {
        const response = await fetch(`${path}/${questionId}`, {
          method: 'PUT',
          headers: { 'Content-Type': 'application/json', 'If-Match': `"${version}"`, 'Tessera-Person': personId },
          body: JSON.stringify(patch),
          signal: AbortSignal.timeout(15_000),
        })
        if (response.ok) return { kind: 'saved', answer: (await response.json()) as StoredAnswer }
        return outcomeOf(response.status, (await response.json()) as Problem)
      } catch {
        return { kind: 'unreachable', message: '' }
      }
    },
  }
}
