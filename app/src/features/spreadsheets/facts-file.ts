import { toCsv } from '../../csv.ts'
import { catalogues } from '../../text/catalogue.ts'
import type { Translator } from '../../text/text.ts'
import { type BookCell, writeWorkbook } from '../../workbook.ts'
import { languages } from '../assessments/answer-cell.ts'
import { type CityFact, facts, qualities } from '../cities/fact.ts'

export const factColumns = ['fact', 'year', 'value', 'source', 'quality', 'version'] as const
export type FactColumn = (typeof factColumns)[number]

/** Names of a column in every language. */
export const factColumnNames = (column: FactColumn): string[] =>
  languages.map((language) => catalogues[language][`spreadsheets.facts.column.${column}`])

const factWidths: Record<FactColumn, number> = { fact: 42, year: 8, value: 14, source: 70, quality: 26, version: 12 }

const rowOf = (t: Translator, { fact, year, value, source, quality, version }: CityFact) => [
  t(`cities.fact.name.${fact}`),
  year,
  value,
  source,
  t(`cities.fact.quality.${quality}`),
  `v${version}`,
]

const headOf = (t: Translator): string[] => factColumns.map((column) => t(`spreadsheets.facts.column.${column}`))

/** A number with the decimal sign of the language, because the office program of that language expects it. */
const localNumber = (t: Translator, value: number): string =>
  new Intl.NumberFormat(t.language, { useGrouping: false, maximumFractionDigits: 2 }).format(value)

/** The figures of a city as CSV. */
export function factsCsv(t: Translator, known: readonly CityFact[], synthetic: string | null): string {
  const rows = known.map((fact) => rowOf(t, fact).map((cell, i) => (factColumns[i] === 'value' ? localNumber(t, fact.value) : cell)))
  const marked = synthetic === null ? rows : rows.map((row) => [...row, synthetic])
  const head = [...headOf(t), ...(synthetic === null ? [] : [t('spreadsheets.sheet.note')])]
  return `\uFEFF${toCsv(head, marked, t.language === 'en' ? ',' : ';')}`
}

/** The same as XLSX, with lists to choose from and room for new rows. */
export function factsXlsx(t: Translator, known: readonly CityFact[], synthetic: string | null): Promise<Uint8Array<ArrayBuffer>> {
  const listName = t('spreadsheets.sheet.choices')
  const names = facts.map((fact) => t(`cities.fact.name.${fact}`))
  const sure = qualities.map((quality) => t(`cities.fact.quality.${quality}`))
  const title = [t('spreadsheets.facts.sheet'), synthetic].filter((text) => text !== null).join(' · ')
  const length = known.length + 30 // rows with lists
  const lists = Array.from({ length }, (_, i) => [
    { cell: `A${i + 3}`, source: `'${listName}'!$A$1:$A$${names.length}`, text: t('spreadsheets.facts.chooseFact') },
    { cell: `E${i + 3}`, source: `'${listName}'!$B$1:$B$${sure.length}`, text: t('spreadsheets.facts.chooseQuality') },
  ]).flat()
  return writeWorkbook([
    {
      name: t('spreadsheets.facts.sheet'),
      columns: factColumns.map((column) => ({ width: factWidths[column], isHidden: column === 'version' })),
      rows: [
        [{ value: title, kind: 'title' }],
        headOf(t).map((value): BookCell => ({ value, kind: 'head' })),
        ...known.map((fact) => rowOf(t, fact).map((value): BookCell => ({ value }))),
      ],
      sticky: 2,
      choices: lists.map((list) => ({ ...list, isStrict: true, title: t('spreadsheets.facts.sheet') })),
    },
    {
      name: listName,
      columns: [{ width: 50 }, { width: 30 }],
      rows: Array.from({ length: Math.max(names.length, sure.length) }, (_, i) => [{ value: names[i] ?? '' }, { value: sure[i] ?? '' }]),
      isProtected: true,
    },
  ])
}
