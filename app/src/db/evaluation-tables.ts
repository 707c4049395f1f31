import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, numeric, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { people, personId } from './account-tables.ts'
import { waves } from './assessment-tables.ts'
import { at, id } from './columns.ts'

// What binds the evaluation of a wave before it begins: method, interests of its experts, and their calibration.
// What each table and column is for stands in the database itself (migration 0006) and in privacy.yml.

const waveId = () =>
  uuid('wave_id')
    .notNull()
    .references(() => waves.id)

export const methodRegistrations = pgTable(
  'method_registrations',
  {
    id: id(),
    waveId: waveId(),
    version: integer('version').notNull(),
    content: jsonb('content').notNull(),
    contentHash: text('content_hash').notNull(),
    reason: text('reason'),
    registeredAt: at('registered_at').notNull(),
    registeredBy: personId('registered_by'),
  },
  (t) => [
    unique('method_registrations_version').on(t.waveId, t.version),
    check('method_registrations_addendum', sql`(${t.version} = 1) = (${t.reason} is null)`),
  ],
)

export const interestDeclarations = pgTable(
  'interest_declarations',
  {
    id: id(),
    waveId: waveId(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    ties: jsonb('ties').notNull(),
    declaredAt: at('declared_at').notNull(),
  },
  (t) => [index('interest_declarations_person').on(t.waveId, t.personId, t.declaredAt)],
)

export const calibrationJudgements = pgTable(
  'calibration_judgements',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    caseId: text('case_id').notNull(),
    decision: text('decision').notNull(),
    points: numeric('points', { mode: 'number' }),
    note: text('note'),
    judgedAt: at('judged_at').notNull(),
  },
  (t) => [unique('calibration_judgements_once').on(t.personId, t.caseId)],
)
