import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { people } from './account-tables.ts'
import { at, createdAt } from './columns.ts'

// The record of events, and answers to requests that were sent twice.
// What each table and column is for stands in the database itself (migrations 0001 and 0003) and in privacy.yml.

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
