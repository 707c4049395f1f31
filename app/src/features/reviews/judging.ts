import { hashOf } from '../../canonical.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import type { Person } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { addSeconds, answerVersionOf, type Changing, equalJudgements, fieldsOf, isWaiting, shortestGraceReason } from './desk.ts'
import { lockAssignment, markSigned } from './desk-queries.ts'
import { openDesk, type OpenedDesk, questionOf } from './desk-usecases.ts'
import { versionFor } from './line.ts'
import { openAssigned } from './opening.ts'
import { insertJudgement, markPosition } from './queries.ts'
import { findBrokenJudgement, type Judgement, type JudgementFields } from './review.ts'

export interface JudgementRequest extends JudgementFields {
  reviewId: string
  questionId: string
  /** Version of the decision that the expert has seen; 0 = none. */
  version: number
  /** Version of the answer that the expert has judged. */
  answerVersion: number
  /** Spent on it since the last saving. */
  seconds: number
  /** Why it is mended after closing. */
  graceReason: string | null
}

function requireChangeable(changing: Changing, { graceReason }: Pick<JudgementRequest, 'graceReason'>): void {
  if (changing.kind === 'locked') throw new AppError('STEP_NOT_AVAILABLE', { reason: `reviews.step.${changing.reason}` })
  if (changing.kind === 'grace' && (graceReason ?? '').trim().length < shortestGraceReason)
    throw new AppError('REVIEW_INVALID', { rule: 'reviews.rule.grace' })
}

const reviewChanged = (current: Judgement | null) =>
  new AppError('REVIEW_CHANGED', {}, { current: current && { version: current.version, ...fieldsOf(current) } })

/**
 * Saves what an expert decides as a new version. Saying the same again changes nothing, also when the first reply was lost.
 * @throws {AppError} REVIEW_NOT_FOUND, QUESTION_NOT_FOUND, STEP_NOT_AVAILABLE, REVIEW_INVALID, REVIEW_CHANGED with the current version
 */
export async function saveJudgement(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  request: JudgementRequest,
  now: Date,
): Promise<Judgement> {
  const { assignment } = await openAssigned(db, person, instruments, request.reviewId)
  if ((await lockAssignment(db, assignment.id)) === null) throw new AppError('REVIEW_NOT_FOUND')
  const desk = await openDesk(db, person, instruments, request.reviewId, now) // what stands once nobody else can change it
  const question = questionOf(desk, request.questionId)
  const current = question.judgement
  if (question.state === 'hidden') throw new AppError('STEP_NOT_AVAILABLE', { reason: 'reviews.step.hidden' })
  const isSame = current !== null && equalJudgements(current, request) && current.answerVersion === request.answerVersion
  if (isSame && !isWaiting(question)) return current
  requireChangeable(desk.changing, request)
  if (request.version !== (current?.version ?? 0) || request.answerVersion !== answerVersionOf(question.answer))
    throw reviewChanged(current)
  const rule = findBrokenJudgement(question.status.question, request)
  if (rule !== null) throw new AppError('REVIEW_INVALID', { rule })
  return addVersion(db, person, desk, request, current, now)
}

async function addVersion(
  db: Db,
  person: Person,
  { review, changing, assignment, line }: OpenedDesk,
  request: JudgementRequest,
  current: Judgement | null,
  now: Date,
): Promise<Judgement> {
  const { questionId } = request
  const answerVersion = versionFor(line, questionId, request.answerVersion) // that of the frozen line: experts may know another number
  const judgement: Judgement = {
    ...fieldsOf(request),
    questionId,
    personId: person.id,
    version: request.version + 1,
    answerVersion,
    seconds: addSeconds(current?.seconds ?? 0, request.seconds),
    graceReason: changing.kind === 'grace' ? request.graceReason!.trim() : null,
    decidedAt: now,
  }
  if (!(await insertJudgement(db, { ...judgement, reviewId: review.id, cityId: review.city.id }))) throw reviewChanged(current)
  await markPosition(db, assignment.id, questionId, now)
  const { questionId: question, version, seconds, graceReason } = judgement
  await recordEvent(db, {
    action: 'judgement.saved',
    personId: person.id,
    cityId: review.city.id,
    subject: `judgement:${review.id}/${questionId}`,
    payload: {
      question,
      version,
      answerVersion,
      ...fieldsOf(judgement),
      seconds,
      graceReason,
      part: assignment.part,
      before: current && fieldsOf(current),
    },
    now,
  })
  return { ...judgement, answerVersion: request.answerVersion }
}

/** What an expert gets for signing; plain JSON. */
export interface PartSignature {
  reviewId: string
  signedAt: string
}

/** Nothing undecided, nothing decided about an answer that the city has given anew since, no query that still waits: else it says which. */
function requireComplete({ questions }: OpenedDesk): void {
  const undecided = questions.filter(isWaiting).map(({ id }) => id)
  if (undecided.length > 0) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'reviews.step.undecided' }, { questions: undecided })
  const asked = questions.filter(({ waitsFor }) => waitsFor !== null).map(({ id }) => id)
  if (asked.length > 0) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'reviews.step.asked' }, { questions: asked })
}

/**
 * Signs the expert's part: from then on its decisions stand. Signing again changes nothing.
 * @throws {AppError} REVIEW_NOT_FOUND, STEP_NOT_AVAILABLE while a decision is missing or an own query is open
 */
export async function signPart(db: Db, person: Person, instruments: InstrumentStore, reviewId: string, now: Date): Promise<PartSignature> {
  const { assignment } = await openAssigned(db, person, instruments, reviewId)
  if ((await lockAssignment(db, assignment.id)) === null) throw new AppError('REVIEW_NOT_FOUND')
  const desk = await openDesk(db, person, instruments, reviewId, now)
  const signed = desk.assignment.signedAt
  if (signed !== null) return { reviewId, signedAt: signed.toISOString() }
  if (desk.changing.kind === 'locked') throw new AppError('STEP_NOT_AVAILABLE', { reason: `reviews.step.${desk.changing.reason}` })
  requireComplete(desk)
  await markSigned(db, assignment.id, now)
  const decisions = desk.questions.flatMap(({ id, judgement }) =>
    judgement === null ? [] : [{ question: id, version: judgement.version, ...fieldsOf(judgement) }],
  )
  await recordEvent(db, {
    action: 'review.part-signed',
    personId: person.id,
    cityId: desk.review.city.id,
    subject: `review:${reviewId}`,
    payload: { part: assignment.part, decisions: decisions.length, decisionsHash: hashOf(decisions) },
    now,
  })
  return { reviewId, signedAt: now.toISOString() }
}
