import writeXlsxFile from 'write-excel-file/node'

// XLSX files for people who fill in: wording that is locked, cells that are open, lists to choose from. A cell is always a text or a
// number, never a formula, so that nothing that somebody typed is ever carried out.

export interface BookCell {
  value: string | number | null
  /** title and head are bold; open = can be changed where the sheet is protected. */
  kind?: 'title' | 'head' | 'open' | 'quiet'
}

/** A list of texts to choose from in one cell; it lies in another sheet of the same file. */
export interface ChoiceList {
  /** Such as "H3". */
  cell: string
  /** Such as "'Options'!$B$2:$B$6". */
  source: string
  /** Whether other texts are refused; a list that is not strict is only offered. */
  isStrict: boolean
  title: string
  text: string
}

export interface BookSheet {
  name: string
  /** Widths in characters. */
  columns: readonly { width: number; isHidden?: boolean }[]
  rows: readonly (readonly BookCell[])[]
  /** Rows at the top that stay in view. */
  sticky?: number
  isProtected?: boolean
  choices?: readonly ChoiceList[]
}

/** What XML or the library cannot hold: control characters but tab and line end, no characters at all, halves, and the sign for an unreadable one. */
const forbidden = /(?![\t\n])\p{Cc}|\uFFFD|\p{Noncharacter_Code_Point}|\p{Cs}/gu

/** A text as it stands in a cell of a file: without characters that XML cannot hold. */
export const cellText = (text: string): string => text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replaceAll(forbidden, '')

const escapeXml = (text: string): string =>
  cellText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const looks = {
  title: { fontWeight: 'bold', fontSize: 14 },
  head: { fontWeight: 'bold', backgroundColor: '#E4E9EA', wrap: true, alignVertical: 'top' },
  quiet: { wrap: true, alignVertical: 'top', textColor: '#53616B' },
  open: {
    wrap: true,
    alignVertical: 'top',
    backgroundColor: '#FFF8E1',
    borderStyle: 'thin',
    borderColor: '#B9A66A',
    format: '@', // text: what is typed stays as it was typed, and no formula comes of it
  },
  plain: { wrap: true, alignVertical: 'top' },
} as const

/** Spreadsheets read _x0041_ as a sign by its number; a text that only looks so is marked as text. */
function withoutCodes(text: string): string {
  const safe = text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
  // The library looks texts up in a plain object and takes "constructor" for one it has; written by number the first letter is another text.
  return safe in {} ? `_x${safe.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_${safe.slice(1)}` : safe
}

function toCell({ value, kind }: BookCell) {
  const look = looks[kind ?? 'plain']
  if (typeof value === 'number') return { ...look, type: Number, value }
  return { ...look, type: String, value: value === null ? undefined : withoutCodes(cellText(value)) }
}

/** Columns and rows can still be made wider and higher, and the table can be filtered; only what is written is protected. */
const protection = '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0"/>'

const excelLimit = { title: 32, text: 255 } // characters of a prompt; Excel refuses the file when it is longer

const cut = (text: string, limit: number): string => (text.length > limit ? `${text.slice(0, limit - 1)}…` : text)

function choicesXml(choices: readonly ChoiceList[]): string {
  if (choices.length === 0) return ''
  const each = choices.map(({ cell, source, isStrict, title, text }) => {
    const said = { title: escapeXml(cut(title, excelLimit.title)), text: escapeXml(cut(text, excelLimit.text)) }
    const errors = isStrict ? ` errorStyle="stop" showErrorMessage="1" errorTitle="${said.title}" error="${said.text}"` : ''
    return `<dataValidation type="list" allowBlank="1" showInputMessage="1"${errors} promptTitle="${said.title}" prompt="${said.text}" sqref="${cell}"><formula1>${escapeXml(source)}</formula1></dataValidation>`
  })
  return `<dataValidations count="${choices.length}">${each.join('')}</dataValidations>`
}

/** Adds what the library does not know: protection, lists to choose from, hidden columns. */
function completeSheet(xml: string, { columns, isProtected = false, choices = [] }: BookSheet): string {
  const hidden = columns.reduce(
    (text, { isHidden = false }, i) => (isHidden ? text.replace(`<col min="${i + 1}"`, `<col hidden="1" min="${i + 1}"`) : text),
    xml,
  )
  return hidden.replace('</sheetData>', `</sheetData>${isProtected ? protection : ''}${choicesXml(choices)}`)
}

/** Opens the cells with the format of texts: only open cells have it. */
export function openCells(styles: string): string {
  const format = /numFmtId="(\d+)" formatCode="@"/.exec(styles)?.[1]
  if (format === undefined) return styles
  return styles.replaceAll(
    new RegExp(`<xf (numFmtId="${format}"[^>]*)>(.*?)</xf>`, 'g'),
    '<xf $1 applyProtection="1">$2<protection locked="0"/></xf>',
  )
}

/** Writes a workbook. */
export async function writeWorkbook(sheets: readonly BookSheet[]): Promise<Uint8Array<ArrayBuffer>> {
  const contents = sheets.map(({ name, columns, rows, sticky = 0 }) => ({
    sheet: name,
    data: rows.map((row) => row.map(toCell)),
    columns: columns.map(({ width }) => ({ width })),
    ...(sticky > 0 && { stickyRowsCount: sticky }),
    orientation: 'landscape' as const,
  }))
  const completion = {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml: string, _options: unknown, { sheetIndex }: { sheetIndex: number }) => completeSheet(xml, sheets[sheetIndex]!),
        },
        'xl/styles.xml': { transform: openCells },
      },
    },
  }
  return new Uint8Array(await writeXlsxFile(contents, { features: [completion] }).toBuffer())
}

/** Name of a column, from 0: A, B, ... Z, AA. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : `${columnName(Math.floor(index / 26) - 1)}${letter}`
}
