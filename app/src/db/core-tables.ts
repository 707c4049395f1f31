import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  bigserial,
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { people } from './account-tables.ts'
import { at, createdAt, id } from './columns.ts'

// Cities, waves, answers, results and the record. What each table and column is for stands in the database itself
// (migration 0001) and in privacy.yml. Status is never stored: it is derived from the timestamps.

export const personId = (name: string) => uuid(name).references(() => people.id)

// Cities

export const cities = pgTable(
  'cities',
  {
    id: id(),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    country: text('country').notNull(),
    region: text('region'),
    officialCode: text('official_code').unique(),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    isSynthetic: boolean('is_synthetic').notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [check('cities_country', sql`${t.country} ~ '^[A-Z]{2}$'`), index('cities_name').on(sql`lower(${t.name})`)],
)

export const cityId = () =>
  uuid('city_id')
    .notNull()
    .references(() => cities.id)

export const memberships = pgTable(
  'memberships',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    role: text('role').notNull(),
    cityId: uuid('city_id').references(() => cities.id),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    endedAt: at('ended_at'),
  },
  (t) => [
    uniqueIndex('memberships_current')
      .on(t.personId, t.role, sql`coalesce(${t.cityId}, '00000000-0000-0000-0000-000000000000')`)
      .where(sql`ended_at is null`),
    check(
      'memberships_role',
      sql`${t.role} in ('city-coordinator','contributor','approver','technical-partner','reviewer','network-coordinator')`,
    ),
    check('memberships_scope', sql`(${t.role} in ('reviewer','network-coordinator')) = (${t.cityId} is null)`),
    index('memberships_city').on(t.cityId),
  ],
)

export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    tokenHash: text('token_hash').notNull().unique(),
    email: text('email').notNull(),
    role: text('role').notNull(),
    cityId: uuid('city_id').references(() => cities.id),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    expiresAt: at('expires_at').notNull(),
    acceptedAt: at('accepted_at'),
    acceptedBy: personId('accepted_by'),
    withdrawnAt: at('withdrawn_at'),
  },
  (t) => [
    check(
      'invitations_role',
      sql`${t.role} in ('city-coordinator','contributor','approver','technical-partner','reviewer','network-coordinator')`,
    ),
    check('invitations_scope', sql`(${t.role} in ('reviewer','network-coordinator')) = (${t.cityId} is null)`),
    index('invitations_city').on(t.cityId),
  ],
)

export const cityFacts = pgTable(
  'city_facts',
  {
    id: id(),
    cityId: cityId(),
    fact: text('fact').notNull(),
    value: numeric('value', { mode: 'number' }).notNull(),
    year: integer('year').notNull(),
    source: text('source').notNull(),
    quality: text('quality').notNull(),
    version: integer('version').notNull().default(1),
    updatedAt: at('updated_at').notNull().defaultNow(),
    updatedBy: personId('updated_by'),
  },
  (t) => [
    unique('city_facts_one_per_year').on(t.cityId, t.fact, t.year),
    check(
      'city_facts_fact',
      sql`${t.fact} in ('population','share-foreign-born','share-foreign-national','share-migrant-background','gdp-per-capita')`,
    ),
    check('city_facts_quality', sql`${t.quality} in ('official','estimate','own-count','provisional')`),
    check('city_facts_value', sql`${t.value} >= 0 and (${t.fact} not like 'share-%' or ${t.value} <= 100)`),
    check('city_facts_year', sql`${t.year} between 1990 and 2100`),
  ],
)

// Published figures of real cities; never mixed into our own ranking.

export const referenceFigures = pgTable(
  'reference_figures',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    city: text('city').notNull(),
    country: text('country'),
    year: integer('year'),
    kind: text('kind').notNull(),
    code: text('code').notNull(),
    value: doublePrecision('value'),
    remark: text('remark'),
    sampleSize: integer('sample_size'),
    source: text('source').notNull(),
  },
  (t) => [check('reference_figures_kind', sql`${t.kind} in ('result','fact')`), index('reference_figures_city').on(t.city)],
)

// Instrument and waves

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
  ],
)

// Assessments and answers

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

// Record and repetition

export const auditEvents = pgTable(
  'audit_events',
  {
    seq: bigint('seq', { mode: 'number' }).primaryKey(),
    at: at('at').notNull(),
    action: text('action').notNull(),
    personId: uuid('person_id'),
    cityId: uuid('city_id'),
    subject: text('subject').notNull(),
    payloadHash: text('payload_hash').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [index('audit_events_city').on(t.cityId, t.seq)],
)

export const auditPayloads = pgTable('audit_payloads', {
  seq: bigint('seq', { mode: 'number' })
    .primaryKey()
    .references(() => auditEvents.seq),
  cityId: uuid('city_id'),
  payload: jsonb('payload').notNull(),
})

export const auditHead = pgTable(
  'audit_head',
  {
    one: boolean('one').primaryKey().default(true),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [check('audit_head_one', sql`${t.one}`)],
)

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    operation: text('operation').notNull(),
    bodyHash: text('body_hash').notNull(),
    response: jsonb('response'),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.key] })],
)
