import { readFileSync } from 'node:fs'
import { DataReader, readFrameworkTable, type Dataset, type Framework, type TableRow } from '../src/index.ts'

/** Lines of a CSV file without line breaks inside quotes. */
function readRows(path: string): TableRow[] {
  const lines = readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .map((text, i) => ({ text, line: i + 1 }))
    .filter(({ text }) => text !== '')
  return lines.map(({ text, line }) => ({
    line,
    cells: [...`${text},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*)),/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    ),
  }))
}

/** An index in COINr's layouts from two files. */
export function readCsvIndex(
  frameworkPath: string,
  dataPath: string,
): { dataset: Dataset; framework: Framework; denomination: Readonly<Record<string, string>> } {
  const table = readFrameworkTable(readRows(frameworkPath))
  const [header, ...body] = readRows(dataPath)
  const reader = new DataReader(header ?? null, table)
  for (const row of body) reader.addRow(row)
  const { dataset, problems } = reader.finish()
  if (table.problems.length + problems.length > 0)
    throw new Error(`${frameworkPath}, ${dataPath}: ${JSON.stringify([...table.problems, ...problems][0])}`)
  return { dataset, framework: table.framework, denomination: table.denominators }
}
