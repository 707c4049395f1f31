import { hashOf } from '../src/canonical.ts'
import {
  adjudications,
  decisionReplies,
  documentViews,
  evidence,
  frozenAnswerVersions,
  frozenAssessments,
  interestDeclarations,
  judgements,
  mergeDecisions,
  queryReplies,
  reviewAssignments,
  reviewQueries,
  reviews,
} from '../src/db/schema.ts'
import { eq } from 'drizzle-orm'
import { addAccount } from './accounts.ts'
import type { Prepared } from './database.ts'
import { answerMarker } from './markers.ts'
import { addRegistration } from './reviews.ts'

// What experts and the evaluating organisation have done with the copy that city A has handed in, each text with a marker. City B has a
// review as well, so that its expert can look for what belongs to city A.

const day = 24 * 3600 * 1000 // ms

export interface PlantedReviews {
  /** Values of the parameters of routes: the review of city A that goes on, who works on it, and what is asked. */
  reviewA: { reviewId: string; assignmentId: string; queryId: string }
  /** A review of city A that has come as far as the right of reply and was withdrawn then. */
  withdrawnReviewA: string
  reviewB: string
  /** A query of the review of city A to which the city has replied, and a question about which nothing is asked. */
  repliedQueryA: string
  freshQuestionA: string
  /** Nobody's expert yet. */
  freeExpert: string
}

interface Place {
  cityId: string
  assessmentId: string
  frozenId: string
}

export interface PlantedReviewInput {
  a: Place
  b: Omit<Place, 'frozenId'>
  waveId: string
  questionId: string
  repliedQuestionId: string
  freshQuestionId: string
  /** Who scores every question of city A, and of city B. */
  first: string
  firstOfB: string
  lead: string
  network: string
  coordinator: string
}

/** A frozen copy of city B without answers. */
async function freezeB({ services: { db } }: Prepared, { b, waveId }: PlantedReviewInput): Promise<string> {
  const content = {
    assessment: b.assessmentId,
    city: { slug: 'city-b', name: 'city-b', isSynthetic: false },
    wave: { slug: 'open-wave', name: 'Open wave' },
    instrument: { id: 'tessera', version: '0', contentHash: '' },
    method: { engine: '', schemes: [] },
    answers: [],
    frozenAt: new Date().toISOString(),
  }
  const [row] = await db
    .insert(frozenAssessments)
    .values({ ...b, waveId, content, contentHash: hashOf(content), frozenAt: new Date() })
    .returning({ id: frozenAssessments.id })
  return row!.id
}

async function openPlanted({ services: { db } }: Prepared, place: Place, input: PlantedReviewInput, registrationId: string) {
  const { waveId, questionId, lead } = input
  const [row] = await db
    .insert(reviews)
    .values({ ...place, waveId, registrationId, sample: [questionId], openedAt: new Date(Date.now() - day / 4), openedBy: lead })
    .returning({ id: reviews.id })
  return row!.id
}

/** The expert works in spite of a conflict, has decided one question and asked something about it. */
async function plantWork({ services: { db } }: Prepared, reviewId: string, input: PlantedReviewInput) {
  const { a, questionId, first, lead, network } = input
  const own = { reviewId, cityId: a.cityId }
  const [assignment] = await db
    .insert(reviewAssignments)
    .values({
      ...own,
      personId: first,
      part: 'first',
      assignedAt: new Date(Date.now() - day / 4),
      assignedBy: lead,
      overriddenBy: network,
      overrideReason: `${answerMarker} nobody else speaks the language`,
      overrideNote: `${answerMarker} has taught there`,
      lastQuestionId: questionId,
      lastAt: new Date(),
    })
    .returning({ id: reviewAssignments.id })
  await db.insert(judgements).values({
    ...own,
    questionId,
    personId: first,
    version: 1,
    answerVersion: 1,
    decision: 'not-supported',
    reasonCode: 'evidence-missing',
    note: `${answerMarker} note among experts`,
    reportText: `${answerMarker} text for the report`,
    decidedAt: new Date(),
  })
  const [query] = await db
    .insert(reviewQueries)
    .values({
      ...own,
      questionId,
      text: `${answerMarker} Which page?`,
      language: 'en',
      dueOn: new Date(Date.now() + 14 * day).toISOString().slice(0, 10),
      askedAt: new Date(),
      askedBy: first,
    })
    .returning({ id: reviewQueries.id })
  return { assignmentId: assignment!.id, queryId: query!.id }
}

/** A query that waits for the city to hand it back. */
async function plantReplied({ services: { db } }: Prepared, reviewId: string, input: PlantedReviewInput): Promise<string> {
  const { a, repliedQuestionId: questionId, first, coordinator } = input
  const asked = { language: 'en', dueOn: new Date(Date.now() + 14 * day).toISOString().slice(0, 10), askedAt: new Date(), askedBy: first }
  const [query] = await db
    .insert(reviewQueries)
    .values({ ...asked, reviewId, cityId: a.cityId, questionId, text: `${answerMarker} Whose budget?` })
    .returning({ id: reviewQueries.id })
  const reply = { queryId: query!.id, cityId: a.cityId, text: `${answerMarker} Ours.`, language: 'en', writtenAt: new Date() }
  await db.insert(queryReplies).values({ ...reply, writtenBy: coordinator })
  return query!.id
}

/** An earlier review of the same copy with everything that comes later, so that every text of every table carries a marker. */
async function plantWithdrawn({ services: { db } }: Prepared, reviewId: string, input: PlantedReviewInput): Promise<void> {
  const { a, questionId, first, lead, coordinator } = input
  const own = { reviewId, cityId: a.cityId, questionId }
  const said = { language: 'en', writtenAt: new Date(), writtenBy: coordinator }
  const decided = { decidedAt: new Date(), decidedBy: lead }
  await db.update(reviews).set({ withdrawnAt: new Date(), sharedAt: new Date() }).where(eq(reviews.id, reviewId))
  const mended = { decision: 'changed', reasonCode: 'partly-met', points: 1, graceReason: `${answerMarker} a slip of the pen` }
  await db.insert(judgements).values({ ...own, ...mended, personId: first, version: 1, answerVersion: 1, decidedAt: new Date() })
  await db.insert(adjudications).values({
    ...own,
    ...decided,
    version: 1,
    decision: 'agreed',
    reason: `${answerMarker} both are right`,
    reportText: `${answerMarker} text of the lead`,
  })
  const [query] = await db
    .insert(reviewQueries)
    .values({ ...own, text: `${answerMarker} Since when?`, language: 'en', dueOn: '2026-01-01', askedAt: new Date(), closedAt: new Date() })
    .returning({ id: reviewQueries.id })
  await db.insert(frozenAnswerVersions).values({
    frozenId: a.frozenId,
    cityId: a.cityId,
    questionId: 'com-10',
    version: 2,
    queryId: query!.id,
    missing: 'not-applicable',
    reason: `${answerMarker} new reason`,
    explanation: `${answerMarker} new words`,
    contentHash: '',
    savedAt: new Date(),
  })
  await db.insert(queryReplies).values({ ...said, queryId: query!.id, cityId: a.cityId, text: `${answerMarker} Since May.` })
  await db.insert(decisionReplies).values({ ...own, ...said, text: `${answerMarker} We see it otherwise.` })
  await db.insert(mergeDecisions).values({ ...own, ...decided, assessmentId: a.assessmentId, decision: 'kept', answerVersion: 3 })
  const [document] = await db.select({ id: evidence.id }).from(evidence).where(eq(evidence.cityId, a.cityId)).limit(1)
  await db.insert(documentViews).values({ reviewId, cityId: a.cityId, evidenceId: document!.id, personId: first, seenAt: new Date() })
}

export async function plantReviews(prepared: Prepared, input: PlantedReviewInput): Promise<PlantedReviews> {
  const { db } = prepared.services
  const registrationId = await addRegistration(db, input.waveId)
  const withdrawn = await openPlanted(prepared, input.a, input, registrationId)
  await plantWithdrawn(prepared, withdrawn, input)
  const reviewId = await openPlanted(prepared, input.a, input, registrationId)
  const work = await plantWork(prepared, reviewId, input)
  const repliedQueryA = await plantReplied(prepared, reviewId, input)
  const reviewB = await openPlanted(prepared, { ...input.b, frozenId: await freezeB(prepared, input) }, input, registrationId)
  const ofB = { reviewId: reviewB, cityId: input.b.cityId, personId: input.firstOfB, part: 'first', assignedAt: new Date() }
  await db.insert(reviewAssignments).values(ofB)
  const freeExpert = await addAccount(prepared, { email: 'free.expert@example.org', role: 'reviewer' })
  const ties = [{ kind: 'own-city', cityId: input.a.cityId, note: 'lives there' }]
  await db.insert(interestDeclarations).values([
    { waveId: input.waveId, personId: input.first, ties, declaredAt: new Date() },
    { waveId: input.waveId, personId: freeExpert, ties: [], declaredAt: new Date() },
  ])
  const reviewA = { reviewId, ...work }
  return { reviewA, withdrawnReviewA: withdrawn, reviewB, repliedQueryA, freshQuestionA: input.freshQuestionId, freeExpert }
}
