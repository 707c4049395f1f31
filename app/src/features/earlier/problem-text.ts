import type { Translator } from '../../text/text.ts'
import type { FileProblem } from './check-file.ts'

/** One problem for the terminal: where, what stands there, which rule. */
export function problemLine(t: Translator, file: string, { row, column, value, rule, values }: FileProblem): string {
  const what = t(rule, values)
  const said = value === '' ? what : t('earlier.cli.saidOf', { value, said: what })
  if (row === null) return t('earlier.cli.problemFile', { file, said })
  if (column === null) return t('earlier.cli.problemRow', { file, row: String(row), said })
  return t('earlier.cli.problem', { file, row: String(row), column, said })
}
