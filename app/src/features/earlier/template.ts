import writeXlsxFile from 'write-excel-file/node'
import { toCsv } from '../../csv.ts'
import type { Translator } from '../../text/text.ts'
import { type Column, columns } from './earlier.ts'

/** How wide each column of the spreadsheet is, in characters. */
const widths: Record<Column, number> = {
  city: 24,
  country: 10,
  year: 8,
  instrument: 30,
  instrument_version: 20,
  code: 20,
  value: 8,
  source: 50,
  remark: 40,
}

/** Two invented rows that show what belongs where. */
const exampleRows = (t: Translator): (string | number)[][] => [
  [
    t('earlier.template.city'),
    'SE',
    2019,
    t('earlier.template.instrument'),
    '2019',
    'index',
    57.5,
    t('earlier.template.source'),
    t('earlier.template.remark'),
  ],
  [t('earlier.template.city'), 'SE', 2019, t('earlier.template.instrument'), '2019', 'education', 61, t('earlier.template.source'), ''],
]

/** Template as CSV: with a byte order mark, and separated as office programs of the language expect it. */
export function templateCsv(t: Translator): string {
  return `\uFEFF${toCsv(columns, exampleRows(t), t.language === 'en' ? ',' : ';')}`
}

/** Template as XLSX, with a second sheet that explains each column. */
export function templateXlsx(t: Translator): Promise<Uint8Array> {
  const head = (value: string) => ({ value, fontWeight: 'bold' as const })
  const explained = columns.map((column) => [{ value: column as string }, { value: t(`earlier.column.${column}`), wrap: true }])
  return writeXlsxFile([
    {
      sheet: t('earlier.template.sheet'),
      data: [columns.map(head), ...exampleRows(t)],
      columns: columns.map((column) => ({ width: widths[column] })),
      stickyRowsCount: 1,
    },
    {
      sheet: t('earlier.template.help'),
      data: [[head(t('earlier.template.column')), head(t('earlier.template.meaning'))], ...explained],
      columns: [{ width: 22 }, { width: 100 }],
    },
  ]).toBuffer()
}
