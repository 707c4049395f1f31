import { sql } from 'drizzle-orm'
import { type AnyPgColumn, check, date, foreignKey, index, integer, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { people, personId } from './account-tables.ts'
import { assessmentKey } from './assessment-tables.ts'
import { cityId } from './city-tables.ts'
import { at, createdAt, id } from './columns.ts'

// Departments of a city, people without an account, and who is to answer what.
// What each table and column is for stands in the database itself (migrations 0001 and 0003) and in privacy.yml.

export const departments = pgTable(
  'departments',
  {
    id: id(),
    cityId: cityId(),
    name: text('name').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    endedAt: at('ended_at'),
  },
  (t) => [
    unique('departments_city').on(t.id, t.cityId),
    uniqueIndex('departments_name')
      .on(t.cityId, sql`lower(${t.name})`)
      .where(sql`ended_at is null`),
  ],
)

export const departmentKey = (t: { departmentId: AnyPgColumn; cityId: AnyPgColumn }) =>
  foreignKey({ columns: [t.departmentId, t.cityId], foreignColumns: [departments.id, departments.cityId] })

export const departmentMembers = pgTable(
  'department_members',
  {
    id: id(),
    departmentId: uuid('department_id').notNull(),
    cityId: cityId(),
    personId: uuid('person_id')
      .references(() => people.id, { onDelete: 'cascade' })
      .notNull(),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    endedAt: at('ended_at'),
  },
  (t) => [
    departmentKey(t),
    uniqueIndex('department_members_current')
      .on(t.departmentId, t.personId)
      .where(sql`ended_at is null`),
    index('department_members_person').on(t.personId),
  ],
)

export const contacts = pgTable(
  'contacts',
  {
    id: id(),
    cityId: cityId(),
    name: text('name').notNull(),
    email: text('email'),
    post: text('post'),
    departmentId: uuid('department_id'),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    endedAt: at('ended_at'),
  },
  (t) => [departmentKey(t), unique('contacts_city').on(t.id, t.cityId)],
)

export const assignments = pgTable(
  'assignments',
  {
    id: id(),
    assessmentId: uuid('assessment_id').notNull(),
    cityId: cityId(),
    dimensionId: text('dimension_id'),
    questionId: text('question_id'),
    departmentId: uuid('department_id'),
    personId: personId('person_id'),
    contactId: uuid('contact_id'),
    dueOn: date('due_on', { mode: 'string' }),
    note: text('note'),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    endedAt: at('ended_at'),
  },
  (t) => [
    assessmentKey(t),
    departmentKey(t),
    foreignKey({ columns: [t.contactId, t.cityId], foreignColumns: [contacts.id, contacts.cityId] }),
    uniqueIndex('assignments_current')
      .on(t.assessmentId, sql`coalesce(dimension_id, '')`, sql`coalesce(question_id, '')`)
      .where(sql`ended_at is null`),
    check('assignments_target', sql`num_nonnulls(${t.dimensionId}, ${t.questionId}) = 1`),
    check('assignments_somebody', sql`num_nonnulls(${t.departmentId}, ${t.personId}, ${t.contactId}) >= 1`),
    index('assignments_person').on(t.personId),
  ],
)
