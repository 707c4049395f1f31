import type { TextKey } from '../../text/catalogue.ts'
import type { TextValues, Translator } from '../../text/text.ts'

/** One broken rule of an instrument: where it stands and which rule it is. */
export interface InstrumentProblem {
  /** Path below the instrument's folder. */
  readonly file: string
  /** Where in the file, such as questions.edu-03.points; empty for the file as a whole. */
  readonly key: string
  readonly rule: TextKey
  readonly values?: TextValues
}

/** One line for people: file, key, rule. */
export function problemLine(t: Translator, { file, key, rule, values }: InstrumentProblem): string {
  return [file, key, t(rule, values)].filter((part) => part !== '').join(': ')
}
