import type { PartnerRight } from '../../permissions.ts'
import type { AnswerFields } from '../assessments/answer.ts'
import type { Fact, Quality } from '../cities/fact.ts'

/** Since when nobody in a city has saved anything, in whole days; null = nothing was ever saved. */
export function silentDays(lastSavedAt: Date | null, now: Date): number | null {
  return lastSavedAt === null ? null : Math.max(0, Math.floor((now.getTime() - lastSavedAt.getTime()) / (24 * 3600 * 1000)))
}

export const longSilence = 14 // days without a saved answer after which the caseload marks a city

/** A technical partner of a city, as the city sees it. */
export interface CityPartner {
  membershipId: string
  person: { id: string; name: string; email: string }
  since: Date
  rights: { right: PartnerRight; grantedAt: Date; grantedBy: string | null }[]
}

/** An answer that somebody suggests to the city; the city decides. */
export interface Suggestion extends AnswerFields {
  id: string
  assessmentId: string
  questionId: string
  origin: 'partner' | 'joint'
  language: string | null
  /** A sentence to the city. */
  note: string | null
  /** Version of the answer that it was written for. */
  baseVersion: number
  by: { id: string; name: string } | null
  createdAt: Date
  withdrawnAt: Date | null
  decidedAt: Date | null
  decision: 'accepted' | 'declined' | null
  decisionNote: string | null
}

export const isPending = ({ withdrawnAt, decidedAt }: Pick<Suggestion, 'withdrawnAt' | 'decidedAt'>): boolean =>
  withdrawnAt === null && decidedAt === null

/** A figure that a partner found in official statistics. */
export interface FactProposal {
  id: string
  fact: Fact
  value: number
  year: number
  source: string
  quality: Quality
  note: string | null
  by: { id: string; name: string } | null
  createdAt: Date
  withdrawnAt: Date | null
  decidedAt: Date | null
  decision: 'accepted' | 'declined' | null
  decisionNote: string | null
}

/** What a partner finds of an answer before it is handed in. It is help, never a review. */
export interface PrecheckMark {
  questionId: string
  mark: 'ready' | 'needs-work'
  remark: string | null
  answerVersion: number
  version: number
  markedAt: Date
  by: { id: string; name: string } | null
}

/** A mark on an answer that was changed since says nothing about the answer of now. */
export const isOutdated = ({ answerVersion }: PrecheckMark, currentVersion: number): boolean => answerVersion !== currentVersion

export interface Readiness {
  ready: number
  needsWork: number
  /** Marked before the answer was changed. */
  outdated: number
  notLookedAt: number
}

/** How far the pre-check of some questions is. @param versions version of each answer now; 0 = none */
export function readinessOf(
  questionIds: readonly string[],
  marks: ReadonlyMap<string, PrecheckMark>,
  versions: ReadonlyMap<string, number>,
): Readiness {
  const readiness: Readiness = { ready: 0, needsWork: 0, outdated: 0, notLookedAt: 0 }
  for (const id of questionIds) {
    const mark = marks.get(id)
    if (mark === undefined) readiness.notLookedAt++
    else if (isOutdated(mark, versions.get(id) ?? 0)) readiness.outdated++
    else if (mark.mark === 'ready') readiness.ready++
    else readiness.needsWork++
  }
  return readiness
}
