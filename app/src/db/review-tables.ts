import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigserial,
  boolean,
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { people, personId } from './account-tables.ts'
import { assessmentKey, frozenAssessments, waves } from './assessment-tables.ts'
import { cityId } from './city-tables.ts'
import { at, id } from './columns.ts'
import { methodRegistrations } from './evaluation-tables.ts'
import { evidence } from './evidence-tables.ts'

// The review of a frozen copy by experts: who works on it, what they decide, and the verified result.
// What each table and column is for stands in the database itself (migration 0006) and in privacy.yml.

export const reviews = pgTable(
  'reviews',
  {
    id: id(),
    assessmentId: uuid('assessment_id').notNull(),
    cityId: cityId(),
    waveId: uuid('wave_id')
      .notNull()
      .references(() => waves.id),
    frozenId: uuid('frozen_id')
      .notNull()
      .references(() => frozenAssessments.id),
    registrationId: uuid('registration_id')
      .notNull()
      .references(() => methodRegistrations.id),
    sample: text('sample').array().notNull(),
    dueOn: date('due_on', { mode: 'string' }),
    openedAt: at('opened_at').notNull(),
    openedBy: personId('opened_by'),
    sharedAt: at('shared_at'),
    sharedBy: personId('shared_by'),
    replyUntil: at('reply_until'),
    closedAt: at('closed_at'),
    closedBy: personId('closed_by'),
    graceUntil: at('grace_until'),
    signedAt: at('signed_at'),
    signedBy: personId('signed_by'),
    publishedAt: at('published_at'),
    publishedBy: personId('published_by'),
    withdrawnAt: at('withdrawn_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    assessmentKey(t),
    unique('reviews_city').on(t.id, t.cityId),
    uniqueIndex('reviews_one_open')
      .on(t.assessmentId)
      .where(sql`withdrawn_at is null and published_at is null`),
    index('reviews_wave').on(t.waveId),
    check('reviews_four_eyes', sql`${t.publishedBy} is null or ${t.publishedBy} <> ${t.signedBy}`),
    check('reviews_signed_first', sql`${t.publishedAt} is null or (${t.signedAt} is not null and ${t.signedAt} <= ${t.publishedAt})`),
  ],
)

export const reviewId = () => uuid('review_id').notNull()
export const reviewKey = (t: { reviewId: AnyPgColumn; cityId: AnyPgColumn }) =>
  foreignKey({ columns: [t.reviewId, t.cityId], foreignColumns: [reviews.id, reviews.cityId] })

export const reviewAssignments = pgTable(
  'review_assignments',
  {
    id: id(),
    reviewId: reviewId(),
    cityId: cityId(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    part: text('part').notNull(),
    dueOn: date('due_on', { mode: 'string' }),
    assignedAt: at('assigned_at').notNull(),
    assignedBy: personId('assigned_by'),
    overriddenBy: personId('overridden_by'),
    overrideReason: text('override_reason'),
    overrideNote: text('override_note'),
    lastQuestionId: text('last_question_id'),
    lastAt: at('last_at'),
    signedAt: at('signed_at'),
    endedAt: at('ended_at'),
  },
  (t) => [
    reviewKey(t),
    uniqueIndex('review_assignments_part')
      .on(t.reviewId, t.part)
      .where(sql`ended_at is null`),
    uniqueIndex('review_assignments_person')
      .on(t.reviewId, t.personId)
      .where(sql`ended_at is null`),
    index('review_assignments_by_person').on(t.personId),
    check('review_assignments_part_known', sql`${t.part} in ('first','second')`),
    check(
      'review_assignments_override',
      sql`(${t.overrideReason} is null) = (${t.overrideNote} is null) and (${t.overriddenBy} is null or ${t.overrideReason} is not null)`,
    ),
    check('review_assignments_four_eyes', sql`${t.overriddenBy} not in (${t.assignedBy}, ${t.personId})`),
  ],
)

const decision = () => text('decision').notNull()
const decisionKnown = sql.raw(`decision in ('agreed','agreed-with-note','changed','not-supported','need-more')`)
const pointsKnown = sql.raw(`(decision = 'changed') = (points is not null)`)

export const judgements = pgTable(
  'judgements',
  {
    id: id(),
    reviewId: reviewId(),
    cityId: cityId(),
    questionId: text('question_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    version: integer('version').notNull(),
    answerVersion: integer('answer_version').notNull(),
    decision: decision(),
    reasonCode: text('reason_code'),
    points: numeric('points', { mode: 'number' }),
    note: text('note'),
    reportText: text('report_text'),
    isForMeeting: boolean('is_for_meeting').notNull().default(false),
    seconds: integer('seconds').notNull().default(0),
    graceReason: text('grace_reason'),
    decidedAt: at('decided_at').notNull(),
  },
  (t) => [
    reviewKey(t),
    unique('judgements_version').on(t.reviewId, t.personId, t.questionId, t.version),
    check('judgements_decision', decisionKnown),
    check('judgements_points', pointsKnown),
  ],
)

export const adjudications = pgTable(
  'adjudications',
  {
    id: id(),
    reviewId: reviewId(),
    cityId: cityId(),
    questionId: text('question_id').notNull(),
    version: integer('version').notNull(),
    decision: decision(),
    reasonCode: text('reason_code'),
    points: numeric('points', { mode: 'number' }),
    reason: text('reason').notNull(),
    reportText: text('report_text'),
    decidedAt: at('decided_at').notNull(),
    decidedBy: personId('decided_by').notNull(),
  },
  (t) => [
    reviewKey(t),
    unique('adjudications_version').on(t.reviewId, t.questionId, t.version),
    check('adjudications_decision', decisionKnown),
    check('adjudications_points', pointsKnown),
  ],
)

export const documentViews = pgTable(
  'document_views',
  {
    reviewId: reviewId(),
    cityId: cityId(),
    evidenceId: uuid('evidence_id')
      .notNull()
      .references(() => evidence.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    seenAt: at('seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.reviewId, t.evidenceId, t.personId] }), reviewKey(t)],
)

export const verifiedResults = pgTable(
  'verified_results',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    reviewId: reviewId(),
    cityId: cityId(),
    waveId: uuid('wave_id')
      .notNull()
      .references(() => waves.id),
    scheme: text('scheme').notNull(),
    engineVersion: text('engine_version').notNull(),
    methodHash: text('method_hash').notNull(),
    inputsHash: text('inputs_hash').notNull(),
    elements: text('elements').array().notNull(),
    scores: doublePrecision('scores').array().notNull(),
    verifiedShares: doublePrecision('verified_shares').array().notNull(),
    exactScores: text('exact_scores').array().notNull(),
    publishedAt: at('published_at').notNull(),
  },
  (t) => [reviewKey(t), unique('verified_results_one_per_scheme').on(t.reviewId, t.scheme), index('verified_results_wave').on(t.waveId)],
)
