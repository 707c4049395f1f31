import { type AnswerFields, equalFields, pickFields } from '../assessments/answer.ts'

/** Two cities that answer some areas jointly: one leads, the other takes its answers over, one by one or all at once. */
export interface JointAgreement {
  id: string
  waveId: string
  lead: { assessmentId: string; cityId: string; name: string }
  partner: { assessmentId: string; cityId: string; name: string }
  dimensions: string[]
  note: string | null
  proposedAt: Date
  acceptedAt: Date | null
  endedAt: Date | null
}

/** ended: by either city after it was accepted; declined: before. */
export type JointState = 'proposed' | 'accepted' | 'declined' | 'ended'

export function jointState({ acceptedAt, endedAt }: Pick<JointAgreement, 'acceptedAt' | 'endedAt'>): JointState {
  if (endedAt !== null) return acceptedAt === null ? 'declined' : 'ended'
  return acceptedAt === null ? 'proposed' : 'accepted'
}

type Answered = AnswerFields & { version: number }

/**
 * Answers of the leading city that the other one does not have yet.
 * @param handed what waits or was handed over before, by question: the same words are not handed over twice
 */
export function answersToHandOver(
  questionIds: readonly string[],
  lead: ReadonlyMap<string, Answered>,
  partner: ReadonlyMap<string, Answered>,
  handed: ReadonlyMap<string, AnswerFields>,
): string[] {
  return questionIds.filter((id) => {
    const answer = lead.get(id)
    if (answer === undefined || (answer.options === null && answer.missing === null && answer.explanation === null)) return false
    const theirs = partner.get(id)
    if (theirs !== undefined && equalFields(pickFields(answer), pickFields(theirs))) return false
    const before = handed.get(id)
    return before === undefined || !equalFields(pickFields(answer), pickFields(before))
  })
}
