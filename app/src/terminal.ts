import { type Command, type CommanderError, InvalidArgumentError } from 'commander'
import type { AppError } from './errors.ts'
import { explain, toAppError } from './problems.tsx'
import { isLanguage, languages, type Language } from './text/catalogue.ts'
import { type Translator, translator } from './text/text.ts'

/** Language of the terminal: --language, else the environment's, else English. */
function terminalLanguage(args: readonly string[], env: Record<string, string | undefined>): Language {
  const at = args.indexOf('--language')
  const asked = at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith('--language='))?.slice('--language='.length)
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return [asked, locale.slice(0, 2).toLowerCase()].find(isLanguage) ?? 'en'
}

/** Reads the value of --language. */
export const languageReader =
  (t: Translator) =>
  (value: string): Language => {
    if (!isLanguage(value)) throw new InvalidArgumentError(t('cli.option.languageRule', { languages: languages.join(', ') }))
    return value
  }

const usageKeys = [
  'excessArguments',
  'invalidArgument',
  'missingArgument',
  'missingMandatoryOptionValue',
  'optionMissingArgument',
  'unknownCommand',
  'unknownOption',
] as const

/** Wrong usage in one sentence; the library's own words where it is something else. */
function explainUsage(t: Translator, { code, message }: CommanderError): string {
  const key = usageKeys.find((name) => code === `commander.${name}`)
  if (key === undefined) return message.replace(/^error: /, '')
  const what = /'([^']+)'/.exec(message)?.[1] ?? ''
  const detail = /is invalid\. (.*)$/s.exec(message)?.[1] ?? ''
  return t(`cli.usage.${key}`, { what, detail })
}

/** Help in the reader's language; wrong usage ends with 2. Call before commands are added: they inherit it. */
export function prepareProgram(program: Command, t: Translator): void {
  const titles: Record<string, string> = {
    'Usage:': t('cli.help.usage'),
    'Options:': t('cli.help.options'),
    'Commands:': t('cli.help.commands'),
    'Arguments:': t('cli.help.arguments'),
    'Global Options:': t('cli.help.globalOptions'),
  }
  program
    .helpOption('-h, --help', t('cli.help.option'))
    .helpCommand('help [command]', t('cli.help.command'))
    .configureHelp({ styleTitle: (title) => titles[title] ?? title, showGlobalOptions: true })
    .configureOutput({ outputError: () => undefined })
    .exitOverride((error) => {
      if (error.exitCode === 0) process.exit(0)
      if (error.code !== 'commander.help') process.stderr.write(`${explainUsage(t, error)} ${t('cli.usage.now', { command: 'tessera' })}\n`)
      process.exit(2)
    })
}

/** Carries a command out; what is refused ends with 1 and words, never with a stack trace. */
export async function runCommand(t: Translator, work: () => void | Promise<void>): Promise<void> {
  try {
    await work()
  } catch (thrown) {
    const error = toAppError(thrown)
    if (error.code === 'INTERNAL' && process.env.TESSERA_DEBUG) console.error(thrown)
    process.stderr.write(`${explainForTerminal(t, error)}\n`)
    process.exitCode = 1
  }
}

/** One line; several broken rules take a line each. */
function explainForTerminal(t: Translator, error: AppError): string {
  const { title, detail, now } = explain(t, error)
  return detail.includes('\n') ? `${title}:\n${detail}\n${now}` : `${title}. ${detail}${/[.!?]$/.test(detail) ? '' : '.'} ${now}`
}

/** The translator of a program's language. */
export const terminalTranslator = (args: readonly string[], env: Record<string, string | undefined>): Translator =>
  translator(terminalLanguage(args, env))
