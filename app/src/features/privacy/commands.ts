import type { Command } from 'commander'
import { AppError } from '../../errors.ts'
import { runCommand } from '../../terminal.ts'
import type { Translator } from '../../text/text.ts'
import { sayLine, withServices } from '../../with-services.ts'
import { erasePerson } from './usecases.ts'

async function erase(t: Translator, email: string, isConfirmed: boolean): Promise<void> {
  if (!isConfirmed) throw new AppError('INPUT_INVALID', {}, { fields: [{ path: '--yes', message: 'privacy.cli.confirm' }] })
  await withServices(async (services) => {
    const { personId, mails, lines, remaining } = await erasePerson(services, email)
    sayLine(t('privacy.cli.erased', { id: personId }))
    sayLine(t('privacy.cli.files', { mails, lines }))
    for (const { column, rows } of remaining) sayLine(t('privacy.cli.remaining', { column, rows }))
  })
}

/** `tessera person erase <email>` */
export function registerPersonCommands(program: Command, t: Translator): void {
  program
    .command('person')
    .description(t('privacy.cli.description'))
    .command('erase <email>')
    .description(t('privacy.cli.erase'))
    .option('--yes', t('privacy.cli.yes'))
    .action((email: string, { yes = false }: { yes?: boolean }) => runCommand(t, () => erase(t, email, yes)))
}
