import { sql } from 'drizzle-orm'
import { check, date, foreignKey, index, integer, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { personId } from './account-tables.ts'
import { assessmentKey, frozenAssessments } from './assessment-tables.ts'
import { cityId } from './city-tables.ts'
import { at, id } from './columns.ts'
import { reviewId, reviewKey } from './review-tables.ts'

// What experts ask and the city replies about a frozen copy, and what the city takes over afterwards. What each table and column is for
// stands in the database itself and in privacy.yml.

export const reviewQueries = pgTable(
  'review_queries',
  {
    id: id(),
    reviewId: reviewId(),
    cityId: cityId(),
    questionId: text('question_id').notNull(),
    text: text('text').notNull(),
    language: text('language').notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    askedAt: at('asked_at').notNull(),
    askedBy: personId('asked_by'),
    answeredAt: at('answered_at'),
    closedAt: at('closed_at'),
    withdrawnAt: at('withdrawn_at'),
  },
  (t) => [
    reviewKey(t),
    unique('review_queries_city').on(t.id, t.cityId),
    // one for each expert: that another expert has asked already must not show
    uniqueIndex('review_queries_one_open')
      .on(t.reviewId, t.questionId, t.askedBy)
      .where(sql`closed_at is null and withdrawn_at is null`),
  ],
)

export const frozenAnswerVersions = pgTable(
  'frozen_answer_versions',
  {
    frozenId: uuid('frozen_id')
      .notNull()
      .references(() => frozenAssessments.id),
    cityId: cityId(),
    questionId: text('question_id').notNull(),
    version: integer('version').notNull(),
    queryId: uuid('query_id').notNull(),
    options: text('options').array(),
    missing: text('missing'),
    reason: text('reason'),
    explanation: text('explanation'),
    language: text('language'),
    contentHash: text('content_hash').notNull(),
    savedAt: at('saved_at').notNull(),
    savedBy: personId('saved_by'),
  },
  (t) => [
    primaryKey({ columns: [t.frozenId, t.questionId, t.version] }),
    foreignKey({ columns: [t.queryId, t.cityId], foreignColumns: [reviewQueries.id, reviewQueries.cityId] }),
    check('frozen_answer_versions_later', sql`${t.version} >= 2`),
  ],
)

export const queryReplies = pgTable(
  'query_replies',
  {
    id: id(),
    queryId: uuid('query_id').notNull(),
    cityId: cityId(),
    text: text('text').notNull(),
    language: text('language').notNull(),
    frozenVersion: integer('frozen_version'),
    writtenAt: at('written_at').notNull(),
    writtenBy: personId('written_by'),
  },
  (t) => [
    foreignKey({ columns: [t.queryId, t.cityId], foreignColumns: [reviewQueries.id, reviewQueries.cityId] }),
    index('query_replies_query').on(t.queryId, t.writtenAt),
  ],
)

export const decisionReplies = pgTable(
  'decision_replies',
  {
    id: id(),
    reviewId: reviewId(),
    cityId: cityId(),
    questionId: text('question_id').notNull(),
    text: text('text').notNull(),
    language: text('language').notNull(),
    writtenAt: at('written_at').notNull(),
    writtenBy: personId('written_by'),
  },
  (t) => [reviewKey(t), index('decision_replies_review').on(t.reviewId, t.questionId)],
)

export const mergeDecisions = pgTable(
  'merge_decisions',
  {
    id: id(),
    reviewId: reviewId(),
    assessmentId: uuid('assessment_id').notNull(),
    cityId: cityId(),
    questionId: text('question_id').notNull(),
    decision: text('decision').notNull(),
    answerVersion: integer('answer_version').notNull(),
    decidedAt: at('decided_at').notNull(),
    decidedBy: personId('decided_by'),
  },
  (t) => [
    reviewKey(t),
    assessmentKey(t),
    unique('merge_decisions_once').on(t.reviewId, t.questionId),
    check('merge_decisions_decision', sql`${t.decision} in ('taken','kept')`),
  ],
)
