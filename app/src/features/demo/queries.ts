import { sql, type SQLWrapper } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'

/** Columns of a table with their types, as the bulk insert reads them from JSON. */
type Columns = Readonly<Record<string, string>>

const tables = {
  cities: {
    id: 'uuid',
    slug: 'text',
    name: 'text',
    country: 'text',
    region: 'text',
    latitude: 'float8',
    longitude: 'float8',
    is_synthetic: 'boolean',
    created_at: 'timestamptz',
  },
  city_facts: {
    city_id: 'uuid',
    fact: 'text',
    value: 'numeric',
    year: 'integer',
    source: 'text',
    quality: 'text',
    updated_at: 'timestamptz',
  },
  waves: {
    id: 'uuid',
    slug: 'text',
    name: 'text',
    opens_at: 'timestamptz',
    closes_at: 'timestamptz',
    instrument_version_id: 'uuid',
    frozen_at: 'timestamptz',
    is_synthetic: 'boolean',
    created_at: 'timestamptz',
  },
  people: { id: 'uuid', name: 'text', email: 'text', email_verified: 'boolean', language: 'text', is_demo: 'boolean' },
  credentials: { account_id: 'text', provider_id: 'text', person_id: 'uuid', password: 'text' },
  partner_rights: { membership_id: 'uuid', city_id: 'uuid', right: 'text', granted_at: 'timestamptz', granted_by: 'uuid' },
  memberships: { id: 'uuid', person_id: 'uuid', role: 'text', city_id: 'uuid', created_at: 'timestamptz' },
  assessments: {
    id: 'uuid',
    wave_id: 'uuid',
    city_id: 'uuid',
    invited_at: 'timestamptz',
    submitted_at: 'timestamptz',
    submitted_by: 'uuid',
  },
  sign_off_steps: {
    id: 'uuid',
    city_id: 'uuid',
    position: 'integer',
    name: 'text',
    person_id: 'uuid',
    created_at: 'timestamptz',
    created_by: 'uuid',
  },
  suggestions: {
    id: 'uuid',
    assessment_id: 'uuid',
    city_id: 'uuid',
    question_id: 'text',
    origin: 'text',
    options: 'text[]',
    missing: 'text',
    explanation: 'text',
    language: 'text',
    note: 'text',
    base_version: 'integer',
    suggested_by: 'uuid',
    created_at: 'timestamptz',
  },
  departments: { id: 'uuid', city_id: 'uuid', name: 'text', created_at: 'timestamptz', created_by: 'uuid' },
  department_members: { department_id: 'uuid', city_id: 'uuid', person_id: 'uuid', created_at: 'timestamptz', created_by: 'uuid' },
  contacts: {
    id: 'uuid',
    city_id: 'uuid',
    name: 'text',
    email: 'text',
    post: 'text',
    department_id: 'uuid',
    created_at: 'timestamptz',
    created_by: 'uuid',
  },
  assignments: {
    id: 'uuid',
    assessment_id: 'uuid',
    city_id: 'uuid',
    dimension_id: 'text',
    question_id: 'text',
    department_id: 'uuid',
    person_id: 'uuid',
    contact_id: 'uuid',
    due_on: 'date',
    note: 'text',
    created_at: 'timestamptz',
    created_by: 'uuid',
  },
  answers: {
    assessment_id: 'uuid',
    question_id: 'text',
    city_id: 'uuid',
    version: 'integer',
    options: 'text[]',
    missing: 'text',
    reason: 'text',
    explanation: 'text',
    language: 'text',
    updated_at: 'timestamptz',
    updated_by: 'uuid',
  },
  answer_history: {
    assessment_id: 'uuid',
    question_id: 'text',
    version: 'integer',
    city_id: 'uuid',
    options: 'text[]',
    missing: 'text',
    reason: 'text',
    explanation: 'text',
    language: 'text',
    saved_at: 'timestamptz',
    saved_by: 'uuid',
  },
  frozen_assessments: {
    id: 'uuid',
    assessment_id: 'uuid',
    city_id: 'uuid',
    wave_id: 'uuid',
    content: 'jsonb',
    content_hash: 'text',
    frozen_at: 'timestamptz',
    frozen_by: 'uuid',
  },
  results: {
    frozen_id: 'uuid',
    city_id: 'uuid',
    wave_id: 'uuid',
    instrument_version_id: 'uuid',
    scheme: 'text',
    engine_version: 'text',
    inputs_hash: 'text',
    elements: 'text[]',
    scores: 'float8[]',
    uppers: 'float8[]',
    coverages: 'float8[]',
    exact_scores: 'text[]',
    created_at: 'timestamptz',
  },
  judgements: {
    review_id: 'uuid',
    city_id: 'uuid',
    question_id: 'text',
    person_id: 'uuid',
    version: 'integer',
    answer_version: 'integer',
    decision: 'text',
    reason_code: 'text',
    points: 'numeric',
    note: 'text',
    report_text: 'text',
    is_for_meeting: 'boolean',
    seconds: 'integer',
    decided_at: 'timestamptz',
  },
  adjudications: {
    review_id: 'uuid',
    city_id: 'uuid',
    question_id: 'text',
    version: 'integer',
    decision: 'text',
    reason_code: 'text',
    points: 'numeric',
    reason: 'text',
    report_text: 'text',
    decided_at: 'timestamptz',
    decided_by: 'uuid',
  },
} as const satisfies Record<string, Columns>

export type BulkTable = keyof typeof tables
export type BulkRow<T extends BulkTable> = Record<keyof (typeof tables)[T], unknown>

const rowsPerStatement = 4_000

const list = (parts: readonly SQLWrapper[]) => sql.join([...parts] as Parameters<typeof sql.join>[0], sql`, `)

/** Numbers that JSON does not know are written as text; PostgreSQL reads them back. */
const toJson = (rows: readonly unknown[]): string =>
  JSON.stringify(rows, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value))

/** Inserts many rows with few statements, in their order. */
export async function insertMany<T extends BulkTable>(db: Db, table: T, rows: readonly BulkRow<T>[]): Promise<void> {
  const columns = Object.entries(tables[table])
  const names = list(columns.map(([name]) => sql.identifier(name)))
  const types = list(columns.map(([name, type]) => sql`${sql.identifier(name)} ${sql.raw(type)}`))
  for (let first = 0; first < rows.length; first += rowsPerStatement) {
    const json = toJson(rows.slice(first, first + rowsPerStatement))
    await db.execute(
      sql`insert into ${sql.identifier(table)} (${names}) select ${names} from json_to_recordset(${json}::json) as r(${types})`,
    )
  }
}

/** One starter at a time, until the transaction ends. */
export async function lockDemo(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(7212004)`)
}

/** Whether nobody has worked here yet and the demonstration was never here. */
export async function isUntouched(db: Db): Promise<boolean> {
  const { rows } = await db.execute<{ untouched: boolean }>(sql`
    select not exists (select 1 from waves) and not exists (select 1 from people)
      and not exists (select 1 from audit_events where action in ('demo.loaded', 'demo.removed')) as untouched`)
  return rows[0]!.untouched
}

/** Whether the demonstration's people can sign in here. */
export async function hasDemoPeople(db: Db): Promise<boolean> {
  const { rows } = await db.execute<{ found: boolean }>(sql`select exists (select 1 from people where is_demo) as found`)
  return rows[0]!.found
}
