import type { Command } from 'commander'
import type { Services } from '../../services.ts'
import { runCommand } from '../../terminal.ts'
import type { Translator } from '../../text/text.ts'
import { sayLine, withServices } from '../../with-services.ts'
import type { DueSource } from './notice.ts'
import type { NamesIn } from './routes.ts'
import { NoticeSender } from './sender.ts'

/** What later features hand in: names of questions, and reminders. */
export interface NoticeParts {
  namesIn: (services: Services) => NamesIn
  sourcesOf: (services: Services) => readonly DueSource[]
}

async function send(t: Translator, { namesIn, sourcesOf }: NoticeParts, isForced: boolean): Promise<void> {
  await withServices(async (services) => {
    const sender = new NoticeSender({ ...services, namesIn: namesIn(services), sources: sourcesOf(services) })
    const { urgent, digests, reminders } = await sender.send(services.now(), isForced)
    sayLine(t('notices.cli.sent', { urgent, digests, reminders }))
  })
}

/** `tessera notices send`: what the server does every minute, once. */
export function registerNoticeCommands(program: Command, t: Translator, parts: NoticeParts): void {
  program
    .command('notices')
    .description(t('notices.cli.description'))
    .command('send')
    .description(t('notices.cli.send'))
    .option('--now', t('notices.cli.now'))
    .action(({ now = false }: { now?: boolean }) => runCommand(t, () => send(t, parts, now)))
}
