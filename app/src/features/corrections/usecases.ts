import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import { authorOf, can, type Person } from '../../permissions.ts'
import { neverSaved, pickFields, type StoredAnswer } from '../assessments/answer.ts'
import { type Assessment, canAnswer } from '../assessments/assessment.ts'
import { mayRead, mayWrite, type Reach } from '../assessments/assignment.ts'
import { findAssessment, getAnswers } from '../assessments/queries.ts'
import { reachOf } from '../assessments/reach.ts'
import { saveUnrecorded } from '../assessments/usecases.ts'
import { type NewEvent, recordEvent } from '../audit/queries.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { openOwnReview, type ReviewedCopy } from '../reviews/opening.ts'
import { readSettled } from '../reviews/settling.ts'
import { type Correction, correctionOf, findMergeObstacle, type MergeChoice, type MergeObstacle, reasonOf } from './corrections.ts'
import { getMerged, insertMerge, type Merged } from './queries.ts'

// Corrections go back to the working copy as a merge: the city takes over or keeps its own, and its later edits are never overwritten.

export interface Corrections extends ReviewedCopy {
  assessment: Assessment
  reach: Reach
  /** Undecided, in the order of the questionnaire; those that the person reads. */
  corrections: Correction[]
  /** What the city has decided, by question. */
  merged: ReadonlyMap<string, Merged>
  /** Why nothing can be taken over: a key of the texts; null = it can. */
  obstacle: 'role' | 'wave' | null
}

function describe(
  { instrument, content, answers }: ReviewedCopy,
  working: ReadonlyMap<string, StoredAnswer>,
  decisions: ReadonlyMap<string, Correction['decision']>,
): Correction[] {
  const handedIn = new Map(content.answers.map((answer) => [answer.questionId, { ...answer, author: null }]))
  return instrument.dimensions.flatMap((dimension) =>
    dimension.indicators.flatMap(({ questions }) =>
      questions.flatMap((question) => {
        const { id } = question
        const correction = correctionOf({
          question,
          dimensionId: dimension.id,
          decision: decisions.get(id) ?? null,
          handedIn: handedIn.get(id) ?? neverSaved(id),
          frozen: answers.get(id),
          working: working.get(id) ?? neverSaved(id),
        })
        return correction ?? []
      }),
    ),
  )
}

function obstacleOf(person: Person, assessment: Assessment, now: Date): Corrections['obstacle'] {
  if (!can(person, 'answer.save', assessment.city.id).ok) return 'role'
  return canAnswer(assessment, now).ok ? null : 'wave'
}

/**
 * What a closed review offers to the working copy of the own city.
 * @throws {AppError} REVIEW_NOT_FOUND, STEP_NOT_AVAILABLE before it is closed
 */
export async function openCorrections(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  reviewId: string,
  now: Date,
): Promise<Corrections> {
  const copy = await openOwnReview(db, person, instruments, reviewId)
  const { review, instrument } = copy
  const settled = review.closedAt === null ? null : await readSettled(db, copy)
  const assessment = await findAssessment(db, review.assessmentId)
  if (settled === null || assessment === null) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'corrections.obstacle.notClosed' })
  const reach = await reachOf(db, person, assessment, instrument)
  const merged = await getMerged(db, reviewId)
  const all = describe(copy, await getAnswers(db, assessment.id), settled.decisions)
  const corrections = all.filter(({ questionId }) => !merged.has(questionId) && mayRead(reach, questionId))
  return { ...copy, assessment, reach, corrections, merged, obstacle: obstacleOf(person, assessment, now) }
}

export interface MergeRequest {
  reviewId: string
  choices: readonly MergeChoice[]
  /** One question, seen side by side with the answer that stands there now; false = several at once. */
  isOneByOne: boolean
  language: string
}

function refuse(obstacle: MergeObstacle, { questionId }: MergeChoice, correction: Correction | undefined): AppError {
  if (obstacle === 'stale') return new AppError('REVIEW_CHANGED', {}, { question: questionId, currentVersion: correction?.working.version })
  if (obstacle === 'unknown') return new AppError('QUESTION_NOT_FOUND', { question: questionId })
  return new AppError('STEP_NOT_AVAILABLE', { reason: `corrections.obstacle.${obstacle}` }, { question: questionId })
}

/**
 * Carries out what somebody chose, all of it or nothing.
 * @throws {AppError} REVIEW_NOT_FOUND, NOT_ALLOWED, STEP_NOT_AVAILABLE, WAVE_CLOSED, REVIEW_CHANGED when a working answer is no longer
 * the version that was seen, QUESTION_NOT_FOUND
 */
export async function mergeCorrections(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { key, ...request }: MergeRequest & { key: string },
  now: Date,
): Promise<{ taken: string[]; kept: string[] }> {
  return once(db, person, { key, operation: 'mergeCorrections', body: request }, async () => {
    const opened = await openCorrections(db, person, instruments, request.reviewId, now)
    if (opened.obstacle === 'role') throw new AppError('NOT_ALLOWED', { reason: 'role' })
    const events: NewEvent[] = []
    for (const choice of request.choices) events.push(...(await mergeOne(db, person, opened, choice, request, now)))
    for (const event of events) await recordEvent(db, event)
    const of = (decision: MergeChoice['decision']) =>
      request.choices.filter((choice) => choice.decision === decision).map((c) => c.questionId)
    return { taken: of('taken'), kept: of('kept') }
  })
}

/** @returns what to record, the answer first */
async function mergeOne(
  db: Db,
  person: Person,
  { review, assessment, instrument, reach, corrections, merged }: Corrections,
  choice: MergeChoice,
  { isOneByOne, language }: MergeRequest,
  now: Date,
): Promise<NewEvent[]> {
  const { questionId, decision, version } = choice
  const correction = corrections.find((each) => each.questionId === questionId)
  const obstacle = findMergeObstacle(correction, choice, { isDecided: merged.has(questionId), isOneByOne })
  if (obstacle !== null) throw refuse(obstacle, choice, correction)
  if (!mayWrite(reach, questionId)) throw new AppError('NOT_ALLOWED', { reason: 'ownQuestions' })
  const proposed = decision === 'taken' ? correction!.proposed! : null
  const saved =
    proposed === null
      ? null
      : await saveUnrecorded(
          db,
          authorOf(person),
          { assessment, instrument },
          { questionId, patch: pickFields(proposed), version, language: proposed.language ?? language, origin: 'review' },
          now,
        )
  const answerVersion = saved?.answer.version ?? version
  const row = { reviewId: review.id, assessmentId: assessment.id, cityId: assessment.city.id, questionId, decision, answerVersion }
  if (!(await insertMerge(db, { ...row, decidedAt: now, decidedBy: person.id }))) throw new AppError('REVIEW_CHANGED')
  const event = {
    action: `correction.${decision}`,
    personId: person.id,
    cityId: assessment.city.id,
    subject: `correction:${review.id}/${questionId}`,
    payload: {
      before: pickFields(correction!.working),
      after: proposed && pickFields(proposed),
      answerVersion,
      reason: reasonOf(correction!),
    },
    now,
  }
  return [...(saved?.event ? [saved.event] : []), event]
}
