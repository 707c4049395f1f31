import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, numeric, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { people, personId } from './account-tables.ts'
import { at, createdAt, id } from './columns.ts'

// For the network as a whole and the tools of its people.

export const accessTokens = pgTable(
  'access_tokens',
  {
    id: id(),
    personId: uuid('person_id')
      .references(() => people.id, { onDelete: 'cascade' })
      .notNull(),
    name: text('name').notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    scopes: text('scopes').array().notNull(),
    createdAt: createdAt(),
    expiresAt: at('expires_at').notNull(),
    lastUsedAt: at('last_used_at'),
    revokedAt: at('revoked_at'),
  },
  (t) => [index('access_tokens_person').on(t.personId)],
)

export const savedGroups = pgTable(
  'saved_groups',
  {
    id: id(),
    personId: uuid('person_id')
      .references(() => people.id, { onDelete: 'cascade' })
      .notNull(),
    name: text('name').notNull(),
    cities: text('cities').array().notNull(),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    unique('saved_groups_name').on(t.personId, t.name),
    check('saved_groups_cities', sql`cardinality(${t.cities}) between 1 and 500`),
  ],
)

export const earlierImports = pgTable(
  'earlier_imports',
  {
    id: id(),
    fileName: text('file_name').notNull(),
    fileHash: text('file_hash').notNull(),
    rowCount: integer('row_count').notNull(),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    removedAt: at('removed_at'),
    removedBy: personId('removed_by'),
  },
  (t) => [
    uniqueIndex('earlier_imports_file')
      .on(t.fileHash)
      .where(sql`removed_at is null`),
  ],
)

export const earlierResults = pgTable(
  'earlier_results',
  {
    id: id(),
    importId: uuid('import_id').notNull(),
    row: integer('row').notNull(),
    city: text('city').notNull(),
    country: text('country').notNull(),
    year: integer('year').notNull(),
    instrument: text('instrument').notNull(),
    instrumentVersion: text('instrument_version').notNull(),
    code: text('code').notNull(),
    value: numeric('value', { mode: 'number' }).notNull(),
    source: text('source').notNull(),
    remark: text('remark'),
  },
  (t) => [
    foreignKey({ columns: [t.importId], foreignColumns: [earlierImports.id] }),
    unique('earlier_results_figure').on(t.importId, t.city, t.country, t.year, t.instrument, t.instrumentVersion, t.code),
    index('earlier_results_city').on(t.city),
    check('earlier_results_value', sql`${t.value} between 0 and 100`),
  ],
)
