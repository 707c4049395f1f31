import type { Problem } from './problem.ts'

/**
 * The two table layouts of the R package COINr (its iMeta and iData), which users of composite indices already have.
 * A caller reads the files and hands rows of text over; nothing here does input or output.
 */

/** One line of a table as text. */
export interface TableRow {
  /** 1-based line of the file on which the row ends (a quoted cell may hold line breaks). */
  readonly line: number
  readonly cells: readonly string[]
}

/** Does the cell stand for "missing"? Empty, or NA as R writes it. */
export function isMissingText(text: string): boolean {
  const trimmed = text.trim()
  return trimmed === '' || trimmed === 'NA'
}

/**
 * A number as it stands in a table: an optional sign, digits with a decimal point, an optional exponent.
 * @returns the number; null when the cell is missing; a sentence with the broken rule when it is neither
 */
export function parseNumberText(text: string): number | null | string {
  const trimmed = text.trim()
  if (isMissingText(trimmed)) return null
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(trimmed)) {
    const value = Number(trimmed)
    return Number.isFinite(value) ? value : 'the number is too large'
  }
  if (/^[+-]?\d+,\d+([eE][+-]?\d+)?$/.test(trimmed)) return `decimal comma; write ${trimmed.replace(',', '.')} with a point`
  if (/^[+-]?\d{1,3}([ ,.'\u00a0\u202f]\d{3})+([.,]\d+)?$/.test(trimmed))
    return 'thousands separators; write the digits without them and a decimal point'
  if (/^[+-]?inf(inity)?$/i.test(trimmed)) return 'infinite; a value is a finite number, or empty when missing'
  return 'text where a number is needed; leave the cell empty (or write NA) when the value is missing'
}

/**
 * Problems of a header that concern any table: wrong separator, a column without a name, a name that stands twice.
 * @param required columns that must be there
 */
export function checkHeader(source: Problem['source'], header: TableRow, required: readonly string[]): Problem[] {
  const names = header.cells.map((cell) => cell.trim())
  const problem = (column: string | null, rule: string): Problem => ({ source, line: header.line, column, value: null, rule })
  const separator = names.length === 1 ? [';', '\t', '|'].find((mark) => names[0]?.includes(mark)) : undefined
  if (separator !== undefined) {
    const name = { ';': 'semicolons', '\t': 'tabs', '|': 'bars' }[separator] ?? separator
    return [problem(null, `the columns are separated by ${name}; save the file with commas between columns and points in decimals`)]
  }
  return [
    ...names.flatMap((name, i) => (name === '' ? [problem(null, `column ${i + 1} has no name; give it one or remove it`)] : [])),
    ...names.flatMap((name, i) =>
      name !== '' && names.indexOf(name) !== i ? [problem(name, 'the column stands twice; remove or rename one')] : [],
    ),
    ...required.filter((name) => !names.includes(name)).map((name) => problem(name, 'the column is missing; add it')),
  ]
}
