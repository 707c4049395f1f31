import { and, eq, isNotNull, ne } from 'drizzle-orm'
import {
  answers,
  assessments,
  citations,
  evidence,
  factProposals,
  guestLinks,
  jointAgreements,
  precheckMarks,
  signOffs,
  suggestions,
  translations,
} from '../src/db/schema.ts'
import { hashToken, newToken } from '../src/features/accounts/invitation-token.ts'
import type { Prepared } from './database.ts'
import { answerMarker, personMarker } from './markers.ts'

// What the planted city A has noted beside what the route table works with, so that every text of every table carries a marker
// somewhere. Nothing here changes what may be done next.

const day = 24 * 3600 * 1000 // ms

/** The planted city A, and a third city that it has written to. */
export interface Noted {
  cityId: string
  assessmentId: string
  waveId: string
  /** The question that the route table works with; the notes are about others where that would be in its way. */
  questionId: string
  neighbourId: string
  stepId: string
  evidenceId: string
  partnerId: string
  approverId: string
  dimension: string
}

/** Another answered question, and one that is answered with a reason. */
async function otherQuestions({ services: { db } }: Prepared, { assessmentId, questionId }: Noted) {
  const mine = eq(answers.assessmentId, assessmentId)
  const [other] = await db
    .select({ id: answers.questionId })
    .from(answers)
    .where(and(mine, ne(answers.questionId, questionId)))
    .limit(1)
  const [reasoned] = await db
    .select({ id: answers.questionId })
    .from(answers)
    .where(and(mine, isNotNull(answers.reason)))
    .limit(1)
  return { other: other!.id, reasoned: reasoned!.id }
}

async function plantDecided({ services: { db } }: Prepared, { assessmentId, cityId, partnerId }: Noted, questionId: string) {
  const declined = { decision: 'declined', decidedAt: new Date(), decisionNote: `${answerMarker} declined`, note: `${answerMarker} note` }
  const suggestion = { missing: 'not-applicable', reason: `${answerMarker} suggested reason`, language: 'en', baseVersion: 1 }
  await db
    .insert(suggestions)
    .values({ ...suggestion, ...declined, assessmentId, cityId, questionId, origin: 'partner', suggestedBy: partnerId })
  const figure = { fact: 'population', value: 99_000, year: 2021, source: `${answerMarker} older register`, quality: 'estimate' }
  await db.insert(factProposals).values({ ...figure, ...declined, cityId, proposedBy: partnerId })
  await db.insert(precheckMarks).values({
    assessmentId,
    cityId,
    questionId,
    mark: 'needs-work',
    remark: `${answerMarker} remark`,
    answerVersion: 1,
    markedAt: new Date(),
    markedBy: partnerId,
  })
}

async function plantGuestNote({ services: { db } }: Prepared, { assessmentId, cityId }: Noted, questionId: string) {
  await db.insert(guestLinks).values({
    assessmentId,
    cityId,
    questionIds: [questionId],
    tokenHash: hashToken(newToken()),
    name: `Second guest ${personMarker}`,
    email: `guest.${personMarker.toLowerCase()}@example.org`,
    note: `${answerMarker} please look at this`,
    expiresAt: new Date(Date.now() + day),
  })
}

/** A page of the web in the library, and what is noted where it is cited. */
async function plantLink({ services: { db } }: Prepared, { assessmentId, cityId, evidenceId }: Noted, questionId: string) {
  await db.insert(evidence).values({
    cityId,
    url: `https://www.example.org/${answerMarker}`,
    title: `${answerMarker} page`,
    kind: 'website',
    note: `${answerMarker} only the second half`,
  })
  const place = { page: 1, quotation: `${answerMarker} words`, note: `${answerMarker} see the table` }
  await db.insert(citations).values({ ...place, assessmentId, questionId, evidenceId, cityId })
}

/** A word of city A to its third neighbour, which city B must not hear of. */
async function plantNeighbour({ services: { db } }: Prepared, { assessmentId, cityId, waveId, neighbourId, dimension }: Noted) {
  const [neighbour] = await db.insert(assessments).values({ waveId, cityId: neighbourId }).returning({ id: assessments.id })
  await db.insert(jointAgreements).values({
    waveId,
    leadAssessmentId: assessmentId,
    cityId,
    partnerAssessmentId: neighbour!.id,
    partnerCityId: neighbourId,
    dimensions: [dimension],
    note: `${answerMarker} together`,
  })
}

/** Sent back for a state of the answers that has changed since, so that the step can be decided about again. */
async function plantSentBack({ services: { db } }: Prepared, { assessmentId, cityId, stepId, approverId }: Noted) {
  await db.insert(signOffs).values({
    assessmentId,
    cityId,
    stepId,
    decision: 'sent-back',
    note: `${answerMarker} not like this`,
    contentHash: '',
    versions: {},
    decidedAt: new Date(Date.now() - day / 3),
    decidedBy: approverId,
  })
}

export async function plantNotes(prepared: Prepared, noted: Noted): Promise<void> {
  const { other, reasoned } = await otherQuestions(prepared, noted)
  const { assessmentId, cityId } = noted
  await plantDecided(prepared, noted, other)
  await plantGuestNote(prepared, noted, other)
  await plantLink(prepared, noted, other)
  await plantNeighbour(prepared, noted)
  await plantSentBack(prepared, noted)
  await prepared.services.db.insert(translations).values({
    assessmentId,
    cityId,
    questionId: reasoned,
    language: 'de',
    reason: `${answerMarker} Begründung`,
    sourceHash: '',
    translatedAt: new Date(),
  })
}
