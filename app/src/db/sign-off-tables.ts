import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { personId } from './account-tables.ts'
import { assessmentKey } from './assessment-tables.ts'
import { cityId } from './city-tables.ts'
import { at, createdAt, id } from './columns.ts'

// Checking before handing in: marks of the coordination, steps, and who signed.
// What each table and column is for stands in the database itself (migrations 0001 and 0003) and in privacy.yml.

export const precheckMarks = pgTable(
  'precheck_marks',
  {
    assessmentId: uuid('assessment_id').notNull(),
    questionId: text('question_id').notNull(),
    cityId: cityId(),
    mark: text('mark').notNull(),
    remark: text('remark'),
    answerVersion: integer('answer_version').notNull(),
    version: integer('version').notNull().default(1),
    markedAt: at('marked_at').notNull(),
    markedBy: personId('marked_by'),
  },
  (t) => [
    primaryKey({ columns: [t.assessmentId, t.questionId] }),
    assessmentKey(t),
    check('precheck_marks_mark', sql`${t.mark} in ('ready','needs-work')`),
  ],
)

export const signOffSteps = pgTable(
  'sign_off_steps',
  {
    id: id(),
    cityId: cityId(),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    personId: personId('person_id'),
    dimensions: text('dimensions').array(),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    endedAt: at('ended_at'),
  },
  (t) => [unique('sign_off_steps_city').on(t.id, t.cityId)],
)

export const signOffs = pgTable(
  'sign_offs',
  {
    id: id(),
    assessmentId: uuid('assessment_id').notNull(),
    cityId: cityId(),
    stepId: uuid('step_id').notNull(),
    decision: text('decision').notNull(),
    note: text('note'),
    questionId: text('question_id'),
    contentHash: text('content_hash').notNull(),
    versions: jsonb('versions').notNull(),
    decidedAt: at('decided_at').notNull(),
    decidedBy: personId('decided_by'),
  },
  (t) => [
    assessmentKey(t),
    foreignKey({ columns: [t.stepId, t.cityId], foreignColumns: [signOffSteps.id, signOffSteps.cityId] }),
    index('sign_offs_assessment').on(t.assessmentId, t.decidedAt),
    check('sign_offs_decision', sql`${t.decision} in ('signed','sent-back')`),
  ],
)
