import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg, { type PoolConfig } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { assessments, files, waves } from '../../db/schema.ts'
import { AppError } from '../../errors.ts'
import { instrumentFolder, migrationsFolder } from '../../paths.ts'
import type { Person } from '../../permissions.ts'
import { questionsOf } from '../instrument/instrument.ts'
import { loadInstrument } from '../instrument/load.ts'
import { InstrumentStore } from '../instrument/store.ts'
import { saveAnswer } from '../assessments/usecases.ts'
import { readAnchors } from '../audit/anchor.ts'
import type { Manifest } from './backup.ts'
import { createBackup } from './create-backup.ts'
import { restoreBackup, verifyBackup } from './restore-backup.ts'
import { buildSchema, inOwnersTransaction, knownMigrations } from './restore-queries.ts'

// Backups under load, and what becomes of them when they are damaged.

const source = testDatabase()
const server = inject('testServer')
const folder = mkdtempSync(join(tmpdir(), 'tessera-backup-'))
const file = join(folder, 'backup.tar.gz')
const target = `tessera_restored_${randomUUID().slice(0, 8)}`
const targetData = join(folder, 'restored')
const owner: PoolConfig = { ...server.owner, database: target }

async function asAdmin<T extends object>(statement: string, database = 'postgres'): Promise<T[]> {
  const client = new pg.Client({ ...server.admin, database })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(7212002)')
    return (await client.query<T>(statement)).rows
  } finally {
    await client.end()
  }
}

const connectionOf = (): PoolConfig => ({ ...server.app, database: (source.pool().options as { database: string }).database })
const sourceName = () => connectionOf().database!
interface Acknowledged {
  question: string
  text: string
  version: number
}

const acknowledged: Acknowledged[] = []
let manifest: Manifest
let before: Acknowledged[] = []
let prepared: Prepared
let person: Person
let assessmentId = ''
let questions: string[] = []

/** Services that commit, because a backup sees only what is committed. */
function committing(): Prepared {
  const db = drizzle(source.pool())
  return { services: { db, now: () => new Date(), instruments: new InstrumentStore() } } as unknown as Prepared
}

async function prepareAssessment(): Promise<void> {
  prepared = committing()
  const { db, instruments } = prepared.services
  await inContext(db, systemContext, (tx) => instruments.register(tx, loadInstrument(instrumentFolder)))
  const cityId = await addCity(prepared, 'backup-city')
  person = await addPerson(prepared, 'city-coordinator', cityId)
  await inContext(db, systemContext, async (tx) => {
    const now = Date.now()
    const [wave] = await tx
      .insert(waves)
      .values({
        slug: 'backup-wave',
        name: 'Wave',
        opensAt: new Date(now - 86_400_000),
        closesAt: new Date(now + 86_400_000),
        frozenAt: new Date(now),
        instrumentVersionId: instruments.currentId,
      })
      .returning()
    const [assessment] = await tx.insert(assessments).values({ waveId: wave!.id, cityId }).returning()
    assessmentId = assessment!.id
    const bytes = randomBytes(200_000)
    mkdirSync(join(source.dataDir, 'files'), { recursive: true })
    writeFileSync(join(source.dataDir, 'files', 'a-stored-file'), bytes)
    await tx.insert(files).values({
      cityId,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
      mediaType: 'application/pdf',
      name: 'decision.pdf',
      storedAs: 'a-stored-file',
    })
  })
  questions = questionsOf(instruments.current).map(({ id }) => id)
}

/** Appends to its own answer until told to stop; an entry is made only after the commit. */
async function editor(question: string, name: string, isOver: () => boolean): Promise<void> {
  for (let version = 0; !isOver(); version++) {
    const text = `${name}, "version" ${version + 1}, line\nbreak, \\N, ü`
    await inContext(prepared.services.db, systemContext, (tx) =>
      saveAnswer(
        tx,
        person,
        prepared.services.instruments,
        { assessmentId, questionId: question, patch: { explanation: text }, version, language: 'en' },
        new Date(),
      ),
    )
    acknowledged.push({ question, text, version: version + 1 })
  }
}

async function acknowledgedAtLeast(count: number): Promise<void> {
  while (acknowledged.length < count) await new Promise((resolve) => setTimeout(resolve, 10))
}

const request = () => ({
  connection: connectionOf(),
  dataDir: source.dataDir,
  withSecrets: false,
  program: 'test',
  now: new Date(),
})

const restore = (path: string, isReplacing = false) =>
  restoreBackup({ file: path, owner, dataDir: targetData, migrationsFolder, isReplacing, now: new Date() })

beforeAll(async () => {
  await prepareAssessment()
  let isOver = false
  const editors = [0, 1, 2].map((i) => editor(questions[i]!, `editor ${i}`, () => isOver))
  await acknowledgedAtLeast(25)
  before = [...acknowledged]
  const made = await createBackup({ ...request(), file })
  manifest = made.manifest
  await acknowledgedAtLeast(before.length + 5)
  isOver = true
  await Promise.all(editors)
  await asAdmin(`create database ${target} owner ${server.owner.user}`)
  mkdirSync(targetData)
})

afterAll(async () => {
  await asAdmin(`drop database if exists ${target} with (force)`)
  rmSync(folder, { recursive: true, force: true })
})

describe('a backup that is made while people save', () => {
  it('refuses every changed byte, every cut and every foreign file before anything is written', async () => {
    const bytes = readFileSync(file)
    const damaged = join(folder, 'damaged.tar.gz')
    const refused = async (content: Buffer) => {
      writeFileSync(damaged, content)
      return restore(damaged).then(
        () => 'restored',
        (error: unknown) => (error as AppError).code,
      )
    }
    const places = [0, 5, 40, ...Array.from({ length: 30 }, (_, i) => Math.floor((bytes.length * (i + 0.5)) / 30)), bytes.length - 1]
    for (const place of places) {
      const changed = Buffer.from(bytes)
      changed[place]! ^= 1 << (place % 8)
      expect(await refused(changed), `byte ${place}`).toBe('BACKUP_INVALID')
    }
    for (const length of [0, 3, 100, Math.floor(bytes.length / 2), bytes.length - 1])
      expect(await refused(bytes.subarray(0, length)), `cut to ${length}`).toBe('BACKUP_INVALID')
    for (const foreign of [Buffer.concat([bytes, Buffer.from('x')]), randomBytes(5_000)])
      expect(await refused(foreign)).toBe('BACKUP_INVALID')
    await expect(restore(join(folder, 'no-such-file'))).rejects.toMatchObject({ code: 'BACKUP_INVALID' })
    const tables = await asAdmin<{ count: number }>(`select count(*)::int as count from pg_tables where schemaname = 'public'`, target)
    expect(tables[0]!.count).toBe(0)
  })

  it('holds everything that was acknowledged before it began, and restores it with equal counts', async () => {
    expect(before.length).toBeGreaterThan(20)
    expect(acknowledged.length).toBeGreaterThan(before.length)
    await restore(file)
    const stored = await asAdmin<{ question_id: string; version: number; explanation: string }>(
      'select question_id, version, explanation from answer_history',
      target,
    )
    const texts = new Map(stored.map(({ question_id, version, explanation }) => [`${question_id}/${version}`, explanation]))
    for (const { question, version, text } of before) expect(texts.get(`${question}/${version}`)).toBe(text)
    // one moment: of each editor a prefix, without a hole
    for (const question of questions.slice(0, 3)) {
      const versions = stored.filter((row) => row.question_id === question).map(({ version }) => version)
      expect(versions.sort((a, b) => a - b)).toEqual(versions.map((_, i) => i + 1))
    }
    for (const { table, rows } of manifest.tables) {
      const [found] = await asAdmin<{ count: number }>(`select count(*)::int as count from ${table}`, target)
      const added = ['audit_events', 'audit_payloads'].includes(table) ? 1 : 0 // the restore itself is an event
      const ended = ['sessions', 'verifications'].includes(table)
      expect(found!.count, table).toBe(ended ? 0 : rows + added)
    }
  })

  it('leaves out no row that the isolation of cities might hide', async () => {
    const { manifest: quiet } = await createBackup({ ...request(), file: join(folder, 'quiet.tar.gz') })
    for (const { table, rows } of quiet.tables) {
      const [found] = await asAdmin<{ count: number }>(`select count(*)::int as count from ${table}`, sourceName())
      expect(rows, table).toBe(found!.count)
    }
  })

  it('brings the guards back: forced isolation, triggers and keys are those of the original', async () => {
    const guards = `
      select 'rls ' || relname || relrowsecurity || relforcerowsecurity as guard from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      union all select 'trigger ' || tgrelid::regclass || tgname || tgenabled::text from pg_trigger where not tgisinternal
      union all select 'key ' || conrelid::regclass || conname || convalidated || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
      union all select 'policy ' || tablename || policyname || coalesce(qual, '') from pg_policies
      union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
      order by 1`
    expect(await asAdmin(guards, target)).toEqual(await asAdmin(guards, sourceName()))
  })

  it('puts the files back and remembers the head of the chain outside of the database', async () => {
    expect(readFileSync(join(targetData, 'files', 'a-stored-file'))).toEqual(readFileSync(join(source.dataDir, 'files', 'a-stored-file')))
    const [head] = await asAdmin<{ seq: string; hash: string }>('select seq, hash from audit_head', target)
    expect(readAnchors(targetData)).toMatchObject([{ seq: Number(head!.seq), hash: head!.hash, isRestore: true }])
  })

  it('lets new rows follow: sequences stand behind the last number', async () => {
    const [row] = await asAdmin<{ next: string }>(`select nextval('results_seq_seq') as next`, target)
    const [last] = await asAdmin<{ last: string }>(`select coalesce(max(seq), 0) as last from results`, target)
    expect(Number(row!.next)).toBeGreaterThan(Number(last!.last))
  })

  it('refuses an installation that is not empty, unless it is to be replaced', async () => {
    await expect(restore(file)).rejects.toMatchObject({ code: 'RESTORE_OCCUPIED', values: { cities: 1, people: 1, answers: 3 } })
    writeFileSync(join(targetData, 'files', 'of-the-old-installation'), 'x')
    await restore(file, true)
    expect(() => readFileSync(join(targetData, 'files', 'of-the-old-installation'))).toThrow()
    const [row] = await asAdmin<{ count: number }>('select count(*)::int as count from cities', target)
    expect(row!.count).toBe(1)
  })

  it('never overwrites a file, and names evidence that is lost or was changed', async () => {
    await expect(createBackup({ ...request(), file })).rejects.toMatchObject({ code: 'FILE_EXISTS' })
    const path = join(source.dataDir, 'files', 'a-stored-file')
    const bytes = readFileSync(path)
    writeFileSync(path, 'something else')
    const changed = await createBackup({ ...request(), file: join(folder, 'changed.tar.gz') })
    expect(changed.manifest.lostFiles).toEqual([{ storedAs: 'a-stored-file', problem: 'changed' }])
    rmSync(path)
    const missing = await createBackup({ ...request(), file: join(folder, 'missing.tar.gz') })
    expect(missing.manifest.lostFiles).toEqual([{ storedAs: 'a-stored-file', problem: 'missing' }])
    writeFileSync(path, bytes)
    expect((await verifyBackup(join(folder, 'missing.tar.gz'))).files).toEqual([])
  })
})

describe('schemas of different age', () => {
  it('restores a backup of an older schema as that schema, for the next start to bring it up to date', async () => {
    const old = `tessera_old_${randomUUID().slice(0, 8)}`
    await asAdmin(`create database ${old} owner ${server.owner.user}`)
    const connection = { ...server.owner, database: old }
    try {
      await inOwnersTransaction(connection, async (client) => {
        await buildSchema(client, migrationsFolder, 2)
        for (const { hash, folderMillis } of readMigrationFiles({ migrationsFolder }).slice(0, 2))
          await client.query('insert into schema_migrations (hash, created_at) values ($1, $2)', [hash, folderMillis])
        await client.query(`insert into cities (slug, name, country) values ('old', 'Old', 'DE')`)
      })
      const path = join(folder, 'old.tar.gz')
      await createBackup({ ...request(), connection, file: path })
      await restore(path, true)
      const tables = await asAdmin<{ count: number }>(`select count(*)::int as count from schema_migrations`, target)
      expect(tables[0]!.count).toBe(2)
      const pool = new pg.Pool({ ...owner, max: 1 })
      await migrate(drizzle(pool), { migrationsFolder, migrationsSchema: 'public', migrationsTable: 'schema_migrations' }).finally(() =>
        pool.end(),
      )
      expect(await asAdmin(`select slug from cities`, target)).toEqual([{ slug: 'old' }])
    } finally {
      await asAdmin(`drop database ${old} with (force)`)
    }
  })

  it('refuses a backup that knows more migrations than the program', async () => {
    const folderOfLess = join(folder, 'migrations')
    cpSync(migrationsFolder, folderOfLess, { recursive: true })
    const journal = join(folderOfLess, 'meta/_journal.json')
    const content = JSON.parse(readFileSync(journal, 'utf8')) as { entries: unknown[] }
    writeFileSync(journal, JSON.stringify({ ...content, entries: content.entries.slice(0, 2) }))
    const outcome = restoreBackup({
      file,
      owner,
      dataDir: targetData,
      migrationsFolder: folderOfLess,
      isReplacing: true,
      now: new Date(),
    })
    await expect(outcome).rejects.toMatchObject({ code: 'BACKUP_NEWER' })
  })

  it('lists the migrations of the database as those of the program', () => {
    expect(manifest.migrations).toEqual(knownMigrations(migrationsFolder))
  })
})
