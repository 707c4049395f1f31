import type { StoredEvent } from '../audit/audit.ts'
import { type Details, fieldsOf, type Rebuilt } from './rebuilt.ts'

// What experts and city say to each other: queries, replies, later versions of frozen answers, replies to decisions, and which
// corrections the city took into its working copy.

export const queryFields = ['reviewId', 'questionId', 'text', 'language', 'dueOn', 'askedAt', 'askedBy'] as const
export const queryTimes = ['answeredAt', 'closedAt', 'withdrawnAt'] as const
export const replyFields = ['text', 'language', 'frozenVersion', 'writtenAt', 'writtenBy'] as const
export const versionFields = ['questionId', 'options', 'missing', 'reason', 'explanation', 'language', 'contentHash'] as const
export const decisionReplyFields = ['text', 'language', 'writtenAt', 'writtenBy'] as const
export const mergeFields = ['decision', 'answerVersion', 'decidedAt', 'decidedBy'] as const

type Apply = (rebuilt: Rebuilt, event: StoredEvent, details: Details) => void

const keyOf = ({ subject }: StoredEvent, kind: string): string => `${subject.replace(/^[^:]*:/, `${kind}:`)}/`

const reply: Apply = (rebuilt, event, details) => {
  const { subject, at, personId } = event
  const { language, question, isDone } = details
  const answer = details.answer as (Details & { after: Details }) | null
  const written = { writtenAt: at, writtenBy: personId, frozenVersion: answer?.version ?? null }
  rebuilt.set(`${keyOf(event, 'query-reply')}${String(details.reply)}`, fieldsOf({ ...details, ...written }, replyFields))
  if (isDone === true) rebuilt.change(subject, { answeredAt: at })
  if (answer === null) return
  const { version, contentHash, after } = answer
  const fields = fieldsOf({ ...after, questionId: question, language, contentHash }, versionFields)
  rebuilt.set(`${keyOf(event, 'frozen-answer')}${String(version)}`, { ...fields, savedAt: at, savedBy: personId })
}

const replyToDecision: Apply = (rebuilt, event, details) =>
  rebuilt.set(
    `${keyOf(event, 'decision-reply')}${String(details.reply)}`,
    fieldsOf({ ...details, writtenAt: event.at, writtenBy: event.personId }, decisionReplyFields),
  )

const merge: Apply = (rebuilt, { action, subject, at, personId }, details) =>
  rebuilt.set(subject, {
    ...fieldsOf({ ...details, decidedAt: at, decidedBy: personId }, mergeFields),
    decision: action.replace('correction.', ''),
  })

const mark =
  (time: (typeof queryTimes)[number]): Apply =>
  (rebuilt, { subject, at }) =>
    rebuilt.change(subject, { [time]: at })

const events: Record<string, Apply> = {
  'query.asked': (rebuilt, { subject, at, personId }, { review, question, ...details }) => {
    const asked = { ...details, reviewId: review, questionId: question, askedAt: at, askedBy: personId }
    rebuilt.set(subject, fieldsOf(asked, [...queryFields, ...queryTimes]))
  },
  'query.replied': reply,
  'query.finished': mark('answeredAt'),
  'query.closed': mark('closedAt'),
  'query.withdrawn': mark('withdrawnAt'),
  'decision.replied': replyToDecision,
  'correction.taken': merge,
  'correction.kept': merge,
}

export function applyDialogueEvent(rebuilt: Rebuilt, event: StoredEvent): void {
  const apply = events[event.action]
  if (apply === undefined) return
  if (event.payload !== undefined) return apply(rebuilt, event, event.payload as Details)
  if (event.action === 'decision.replied') return rebuilt.loseAddition(keyOf(event, 'decision-reply'))
  rebuilt.lose(event.subject)
  if (event.action !== 'query.replied') return
  rebuilt.loseAddition(keyOf(event, 'query-reply'))
  rebuilt.loseAddition(keyOf(event, 'frozen-answer'))
}
