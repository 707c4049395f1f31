import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  date,
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
import { assessmentKey } from './assessment-tables.ts'
import { cityId } from './city-tables.ts'
import { at, createdAt, id } from './columns.ts'
import { guestKey } from './partner-tables.ts'

// Evidence: files on the disk, the library, what answers cite, and the inbox.

export const files = pgTable(
  'files',
  {
    id: id(),
    cityId: cityId(),
    sha256: text('sha256').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    mediaType: text('media_type').notNull(),
    name: text('name').notNull(),
    storedAs: text('stored_as').notNull().unique(),
    pages: integer('pages'),
    extractedAt: at('extracted_at'),
    scan: text('scan').notNull().default('not-scanned'),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    guestId: uuid('guest_id'),
  },
  (t) => [
    guestKey(t),
    unique('files_city').on(t.id, t.cityId),
    index('files_hash').on(t.cityId, t.sha256),
    check('files_scan', sql`${t.scan} in ('not-scanned','clean')`),
  ],
)

export const uploads = pgTable(
  'uploads',
  {
    id: id(),
    cityId: cityId(),
    name: text('name').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    sha256: text('sha256').notNull(),
    received: bigint('received', { mode: 'number' }).notNull().default(0),
    storedAs: text('stored_as').notNull().unique(),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
    createdBy: personId('created_by'),
    guestId: uuid('guest_id'),
    fileId: uuid('file_id'),
  },
  (t) => [guestKey(t)],
)

export const evidence = pgTable(
  'evidence',
  {
    id: id(),
    cityId: cityId(),
    fileId: uuid('file_id'),
    url: text('url'),
    title: text('title').notNull(),
    kind: text('kind').notNull(),
    datedOn: date('dated_on', { mode: 'string' }),
    validFrom: date('valid_from', { mode: 'string' }),
    validUntil: date('valid_until', { mode: 'string' }),
    isConfidential: boolean('is_confidential').notNull().default(false),
    releaseLevel: text('release_level').notNull().default('private'),
    language: text('language'),
    note: text('note'),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    guestId: uuid('guest_id'),
    updatedAt: at('updated_at').notNull().defaultNow(),
    updatedBy: personId('updated_by'),
    removedAt: at('removed_at'),
    removedBy: personId('removed_by'),
  },
  (t) => [
    guestKey(t),
    foreignKey({ columns: [t.fileId, t.cityId], foreignColumns: [files.id, files.cityId] }),
    unique('evidence_city').on(t.id, t.cityId),
    index('evidence_by_city').on(t.cityId, t.createdAt),
    check('evidence_source', sql`num_nonnulls(${t.fileId}, ${t.url}) = 1`),
    check('evidence_release', sql`${t.releaseLevel} in ('private','partner','network','public')`),
    check('evidence_kind', sql`${t.kind} in ('decision','strategy','statistics','report','minutes','contract','website','photo','other')`),
  ],
)

export const evidencePages = pgTable(
  'evidence_pages',
  {
    fileId: uuid('file_id').notNull(),
    page: integer('page').notNull(),
    cityId: cityId(),
    text: text('text').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.fileId, t.page] }),
    foreignKey({ columns: [t.fileId, t.cityId], foreignColumns: [files.id, files.cityId] }).onDelete('cascade'),
  ],
)

export const citations = pgTable(
  'citations',
  {
    id: id(),
    cityId: cityId(),
    assessmentId: uuid('assessment_id').notNull(),
    questionId: text('question_id').notNull(),
    evidenceId: uuid('evidence_id').notNull(),
    page: integer('page'),
    quotation: text('quotation'),
    note: text('note'),
    validUntil: date('valid_until', { mode: 'string' }),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    guestId: uuid('guest_id'),
    removedAt: at('removed_at'),
    removedBy: personId('removed_by'),
  },
  (t) => [
    assessmentKey(t),
    guestKey(t),
    foreignKey({ columns: [t.evidenceId, t.cityId], foreignColumns: [evidence.id, evidence.cityId] }),
    index('citations_answer').on(t.assessmentId, t.questionId),
    index('citations_evidence').on(t.evidenceId),
    check('citations_page', sql`${t.page} >= 1`),
  ],
)

export const inboxItems = pgTable(
  'inbox_items',
  {
    id: id(),
    cityId: cityId(),
    assessmentId: uuid('assessment_id').notNull(),
    evidenceId: uuid('evidence_id').notNull(),
    proposals: jsonb('proposals').notNull(),
    createdAt: createdAt(),
    createdBy: personId('created_by'),
    filedAt: at('filed_at'),
    filedBy: personId('filed_by'),
    dismissedAt: at('dismissed_at'),
  },
  (t) => [
    assessmentKey(t),
    foreignKey({ columns: [t.evidenceId, t.cityId], foreignColumns: [evidence.id, evidence.cityId] }),
    index('inbox_items_city').on(t.cityId, t.assessmentId),
  ],
)
