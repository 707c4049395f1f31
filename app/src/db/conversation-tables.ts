import { sql } from 'drizzle-orm'
import { boolean, date, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { people, personId } from './account-tables.ts'
import { assessmentKey } from './assessment-tables.ts'
import { cities, cityId } from './city-tables.ts'
import { at, createdAt, id } from './columns.ts'
import { guestKey } from './partner-tables.ts'

// Conversations about a question, and the notices that tell people of them and of everything else.
// What each table and column is for stands in the database itself (migrations 0001 and 0003) and in privacy.yml.

export const threads = pgTable(
  'threads',
  {
    id: id(),
    cityId: cityId(),
    questionId: text('question_id').notNull(),
    assessmentId: uuid('assessment_id').notNull(),
    isShared: boolean('is_shared').notNull().default(false),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    guestId: uuid('guest_id'),
    closedAt: at('closed_at'),
    closedBy: personId('closed_by'),
  },
  (t) => [assessmentKey(t), guestKey(t), unique('threads_city').on(t.id, t.cityId), index('threads_question').on(t.cityId, t.questionId)],
)

export const messages = pgTable(
  'messages',
  {
    id: id(),
    threadId: uuid('thread_id').notNull(),
    cityId: cityId(),
    text: text('text').notNull(),
    language: text('language'),
    mentions: uuid('mentions').array().notNull().default([]),
    personId: personId('person_id'),
    guestId: uuid('guest_id'),
    createdAt: createdAt(),
    withdrawnAt: at('withdrawn_at'),
  },
  (t) => [
    foreignKey({ columns: [t.threadId, t.cityId], foreignColumns: [threads.id, threads.cityId] }),
    guestKey(t),
    index('messages_thread').on(t.threadId, t.createdAt),
  ],
)

export const notices = pgTable(
  'notices',
  {
    id: id(),
    personId: uuid('person_id')
      .references(() => people.id, { onDelete: 'cascade' })
      .notNull(),
    cityId: uuid('city_id').references(() => cities.id),
    kind: text('kind').notNull(),
    subject: jsonb('subject').notNull(),
    address: text('address').notNull(),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    isUrgent: boolean('is_urgent').notNull().default(false),
    withdrawnAt: at('withdrawn_at'),
    sentAt: at('sent_at'),
    seenAt: at('seen_at'),
  },
  (t) => [
    index('notices_person').on(t.personId, t.createdAt),
    index('notices_unsent')
      .on(t.createdAt)
      .where(sql`sent_at is null and withdrawn_at is null`),
  ],
)

export const digests = pgTable(
  'digests',
  {
    personId: uuid('person_id')
      .references(() => people.id, { onDelete: 'cascade' })
      .notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    sentAt: at('sent_at').notNull().defaultNow(),
    notices: integer('notices').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.day] })],
)
