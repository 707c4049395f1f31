import { sql } from 'drizzle-orm'
import {
  bigserial,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  numeric,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { people, personId } from './account-tables.ts'
import { at, createdAt, id } from './columns.ts'

// Cities, who belongs to them, and what is known about them.
// What each table and column is for stands in the database itself (migrations 0001 and 0003) and in privacy.yml.

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
      sql`${t.role} in ('city-coordinator','contributor','approver','technical-partner','reviewer','evaluation-coordinator','network-coordinator')`,
    ),
    check('memberships_scope', sql`(${t.role} in ('reviewer','evaluation-coordinator','network-coordinator')) = (${t.cityId} is null)`),
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
      sql`${t.role} in ('city-coordinator','contributor','approver','technical-partner','reviewer','evaluation-coordinator','network-coordinator')`,
    ),
    check('invitations_scope', sql`(${t.role} in ('reviewer','evaluation-coordinator','network-coordinator')) = (${t.cityId} is null)`),
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

export const citySettings = pgTable('city_settings', {
  cityId: cityId().primaryKey(),
  contributorsSeeAll: boolean('contributors_see_all').notNull().default(false),
  evidenceQuotaMb: integer('evidence_quota_mb'),
  version: integer('version').notNull().default(1),
  updatedAt: at('updated_at').notNull().defaultNow(),
  updatedBy: personId('updated_by'),
})
