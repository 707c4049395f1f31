import { AppError } from './errors.ts'

// The log: one line of JSON for each thing, on standard error; standard output is for people. A line names routes, numbers and
// codes, never a person, an address, what was typed or what stands in a path or query.

export const logLevels = ['error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]

export const isLogLevel = (text: string): text is LogLevel => (logLevels as readonly string[]).includes(text)

type LogValue = string | number | null | undefined

/** Writes one line, if its level is wanted. */
export type Log = (level: LogLevel, fields: Readonly<Record<string, LogValue>>) => void

/** @param wanted the least important level that is written */
export function createLog(wanted: LogLevel, write: (line: string) => void = (line) => void process.stderr.write(line)): Log {
  const limit = logLevels.indexOf(wanted)
  return (level, fields) => {
    if (logLevels.indexOf(level) > limit) return
    write(`${JSON.stringify({ time: new Date().toISOString(), level, ...fields })}\n`)
  }
}

/** Errors whose message is made of the program's own words; others may quote what was typed. */
const quotesNothing = new Set(['TypeError', 'ReferenceError', 'RangeError', 'AssertionError'])

type Thrown = Error & { code?: unknown; responseCode?: unknown; table?: unknown; constraint?: unknown; column?: unknown; query?: unknown }

const word = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** What may be said of one error in a chain of causes. */
function describeOne(error: Thrown): string {
  if (error instanceof AppError) return `AppError ${error.code}`
  const facts = [word(error.code), String(error.responseCode ?? ''), word(error.table), word(error.constraint), word(error.column)].filter(
    Boolean,
  )
  const said = quotesNothing.has(error.name) ? [error.message] : []
  const query = word(error.query) // with $1 for every value
  return [error.name, ...said, ...facts, ...(query === undefined ? [] : [query])].join(' ')
}

/** The places in the program, without the message that a stack begins with. */
function framesOf({ stack = '', message }: Error): string[] {
  const at = stack.indexOf(message)
  const places = at < 0 ? '' : stack.slice(at + message.length)
  return places.split('\n').filter((line) => /^\s+at .*:\d+\)?$/.test(line))
}

/**
 * An error for the log: names, codes and places. Messages of the database and of parsers are left out, because they quote values.
 */
export function describeError(thrown: unknown): { error: string; stack: string } {
  if (!(thrown instanceof Error)) return { error: typeof thrown, stack: '' }
  const chain: Thrown[] = []
  for (let error: unknown = thrown; error instanceof Error && chain.length < 5; error = error.cause) chain.push(error as Thrown)
  return { error: chain.map(describeOne).join(' <- '), stack: framesOf(chain.at(-1)!).concat(framesOf(thrown)).join('\n') }
}

/** An error outside of a request; errors are written at every level. */
export function logFailure(what: string, thrown: unknown): void {
  createLog('error')('error', { what, ...describeError(thrown) })
}
