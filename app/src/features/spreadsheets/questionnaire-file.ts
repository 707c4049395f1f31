import { toCsv } from '../../csv.ts'
import type { Translator } from '../../text/text.ts'
import { type BookCell, type BookSheet, type ChoiceList, columnName, writeWorkbook } from '../../workbook.ts'
import { type TableColumn, tableColumns } from '../assessments/answer-table.ts'
import { headOf, questionnaireRows, type SheetContent, type SheetRow } from './questionnaire-rows.ts'

/** What is written above the questions: whose they are, as of when. */
export interface SheetTitle {
  title: string
  /** Says that the data are invented; null = they are not. */
  synthetic: string | null
}

const widths: Record<TableColumn, number> = {
  id: 9,
  number: 6,
  area: 18,
  question: 46,
  hint: 40,
  whatCounts: 46,
  options: 42,
  answer: 38,
  reason: 28,
  explanation: 60,
  version: 14,
}

/** What a person fills in. */
const openColumns: readonly TableColumn[] = ['answer', 'reason', 'explanation']
const rowsAbove = 2 // title and head

function questionCells(row: SheetRow): BookCell[] {
  return tableColumns.map((column) => {
    if (openColumns.includes(column)) return { value: row[column], kind: 'open' }
    return { value: row[column], ...(['id', 'number', 'area', 'version'].includes(column) && { kind: 'quiet' as const }) }
  })
}

/** Every question's choices in a sheet of their own: one row for each text, and where each question's begin. */
function choiceSheet(t: Translator, rows: readonly SheetRow[]): { sheet: BookSheet; sources: string[] } {
  const name = t('spreadsheets.sheet.choices')
  const cells: BookCell[][] = [
    [
      { value: t('spreadsheets.column.id'), kind: 'head' },
      { value: t('spreadsheets.column.options'), kind: 'head' },
    ],
  ]
  const sources = rows.map(({ id, choices }) => {
    const from = cells.length + 1
    for (const choice of choices) cells.push([{ value: id, kind: 'quiet' }, { value: choice }])
    return `'${name.replaceAll("'", "''")}'!$B$${from}:$B$${cells.length}`
  })
  return { sheet: { name, columns: [{ width: 12 }, { width: 90 }], rows: cells, sticky: 1, isProtected: true }, sources }
}

function choiceLists(t: Translator, rows: readonly SheetRow[], sources: readonly string[]): ChoiceList[] {
  const column = columnName(tableColumns.indexOf('answer'))
  return rows.map(({ rules, number }, i) => ({
    cell: `${column}${rowsAbove + i + 1}`,
    source: sources[i]!,
    isStrict: rules.type === 'single',
    title: t('spreadsheets.sheet.promptTitle', { number }),
    text: t(`spreadsheets.sheet.prompt.${rules.type}`),
  }))
}

const helpLines = ['purpose', 'answer', 'several', 'share', 'missing', 'explanation', 'yours', 'leave', 'formula', 'back'] as const

function helpSheet(t: Translator, { title, synthetic }: SheetTitle, isEmpty: boolean): BookSheet {
  const lines: BookCell[][] = [
    [{ value: t('spreadsheets.sheet.help'), kind: 'title' }],
    [{ value: title }],
    ...(synthetic === null ? [] : [[{ value: synthetic, kind: 'head' as const }]]),
    [{ value: '' }],
    ...helpLines.map((line): BookCell[] => [{ value: t(`spreadsheets.help.${line}`) }]),
    ...(isEmpty ? [[{ value: t('spreadsheets.help.empty') }]] : []),
  ]
  return { name: t('spreadsheets.sheet.help'), columns: [{ width: 110 }], rows: lines, isProtected: true }
}

/** The questionnaire as a workbook: questions with lists to choose from, instructions, and the texts of the lists. */
export function questionnaireXlsx(t: Translator, content: SheetContent, title: SheetTitle): Promise<Uint8Array<ArrayBuffer>> {
  const rows = questionnaireRows(t, content)
  const { sheet: choices, sources } = choiceSheet(t, rows)
  const heading = [title.title, title.synthetic].filter((text) => text !== null).join(' · ')
  const questions: BookSheet = {
    name: t('spreadsheets.sheet.questions'),
    columns: tableColumns.map((column) => ({ width: widths[column], isHidden: column === 'version' })),
    rows: [[{ value: heading, kind: 'title' }], headOf(t).map((value): BookCell => ({ value, kind: 'head' })), ...rows.map(questionCells)],
    sticky: rowsAbove,
    isProtected: true,
    choices: choiceLists(t, rows, sources),
  }
  return writeWorkbook([questions, helpSheet(t, title, content.isEmpty), choices])
}

/** The same as CSV, separated as office programs of the language expect it; synthetic data say so in a column of their own. */
export function questionnaireCsv(t: Translator, content: SheetContent, { synthetic }: SheetTitle): string {
  const head = [...headOf(t), ...(synthetic === null ? [] : [t('spreadsheets.sheet.note')])]
  const rows = questionnaireRows(t, content).map((row) => [
    ...tableColumns.map((column) => row[column]),
    ...(synthetic === null ? [] : [synthetic]),
  ])
  return `\uFEFF${toCsv(head, rows, t.language === 'en' ? ',' : ';')}`
}
