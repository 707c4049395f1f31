import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/node-postgres'
import { createTransport } from 'nodemailer'
import type pg from 'pg'
import type { Config } from '../../config.ts'
import { hasEmbedded } from '../../db/embedded.ts'
import { openForMaintenance } from '../../db/maintenance.ts'
import { migrationsFolder } from '../../paths.ts'
import { explain, toAppError } from '../../problems.tsx'
import type { Translator } from '../../text/text.ts'
import { appendAnchor, findLostAnchor, readAnchors } from '../audit/anchor.ts'
import { findBreak } from '../audit/audit.ts'
import { getHead, listEvents } from '../audit/queries.ts'
import { compareSchemas } from './backup.ts'
import { inSnapshot, listMigrations, listStoredFiles } from './backup-queries.ts'
import {
  type Finding,
  judgeAddress,
  judgeClock,
  judgeDatabase,
  judgeDemo,
  judgeFiles,
  judgeIsolation,
  judgeSchema,
  judgeSpace,
} from './doctor.ts'
import {
  countDemoPeople,
  listChangeable,
  listCityTables,
  readClockDifference,
  readDatabaseFacts,
  readNewestEvent,
} from './doctor-queries.ts'
import { knownMigrations } from './restore-queries.ts'
import { storedFilePath } from '../evidence/storage.ts'

const mailPatience = 10_000 // ms

async function checkMail({ smtpUrl, mailFrom, publicUrl, dataDir }: Config): Promise<Finding[]> {
  if (smtpUrl === null)
    return [
      publicUrl === null
        ? { check: 'mail', state: 'ok', text: 'operations.doctor.mail.outbox', values: { folder: join(dataDir, 'outbox') } }
        : { check: 'mail', state: 'warning', text: 'operations.doctor.mail.none', values: { folder: join(dataDir, 'outbox') } },
    ]
  const { hostname } = new URL(smtpUrl)
  const transport = createTransport(smtpUrl)
  const answer = await Promise.race([
    transport.verify().then(
      () => null,
      (error: Error & { code?: string }) => error.code ?? error.name,
    ),
    delay(mailPatience, 'ETIMEDOUT', { ref: false }),
  ])
  transport.close()
  if (answer !== null)
    return [{ check: 'mail', state: 'error', text: 'operations.doctor.mail.unreachable', values: { host: hostname, reason: answer } }]
  if (/@localhost\b/.test(mailFrom))
    return [{ check: 'mail', state: 'warning', text: 'operations.doctor.mail.sender', values: { from: mailFrom } }]
  return [{ check: 'mail', state: 'ok', text: 'operations.doctor.mail.fine', values: { host: hostname } }]
}

/** Writes a file and forces it to the disk. @returns milliseconds */
function tryWriting(folder: string): number {
  const path = join(folder, `.doctor-${process.pid}`)
  const start = performance.now()
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, 'x')
    fsyncSync(file)
  } finally {
    closeSync(file)
    rmSync(path, { force: true })
  }
  return Math.round(performance.now() - start)
}

function checkSecrets(folder: string): Finding[] {
  const found = statSync(join(folder, 'secrets.json'), { throwIfNoEntry: false })
  if (found === undefined || (found.mode & 0o077) === 0) return []
  return [{ check: 'disk', state: 'error', text: 'operations.doctor.disk.secrets', values: { file: join(folder, 'secrets.json') } }]
}

async function checkDisk({ dataDir }: Config): Promise<Finding[]> {
  if (statSync(dataDir, { throwIfNoEntry: false }) === undefined)
    return [{ check: 'disk', state: 'warning', text: 'operations.doctor.disk.absent', values: { folder: dataDir } }]
  const { bavail, bsize } = await statfs(dataDir)
  try {
    const ms = tryWriting(dataDir)
    const written: Finding = { check: 'disk', state: 'ok', text: 'operations.doctor.disk.writable', values: { folder: dataDir, ms } }
    return [judgeSpace(bavail * bsize, dataDir), written, ...checkSecrets(dataDir)]
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? ''
    return [{ check: 'disk', state: 'error', text: 'operations.doctor.disk.readOnly', values: { folder: dataDir, reason } }]
  }
}

/** Time zones: in summer Berlin is two hours ahead of UTC. Without the data every place would count as UTC. */
function checkZones(): Finding[] {
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit' }).format(new Date('2026-07-01T10:00:00Z'))
  return hour === '12' ? [] : [{ check: 'clock', state: 'error', text: 'operations.doctor.clock.zones' }]
}

async function checkClock(client: pg.Client, now: Date): Promise<Finding[]> {
  const newest = await readNewestEvent(client)
  const isBack = newest !== null && newest.getTime() > now.getTime() + 60_000
  return [
    judgeClock(await readClockDifference(client)),
    ...checkZones(),
    ...(isBack ? [{ check: 'clock', state: 'error', text: 'operations.doctor.clock.back', values: { at: newest } } as const] : []),
  ]
}

async function checkFiles(client: pg.Client, dataDir: string): Promise<Finding> {
  const files = await listStoredFiles(client)
  let lost = 0
  for (const { storedAs, size } of files) {
    const onDisk = await stat(storedFilePath(dataDir, storedAs)).catch(() => null)
    if (onDisk?.size !== size) lost++
  }
  return judgeFiles(files.length, lost)
}

/** The chain as a whole, and against what was written down outside of the database. When it is whole, its head is written down. */
async function checkAudit(t: Translator, client: pg.Client, dataDir: string, now: Date): Promise<Finding> {
  const db = drizzle(client)
  const head = await getHead(db)
  const events = await listEvents(db)
  const finding = findBreak(events, head)
  if (finding !== null) {
    const values = { finding: t(finding.finding, { ...finding }) }
    return { check: 'audit', state: 'error', text: 'operations.doctor.audit.broken', values }
  }
  const anchors = readAnchors(dataDir)
  const lost = findLostAnchor(anchors, new Map(events.map(({ seq, hash }) => [seq, hash])))
  if (lost !== null)
    return { check: 'audit', state: 'error', text: 'operations.doctor.audit.lost', values: { seq: lost.seq, at: new Date(lost.at) } }
  if (head.seq > 0) appendAnchor(dataDir, { at: now.toISOString(), ...head })
  return { check: 'audit', state: 'ok', text: 'operations.doctor.audit.fine', values: { count: events.length, anchors: anchors.length } }
}

async function checkIsolation(client: pg.Client): Promise<Finding[]> {
  const tables = await listCityTables(client)
  const open = tables.filter(({ isForced }) => !isForced).map(({ table }) => table)
  return judgeIsolation(open, await listChangeable(client), tables.length)
}

async function checkContents(t: Translator, client: pg.Client, config: Config, now: Date): Promise<Finding[]> {
  const facts = judgeDatabase(await readDatabaseFacts(client))
  const known = knownMigrations(migrationsFolder)
  const migrations = await listMigrations(client)
  const schema = judgeSchema(compareSchemas(migrations, known), migrations.length)
  if (migrations.length === 0) return [...facts, schema]
  return [
    ...facts,
    schema,
    ...(await checkIsolation(client)),
    judgeDemo(config, await countDemoPeople(client)),
    await checkFiles(client, config.dataDir),
    ...(await checkClock(client, now)),
    await checkAudit(t, client, config.dataDir, now),
  ]
}

async function checkDatabase(t: Translator, config: Config, now: Date): Promise<Finding[]> {
  if (config.databaseUrl === null && !hasEmbedded(config.dataDir))
    return [{ check: 'database', state: 'warning', text: 'operations.doctor.database.absent' }, ...checkZones()]
  try {
    const access = await openForMaintenance(config)
    return await inSnapshot(access.app, (client) => checkContents(t, client, config, now)).finally(access.close)
  } catch (error) {
    const { detail } = explain(t, toAppError(error))
    const reason = (error as { code?: string }).code ?? detail
    return [{ check: 'database', state: 'error', text: 'operations.doctor.database.unreachable', values: { reason } }]
  }
}

/** Everything that can be checked without changing anything. */
export async function examine(t: Translator, config: Config, now: Date): Promise<Finding[]> {
  return [...judgeAddress(config), ...(await checkMail(config)), ...(await checkDisk(config)), ...(await checkDatabase(t, config, now))]
}
