import type { Command } from 'commander'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { inContext, systemContext } from '../../db/context.ts'
import { AppError } from '../../errors.ts'
import { runCommand } from '../../terminal.ts'
import type { Translator } from '../../text/text.ts'
import { withServices } from '../../with-services.ts'
import { recordEvent } from '../audit/queries.ts'
import { deleteDemo } from './removal-queries.ts'

/**
 * Removes the demonstration for good: it is not loaded again.
 * @param owner the database as its owner
 */
export async function removeDemo(
  owner: Pick<NodePgDatabase, 'transaction'>,
  now: Date,
): Promise<{ cities: number; waves: number; people: number }> {
  return inContext(owner, systemContext, async (db) => {
    const removed = await deleteDemo(db)
    const isAny = removed.cities + removed.waves + removed.people > 0
    if (isAny) await recordEvent(db, { action: 'demo.removed', personId: null, cityId: null, subject: 'demo', payload: removed, now })
    return removed
  })
}

async function remove(t: Translator): Promise<void> {
  await withServices(async ({ config, ownerConnection, now }) => {
    if (ownerConnection === null) throw new AppError('DATABASE_SETTINGS', { reason: t('demo.command.ownerMissing') })
    const pool = new pg.Pool({ ...ownerConnection, max: 1 })
    const removed = await removeDemo(drizzle(pool), now()).finally(() => pool.end())
    rmSync(join(config.dataDir, 'demo-accounts.json'), { force: true })
    const isEmpty = removed.cities + removed.waves + removed.people === 0
    process.stdout.write(`${isEmpty ? t('demo.command.nothing') : t('demo.command.removed', removed)}\n`)
  })
}

/** `tessera demo remove` */
export function registerDemoCommands(program: Command, t: Translator): void {
  const demo = program.command('demo').description(t('demo.command.description'))
  demo
    .command('remove')
    .description(t('demo.command.remove'))
    .action(() => runCommand(t, () => remove(t)))
}
