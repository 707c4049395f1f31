import type { StoredEvent } from '../audit/audit.ts'
import { type Details, fieldsOf, type Rebuilt } from './rebuilt.ts'

// What cities answer: the newest of each answer, every version before, and what they say they are responsible for.

export const answerFields = ['version', 'options', 'missing', 'reason', 'explanation'] as const
export const scopeFields = ['version', 'isResponsible', 'reason'] as const

function applyAnswer(rebuilt: Rebuilt, { subject, at, personId, payload }: StoredEvent): void {
  const history = `${subject.replace(/^answer:/, 'answer-version:')}/`
  if (payload === undefined) {
    rebuilt.lose(subject)
    rebuilt.loseAddition(history)
    return
  }
  const details = payload as Details
  const answer = { ...fieldsOf(details, answerFields), by: personId, at }
  rebuilt.set(subject, answer)
  rebuilt.set(`${history}${String(details.version)}`, answer)
}

function applyScope(rebuilt: Rebuilt, { subject, at, personId, payload }: StoredEvent): void {
  const prefix = `${subject.replace(/^assessment:/, 'scope:')}/`
  if (payload === undefined) {
    rebuilt.loseAll(prefix)
    return
  }
  for (const statement of (payload as Details).statements as (Details & { scopeId: string })[])
    rebuilt.set(`${prefix}${statement.scopeId}`, { ...fieldsOf(statement, scopeFields), by: personId, at })
}

export function applyAnswerEvent(rebuilt: Rebuilt, event: StoredEvent): void {
  if (event.action === 'answer.saved') applyAnswer(rebuilt, event)
  if (event.action === 'scope.stated') applyScope(rebuilt, event)
}
