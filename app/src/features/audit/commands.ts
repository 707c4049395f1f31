import type { Command } from 'commander'
import { inOneMoment } from '../../db/context.ts'
import { AppError } from '../../errors.ts'
import { runCommand } from '../../terminal.ts'
import type { Translator } from '../../text/text.ts'
import { sayLine, withServices } from '../../with-services.ts'
import { findLostAnchor, readAnchors } from './anchor.ts'
import { findBreak } from './audit.ts'
import { getHead, listEvents } from './queries.ts'

async function verify(t: Translator): Promise<void> {
  await withServices(async ({ db, config }) => {
    const { events, head } = await inOneMoment(db, async (tx) => ({ head: await getHead(tx), events: await listEvents(tx) }))
    const finding = findBreak(events, head)
    if (finding !== null) throw new AppError('AUDIT_BROKEN', { finding })
    const lost = findLostAnchor(readAnchors(config.dataDir), new Map(events.map(({ seq, hash }) => [seq, hash])))
    if (lost !== null) throw new AppError('AUDIT_BROKEN', { finding: `event ${lost.seq}, written down at ${lost.at}, is no longer in it` })
    sayLine(t('cli.audit.whole', { count: events.length, hash: head.hash }))
  })
}

/** `tessera audit verify`: checks every event against the chain of hashes. */
export function registerAuditCommands(program: Command, t: Translator): void {
  program
    .command('audit')
    .description(t('cli.audit.description'))
    .command('verify')
    .description(t('cli.audit.verify'))
    .action(() => runCommand(t, () => verify(t)))
}
