import type { Dimension, Instrument, QuestionRules } from '../instrument/instrument.ts'
import { findHiddenReason, questionMap, type StoredAnswer } from './answer.ts'
import type { Exclusion, Exclusions } from './scope.ts'

/** An assessment with the city and wave it belongs to. */
export interface Assessment {
  id: string
  submittedAt: Date | null
  city: { id: string; slug: string; name: string; isSynthetic: boolean }
  wave: { id: string; slug: string; name: string; opensAt: Date; closesAt: Date; closedAt: Date | null; instrumentVersionId: string }
}

/** A text key under assessments.step, for the person who wants to know why not. */
export type StepReason =
  | 'not-open-yet'
  | 'closed'
  | 'nothing-changed'
  | 'reasons-missing'
  | 'nothing-answered'
  | 'sign-off-missing'
  | 'own-signature'

export type Step = { ok: true } | { ok: false; reason: StepReason }

/** Closed by hand or by its closing time, whichever came first; the server's clock decides. */
export function closedSince({ closedAt, closesAt }: Assessment['wave'], now: Date): Date | null {
  if (closedAt !== null && closedAt <= now) return closedAt
  return closesAt <= now ? closesAt : null
}

/** The city keeps working on its own copy until the wave closes, also after handing in. */
export function canAnswer({ wave }: Assessment, now: Date): Step {
  if (closedSince(wave, now) !== null) return { ok: false, reason: 'closed' }
  return wave.opensAt > now ? { ok: false, reason: 'not-open-yet' } : { ok: true }
}

/** hidden: not asked because of an earlier answer; excluded: not asked because another authority is responsible. */
export type QuestionState = 'answered' | 'not-applicable' | 'not-known' | 'open' | 'hidden' | 'excluded'

export interface QuestionStatus {
  question: QuestionRules
  answer: StoredAnswer | undefined
  state: QuestionState
  /** Said not to apply, but not why. */
  lacksReason: boolean
  /** Who is responsible instead of the city; null = it is asked. */
  exclusion: Exclusion | null
}

function stateOf(answer: StoredAnswer | undefined): QuestionState {
  if (answer?.missing) return answer.missing
  return answer?.options ? 'answered' : 'open'
}

/** Status of every question, in the order of the questionnaire. A question whose parent is still open is open itself. */
export function questionStatuses(
  instrument: Instrument,
  answers: ReadonlyMap<string, StoredAnswer>,
  exclusions: Exclusions,
): Map<string, QuestionStatus> {
  const questions = questionMap(instrument)
  const lookup = (id: string) => answers.get(id)
  return new Map(
    [...questions.values()].map((question) => {
      const answer = answers.get(question.id)
      const hidden = findHiddenReason(question, questions, lookup)
      const exclusion = exclusions.get(question.id) ?? null
      const asked = hidden === null ? stateOf(answer) : hidden.kind === 'open' ? 'open' : 'hidden'
      const state = exclusion === null ? asked : 'excluded'
      return [question.id, { question, answer, state, exclusion, lacksReason: state === 'not-applicable' && !answer?.reason }]
    }),
  )
}

export interface Progress {
  /** Questions with an answer, "not applicable" and "not known" among them. */
  answered: number
  /** Questions that are asked, given the answers so far. */
  asked: number
}

export function progressOf(statuses: Iterable<QuestionStatus>): Progress {
  let answered = 0
  let asked = 0
  for (const { state } of statuses) {
    if (state === 'hidden' || state === 'excluded') continue
    asked++
    if (state !== 'open') answered++
  }
  return { answered, asked }
}

export type AreaState = 'not-started' | 'in-progress' | 'completed'

export function areaState({ answered, asked }: Progress): AreaState {
  if (answered >= asked) return 'completed'
  return answered === 0 ? 'not-started' : 'in-progress'
}

export const questionsOfDimension = (dimension: Dimension): QuestionRules[] =>
  dimension.indicators.flatMap((indicator) => [...indicator.questions])

/** Progress of each area, in the order of the questionnaire. */
export function areaProgress(
  instrument: Instrument,
  statuses: ReadonlyMap<string, QuestionStatus>,
): { dimension: Dimension; progress: Progress; state: AreaState }[] {
  return instrument.dimensions.map((dimension) => {
    const progress = progressOf(questionsOfDimension(dimension).map((question) => statuses.get(question.id)!))
    return { dimension, progress, state: areaState(progress) }
  })
}

/**
 * May the city hand in? Open questions do not prevent it: they count nothing and are shown as open.
 * @param changedSince whether any answer is newer than the last frozen copy
 * @param isSigned whether everybody whom the city wants to sign has signed what stands now
 */
export function canSubmit(
  assessment: Assessment,
  statuses: ReadonlyMap<string, QuestionStatus>,
  { changedSince, isSigned }: { changedSince: boolean; isSigned: boolean },
  now: Date,
): Step {
  const answering = canAnswer(assessment, now)
  if (!answering.ok) return answering
  if (progressOf(statuses.values()).answered === 0) return { ok: false, reason: 'nothing-answered' }
  if ([...statuses.values()].some((status) => status.lacksReason)) return { ok: false, reason: 'reasons-missing' }
  if (assessment.submittedAt !== null && !changedSince) return { ok: false, reason: 'nothing-changed' }
  return isSigned ? { ok: true } : { ok: false, reason: 'sign-off-missing' }
}
