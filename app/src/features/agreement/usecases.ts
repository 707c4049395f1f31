import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import { findQuestion, type Instrument } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { openWatched } from '../reviews/opening.ts'
import { type Adjudication, findBrokenJudgement, type Review } from '../reviews/review.ts'
import type { Wave } from '../waves/wave.ts'
import { getWave } from '../waves/usecases.ts'
import {
  type AdjudicationFields,
  type AgreementRules,
  type AreaAgreement,
  assessWave,
  type Disagreement,
  shortestReason,
} from './agreement.ts'
import { openWaveReviews, poolOf, rulesOf, type WaveReview } from './pool.ts'
import { findNewestRegistration, insertAdjudication, listWorkers } from './queries.ts'

function requireWatching(person: Person): void {
  const permission = can(person, 'reviews.watch')
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
}

export const refuse = (reason: string): AppError => new AppError('STEP_NOT_AVAILABLE', { reason }, { reason })

/** What two experts of one review do not agree on. */
export interface OpenedDisagreements {
  review: Review
  instrument: Instrument
  /** null = not both have signed yet; until then nobody reads anything of it. */
  disagreements: Disagreement[] | null
  /** What the city answered, by question: only of disagreements. */
  opened: WaveReview['opened']
  /** Why this person cannot settle them; null = can. */
  refused: 'not-lead' | 'own-work' | 'signed' | null
}

/** @throws {AppError} REVIEW_NOT_FOUND */
export async function openDisagreements(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  reviewId: string,
): Promise<OpenedDisagreements> {
  const { review, instrument } = await openWatched(db, person, instruments, reviewId)
  const [found] = await openWaveReviews(db, instruments, { id: review.id })
  const opened = found?.opened ?? null
  const workers = await listWorkers(db, review.id)
  const refused = !can(person, 'reviews.manage').ok
    ? 'not-lead'
    : workers.has(person.id)
      ? 'own-work'
      : review.signedAt !== null || review.withdrawnAt !== null
        ? 'signed'
        : null
  return { review, instrument, disagreements: opened?.disagreements ?? null, opened, refused }
}

export interface AdjudicationRequest extends AdjudicationFields {
  reviewId: string
  questionId: string
  /** The version seen; 0 = not settled yet. */
  version: number
}

const refusals = {
  'not-lead': 'agreement.refused.notLead',
  'own-work': 'agreement.refused.ownWork',
  signed: 'agreement.refused.signed',
} as const

const outcomeText = ({ first, second }: Disagreement) => ({
  first: { decision: first.judgement.decision, points: first.judgement.points, outcome: first.outcome },
  second: { decision: second.judgement.decision, points: second.judgement.points, outcome: second.outcome },
})

/**
 * Says what counts where two experts disagree; a later word is a new version. Never by one of the two.
 * @throws {AppError} REVIEW_NOT_FOUND, STEP_NOT_AVAILABLE, INPUT_INVALID, REVIEW_INVALID, REVIEW_CHANGED
 */
export async function adjudicate(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { reviewId, questionId, version, ...fields }: AdjudicationRequest,
  now: Date,
): Promise<Adjudication> {
  const { review, instrument, disagreements, refused } = await openDisagreements(db, person, instruments, reviewId)
  if (refused !== null) throw refuse(refusals[refused])
  if (disagreements === null) throw refuse('agreement.refused.notSigned')
  const disagreement = disagreements.find((each) => each.questionId === questionId)
  const question = findQuestion(instrument, questionId)
  if (disagreement === undefined || question === null) throw new AppError('QUESTION_NOT_FOUND')
  const reason = fields.reason.trim()
  if (reason.length < shortestReason)
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'reason', message: 'agreement.form.reason.short' }] })
  const rule = findBrokenJudgement(question, { ...fields, note: null, isForMeeting: false })
  if (rule !== null) throw new AppError('REVIEW_INVALID', { rule }, { rule })
  const before = disagreement.adjudication
  if ((before?.version ?? 0) !== version) throw new AppError('REVIEW_CHANGED', {}, { currentVersion: before?.version ?? 0 })
  const written = { questionId, version: version + 1, ...fields, reason, decidedAt: now, decidedBy: person.id }
  if (!(await insertAdjudication(db, { ...written, reviewId, cityId: review.city.id }))) throw new AppError('REVIEW_CHANGED')
  await recordEvent(db, {
    action: 'judgement.adjudicated',
    personId: person.id,
    cityId: review.city.id,
    subject: `judgement:${reviewId}/${questionId}`,
    payload: {
      reviewId,
      questionId,
      version: written.version,
      ...fields,
      reason,
      before: { ...outcomeText(disagreement), adjudication: before && { decision: before.decision, points: before.points } },
    },
    now,
  })
  return written
}

/** How the experts of a wave agree. */
export interface WaveAgreement {
  wave: Wave
  instrument: Instrument | null
  /** null = no method is registered yet. */
  rules: AgreementRules | null
  areas: AreaAgreement[]
  reviews: WaveReview[]
}

/** @throws {AppError} NOT_ALLOWED, WAVE_NOT_FOUND */
export async function openWaveAgreement(db: Db, person: Person, instruments: InstrumentStore, slug: string): Promise<WaveAgreement> {
  requireWatching(person)
  const wave = await getWave(db, slug)
  const registration = await findNewestRegistration(db, wave.id)
  const instrument = wave.instrumentVersionId === null ? null : await instruments.get(db, wave.instrumentVersionId)
  const reviews = await openWaveReviews(db, instruments, { waveId: wave.id })
  if (registration === null || instrument === null) return { wave, instrument, rules: null, areas: [], reviews }
  const rules = rulesOf(registration.content)
  const areas = assessWave(
    instrument.dimensions.map(({ id }) => id),
    poolOf(reviews),
    rules,
  )
  return { wave, instrument, rules, areas, reviews }
}
