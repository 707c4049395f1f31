type CsvValue = string | number | boolean | null

/** A text that a spreadsheet would take for a formula gets an apostrophe. */
function cell(value: CsvValue, separator: string): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /["\n\r]/.test(safe) || safe.includes(separator) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * A table as CSV (RFC 4180) with a head; numbers in full, with a point; null is empty.
 * @param separator a semicolon where an office program that writes decimal commas is to open it
 */
export function toCsv(columns: readonly string[], rows: readonly (readonly CsvValue[])[], separator: ',' | ';' = ','): string {
  const line = (row: readonly CsvValue[]) => row.map((value) => cell(value, separator)).join(separator)
  return `${[columns, ...rows].map(line).join('\r\n')}\r\n`
}

/** Whether the reader would rather have CSV than JSON. */
export function prefersCsv(accept: string | undefined): boolean {
  const wanted = accept ?? ''
  const csv = wanted.indexOf('text/csv')
  const json = wanted.indexOf('application/json')
  return csv >= 0 && (json < 0 || csv < json)
}
