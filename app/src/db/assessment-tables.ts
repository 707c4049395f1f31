import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigserial,
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { personId } from './account-tables.ts'
import { cityId } from './city-tables.ts'
import { at, createdAt, id } from './columns.ts'

// Questionnaire, waves, answers with their history, and what is frozen and derived from them.
// What each table and column is for stands in the database itself (migrations 0001 and 0003) and in privacy.yml.

export const instrumentVersions = pgTable('instrument_versions', {
  id: id(),
  instrument: text('instrument').notNull(),
  version: text('version').notNull(),
  contentHash: text('content_hash').notNull().unique(),
  content: jsonb('content').notNull(),
  createdAt: createdAt(),
})

export const waves = pgTable(
  'waves',
  {
    id: id(),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    opensAt: at('opens_at').notNull(),
    closesAt: at('closes_at').notNull(),
    instrumentVersionId: uuid('instrument_version_id').references(() => instrumentVersions.id),
    freezeAskedAt: at('freeze_asked_at'),
    freezeAskedBy: personId('freeze_asked_by'),
    freezeAskedFor: uuid('freeze_asked_for').references(() => instrumentVersions.id),
    frozenAt: at('frozen_at'),
    frozenBy: personId('frozen_by'),
    closedAt: at('closed_at'),
    isSynthetic: boolean('is_synthetic').notNull().default(false),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
  },
  (t) => [
    check('waves_period', sql`${t.closesAt} > ${t.opensAt}`),
    check('waves_frozen', sql`(${t.frozenAt} is null) = (${t.instrumentVersionId} is null)`),
    check('waves_freeze_asked', sql`(${t.freezeAskedAt} is null) = (${t.freezeAskedFor} is null)`),
    check('waves_four_eyes', sql`${t.frozenBy} <> ${t.freezeAskedBy}`),
  ],
)

export const assessments = pgTable(
  'assessments',
  {
    id: id(),
    waveId: uuid('wave_id')
      .notNull()
      .references(() => waves.id),
    cityId: cityId(),
    invitedAt: at('invited_at').notNull().defaultNow(),
    invitedBy: personId('invited_by'),
    submittedAt: at('submitted_at'),
    submittedBy: personId('submitted_by'),
  },
  (t) => [
    unique('assessments_one_per_wave').on(t.waveId, t.cityId),
    unique('assessments_city').on(t.id, t.cityId),
    index('assessments_by_city').on(t.cityId),
  ],
)

export const assessmentKey = (t: { assessmentId: AnyPgColumn; cityId: AnyPgColumn }) =>
  foreignKey({ columns: [t.assessmentId, t.cityId], foreignColumns: [assessments.id, assessments.cityId] })

export const answers = pgTable(
  'answers',
  {
    assessmentId: uuid('assessment_id').notNull(),
    questionId: text('question_id').notNull(),
    cityId: cityId(),
    version: integer('version').notNull(),
    options: text('options').array(),
    missing: text('missing'),
    reason: text('reason'),
    explanation: text('explanation'),
    language: text('language'),
    updatedAt: at('updated_at').notNull(),
    updatedBy: personId('updated_by'),
    guestId: uuid('guest_id'),
  },
  (t) => [
    primaryKey({ columns: [t.assessmentId, t.questionId] }),
    assessmentKey(t),
    check('answers_missing', sql`${t.missing} in ('not-applicable','not-known')`),
    check('answers_one_state', sql`${t.missing} is null or ${t.options} is null`),
    check('answers_version', sql`${t.version} >= 1`),
    index('answers_city').on(t.cityId),
  ],
)

export const answerHistory = pgTable(
  'answer_history',
  {
    assessmentId: uuid('assessment_id').notNull(),
    questionId: text('question_id').notNull(),
    version: integer('version').notNull(),
    cityId: cityId(),
    options: text('options').array(),
    missing: text('missing'),
    reason: text('reason'),
    explanation: text('explanation'),
    language: text('language'),
    savedAt: at('saved_at').notNull(),
    savedBy: personId('saved_by'),
    guestId: uuid('guest_id'),
    origin: text('origin'),
  },
  (t) => [primaryKey({ columns: [t.assessmentId, t.questionId, t.version] }), assessmentKey(t), index('answer_history_city').on(t.cityId)],
)

export const scopeStatements = pgTable(
  'scope_statements',
  {
    assessmentId: uuid('assessment_id').notNull(),
    scopeId: text('scope_id').notNull(),
    version: integer('version').notNull(),
    cityId: cityId(),
    isResponsible: boolean('is_responsible'),
    reason: text('reason'),
    statedAt: at('stated_at').notNull(),
    statedBy: personId('stated_by'),
  },
  (t) => [primaryKey({ columns: [t.assessmentId, t.scopeId, t.version] }), assessmentKey(t)],
)

export const snapshots = pgTable(
  'snapshots',
  {
    id: id(),
    assessmentId: uuid('assessment_id').notNull(),
    cityId: cityId(),
    name: text('name').notNull(),
    takenOf: at('taken_of').notNull(),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    removedAt: at('removed_at'),
  },
  (t) => [assessmentKey(t)],
)

export const carriedAnswers = pgTable(
  'carried_answers',
  {
    id: id(),
    assessmentId: uuid('assessment_id').notNull(),
    questionId: text('question_id').notNull(),
    cityId: cityId(),
    fromAssessmentId: uuid('from_assessment_id').notNull(),
    fromVersion: integer('from_version').notNull(),
    answerVersion: integer('answer_version').notNull(),
    decision: text('decision').notNull(),
    decidedAt: at('decided_at').notNull(),
    decidedBy: personId('decided_by'),
  },
  (t) => [
    assessmentKey(t),
    index('carried_answers_assessment').on(t.assessmentId, t.questionId),
    check('carried_answers_decision', sql`${t.decision} in ('confirmed','changed')`),
  ],
)

export const translations = pgTable(
  'translations',
  {
    assessmentId: uuid('assessment_id').notNull(),
    questionId: text('question_id').notNull(),
    language: text('language').notNull(),
    cityId: cityId(),
    explanation: text('explanation'),
    reason: text('reason'),
    sourceHash: text('source_hash').notNull(),
    version: integer('version').notNull().default(1),
    translatedAt: at('translated_at').notNull(),
    translatedBy: personId('translated_by'),
    checkedAt: at('checked_at'),
    checkedBy: personId('checked_by'),
  },
  (t) => [primaryKey({ columns: [t.assessmentId, t.questionId, t.language] }), assessmentKey(t)],
)

export const frozenAssessments = pgTable(
  'frozen_assessments',
  {
    id: id(),
    assessmentId: uuid('assessment_id').notNull(),
    cityId: cityId(),
    waveId: uuid('wave_id')
      .notNull()
      .references(() => waves.id),
    content: jsonb('content').notNull(),
    contentHash: text('content_hash').notNull(),
    frozenAt: at('frozen_at').notNull(),
    frozenBy: personId('frozen_by'),
  },
  (t) => [assessmentKey(t), index('frozen_assessments_assessment').on(t.assessmentId)],
)

export const results = pgTable(
  'results',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    frozenId: uuid('frozen_id')
      .notNull()
      .references(() => frozenAssessments.id),
    cityId: cityId(),
    waveId: uuid('wave_id')
      .notNull()
      .references(() => waves.id),
    instrumentVersionId: uuid('instrument_version_id')
      .notNull()
      .references(() => instrumentVersions.id),
    scheme: text('scheme').notNull(),
    engineVersion: text('engine_version').notNull(),
    inputsHash: text('inputs_hash').notNull(),
    elements: text('elements').array().notNull(),
    scores: doublePrecision('scores').array().notNull(),
    uppers: doublePrecision('uppers').array().notNull(),
    coverages: doublePrecision('coverages').array().notNull(),
    exactScores: text('exact_scores').array().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('results_one_per_scheme').on(t.frozenId, t.scheme),
    index('results_city').on(t.cityId),
    index('results_instrument').on(t.instrumentVersionId, t.scheme, t.seq),
  ],
)
