import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import appPackage from '../../../package.json' with { type: 'json' }
import { type Config, readConfig } from '../../config.ts'
import { lockDataFolder } from '../../db/lock.ts'
import { hasEmbedded } from '../../db/embedded.ts'
import { type MaintenanceAccess, openForMaintenance } from '../../db/maintenance.ts'
import { openDatabase } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { migrationsFolder } from '../../paths.ts'
import { runCommand } from '../../terminal.ts'
import { formatDateTime, formatNumber, type Translator } from '../../text/text.ts'
import { sayLine } from '../../with-services.ts'
import { appendAnchor } from '../audit/anchor.ts'
import type { Manifest } from './backup.ts'
import { createBackup, type MadeBackup } from './create-backup.ts'
import { restoreBackup, verifyBackup } from './restore-backup.ts'

const rowsOf = ({ tables }: Manifest, name: string): number => tables.find(({ table }) => table === name)?.rows ?? 0

/** What a sentence on a backup names. */
const valuesOf = (t: Translator, file: string, manifest: Manifest) => ({
  file,
  at: formatDateTime(t.language, new Date(manifest.madeAt)),
  version: manifest.program,
  cities: rowsOf(manifest, 'cities'),
  answers: rowsOf(manifest, 'answers'),
  files: manifest.files.length,
})

/** Bytes as people read them. */
const sizeText = (t: Translator, bytes: number): string =>
  bytes < 1_000_000 ? `${formatNumber(t.language, bytes / 1_000, 1)} kB` : `${formatNumber(t.language, bytes / 1_000_000, 1)} MB`

/** The file to write: a folder gets one named by date and time. */
function targetOf(t: Translator, path: string, now: Date): string {
  const isFolder = existsSync(path) && statSync(path).isDirectory()
  const file = isFolder ? join(path, `tessera-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar.gz`) : resolve(path)
  if (!existsSync(dirname(file))) throw new AppError('FILE_INVALID', { problems: t('operations.backup.folder', { folder: dirname(file) }) })
  return file
}

function sayBackup(t: Translator, file: string, { manifest, size }: MadeBackup): void {
  sayLine(t('operations.backup.done', { ...valuesOf(t, file, manifest), size: sizeText(t, size) }))
  sayLine(t('operations.backup.head', manifest.audit))
  if (manifest.isSynthetic) sayLine(t('operations.restore.synthetic'))
  sayLine(t('operations.backup.personal'))
  sayLine(t(manifest.secrets === null ? 'operations.backup.secretsAbsent' : 'operations.backup.secrets'))
  for (const { storedAs, problem } of manifest.lostFiles)
    process.stderr.write(`${t(`operations.backup.lost.${problem}`, { file: storedAs })}\n`)
}

/** An installation that was never started has nothing to back up, and none is made for it. */
async function openExisting(config: Config): Promise<MaintenanceAccess> {
  if (config.databaseUrl === null && !hasEmbedded(config.dataDir)) throw new AppError('BACKUP_NOTHING')
  return openForMaintenance(config)
}

async function backup(t: Translator, path: string, withSecrets: boolean): Promise<void> {
  const now = new Date()
  const config = readConfig(process.env)
  const file = targetOf(t, path, now)
  const access = await openExisting(config)
  try {
    const { app: connection } = access
    const made = await createBackup({ connection, dataDir: config.dataDir, file, withSecrets, program: appPackage.version, now })
    appendAnchor(config.dataDir, { at: now.toISOString(), ...made.manifest.audit })
    sayBackup(t, file, made)
    if (made.manifest.lostFiles.length > 0) process.exitCode = 1
  } finally {
    await access.close()
  }
}

interface RestoreOptions {
  replace?: boolean
  confirm?: boolean
  check?: boolean
}

async function fill(t: Translator, config: Config, file: string, isReplacing: boolean): Promise<Manifest> {
  const access = await openForMaintenance(config)
  try {
    if (access.owner === null) throw new AppError('DATABASE_SETTINGS', { reason: t('operations.restore.ownerMissing') })
    return await restoreBackup({
      file,
      owner: access.owner,
      dataDir: config.dataDir,
      migrationsFolder,
      isReplacing,
      now: new Date(),
    })
  } finally {
    await access.close()
  }
}

/** Brings an older schema up to date and grants the application its rights, as every start does. */
async function bringUpToDate(config: Config): Promise<void> {
  const { close } = await openDatabase(config, migrationsFolder)
  await close()
}

async function restore(t: Translator, path: string, { replace = false, confirm = false, check = false }: RestoreOptions): Promise<void> {
  const file = resolve(path)
  const checked = await verifyBackup(file)
  if (check) return sayLine(t('operations.restore.checked', valuesOf(t, file, checked)))
  if (replace && !confirm)
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: '--confirm', message: 'operations.restore.confirmMissing' }] })
  const config = readConfig(process.env)
  mkdirSync(config.dataDir, { recursive: true })
  const unlock = lockDataFolder(config.dataDir, 'tessera restore')
  try {
    const manifest = await fill(t, config, file, replace)
    await bringUpToDate(config)
    sayLine(t('operations.restore.done', valuesOf(t, file, manifest)))
    sayLine(t('operations.restore.people'))
    if (manifest.isSynthetic) sayLine(t('operations.restore.synthetic'))
    if (manifest.secrets === null) sayLine(t('operations.restore.secretsAbsent'))
  } finally {
    unlock()
  }
}

/** `tessera backup`, `tessera restore` */
export function registerBackupCommands(program: Command, t: Translator): void {
  program
    .command('backup')
    .argument('<file>', t('operations.backup.file'))
    .description(t('operations.backup.description'))
    .option('--with-secrets', t('operations.backup.withSecrets'))
    .action((file: string, { withSecrets = false }: { withSecrets?: boolean }) => runCommand(t, () => backup(t, file, withSecrets)))
  program
    .command('restore')
    .argument('<file>', t('operations.restore.file'))
    .description(t('operations.restore.description'))
    .option('--check', t('operations.restore.check'))
    .option('--replace', t('operations.restore.replace'))
    .option('--confirm', t('operations.restore.confirm'))
    .action((file: string, options: RestoreOptions) => runCommand(t, () => restore(t, file, options)))
}
