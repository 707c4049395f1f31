import { Command } from 'commander'
import { registerUserCommands } from './features/accounts/commands.ts'
import { registerCityCommands } from './features/cities/commands.ts'
import { registerDemoCommands } from './features/demo/commands.ts'
import { registerEarlierCommands } from './features/earlier/commands.ts'
import { registerInstrumentCommands } from './features/instrument/commands.ts'
import { registerBackupCommands } from './features/operations/backup-commands.ts'
import { registerNoticeCommands } from './features/notices/commands.ts'
import { registerDoctorCommands } from './features/operations/doctor-commands.ts'
import { registerExportCommands } from './features/operations/export-commands.ts'
import { registerImportCommands } from './features/operations/import-commands.ts'
import { registerPersonCommands } from './features/privacy/commands.ts'
import { registerAuditCommands } from './features/record/commands.ts'
import { registerResultCommands } from './features/results/commands.ts'
import { registerWaveCommands } from './features/waves/commands.ts'
import { noticeParts } from './notice-parts.ts'
import { languageReader, prepareProgram, terminalTranslator } from './terminal.ts'
import { languages } from './text/catalogue.ts'
import type { Translator } from './text/text.ts'

/** Commands on numeric indices describe themselves; they are loaded only when one of them is called. */
function registerIndex(program: Command, t: Translator): void {
  program
    .command('index [words...]')
    .description(t('cli.index.description'))
    .allowUnknownOption()
    .helpOption(false)
    .action(async (_words: string[], _options: unknown, command: Command) => {
      const { registerAllIndexCommands } = await import('./features/benchmark/index-all.ts')
      const index = new Command('tessera').option('--language <code>')
      registerAllIndexCommands(index)
      await index.parseAsync(['--language', t.language, 'index', ...command.args], { from: 'user' }) // the program has taken --language out of the words
    })
}

/** Every command of the product, feature by feature. */
export function registerCommands(
  program: Command,
  args: readonly string[] = process.argv,
  env: Record<string, string | undefined> = process.env,
): void {
  const t = terminalTranslator(args, env)
  prepareProgram(program, t)
  program
    .description(t('cli.description'))
    .option('--language <code>', t('cli.option.language', { languages: languages.join(', ') }), languageReader(t))
    .addHelpText('after', `\n${t('cli.help.exit')}`)
  registerResultCommands(program, t)
  registerInstrumentCommands(program, t)
  registerUserCommands(program, t)
  registerPersonCommands(program, t)
  registerAuditCommands(program, t)
  registerCityCommands(program, t)
  registerEarlierCommands(program, t)
  registerWaveCommands(program, t)
  registerNoticeCommands(program, t, noticeParts)
  registerBackupCommands(program, t)
  registerDoctorCommands(program, t)
  registerExportCommands(program, t)
  registerImportCommands(program, t)
  registerDemoCommands(program, t)
  registerIndex(program, t)
}
