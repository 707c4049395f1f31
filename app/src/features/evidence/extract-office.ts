import { unzipSync } from 'fflate'
import { Parser } from 'saxen'
import { type MediaType, mediaTypes } from './media-type.ts'
import { allowedUnpacked } from './unpacked.ts'

// Text documents and tables: a ZIP archive with XML inside. Only the parts that hold text are unpacked; entities other than the
// five of XML are not resolved.

/** Unpacks the parts whose names fit, as text. */
function partsOf(bytes: Uint8Array, wanted: RegExp): Map<string, string> {
  let left = allowedUnpacked(bytes.length)
  const parts = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!wanted.test(name)) return false
      left -= originalSize
      if (left < 0) throw new RangeError('unpacks to too much')
      return true
    },
  })
  return new Map(Object.entries(parts).map(([name, part]) => [name, new TextDecoder().decode(part)]))
}

interface Walk {
  open?: (name: string, attributes: Record<string, string>) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Reads XML from front to back; names come without their prefix. @param skipped elements that are left out with all they hold */
function walk(xml: string, skipped: ReadonlySet<string>, { open, close, text }: Walk): void {
  let depth = 0
  const parser = new Parser()
  parser.on('openTag', (name, attributes) => {
    if (skipped.has(local(name))) depth++
    if (depth === 0) open?.(local(name), open.length > 1 ? plainAttributes(attributes()) : {})
  })
  parser.on('closeTag', (name) => {
    if (depth === 0) close?.(local(name))
    if (skipped.has(local(name))) depth--
  })
  if (text !== undefined) {
    parser.on('text', (found, decode) => depth === 0 && text(decode(found)))
    parser.on('cdata', (found) => depth === 0 && text(found))
  }
  parser.on('error', (error) => {
    throw error
  })
  parser.parse(xml)
}

const plainAttributes = (attributes: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [local(name), value]))

/** Collects text into pages. */
class Pages {
  readonly pages: string[] = ['']

  add(text: string): void {
    this.pages[this.pages.length - 1] += text
  }

  /** A break where nothing stands yet is the second sign of the same break. */
  break(): void {
    if (this.pages.at(-1)!.trim() !== '') this.pages.push('')
  }
}

function wordPages(parts: ReadonlyMap<string, string>): string[] {
  const result = new Pages()
  const read = (xml: string) => {
    let isText = false
    walk(xml, new Set(['Fallback', 'instrText']), {
      open: (name, attributes) => {
        if (name === 't') isText = true
        else if (name === 'tab' || name === 'tc') result.add('\t')
        else if (name === 'lastRenderedPageBreak') result.break()
        else if (name === 'br' && attributes.type === 'page') result.break()
        else if (name === 'br' || name === 'cr') result.add('\n')
      },
      close: (name) => {
        if (name === 't') isText = false
        else if (name === 'p') result.add('\n')
      },
      text: (text) => isText && result.add(text),
    })
  }
  const document = parts.get('word/document.xml')
  if (document === undefined) throw new RangeError('no document in it')
  read(document)
  for (const notes of ['word/footnotes.xml', 'word/endnotes.xml']) if (parts.has(notes)) read(parts.get(notes)!)
  return result.pages
}

const leftOut = new Set(['annotation', 'tracked-changes', 'automatic-styles', 'font-face-decls', 'scripts', 'forms'])

function openTextPages(content: string): string[] {
  const result = new Pages()
  walk(content, leftOut, {
    open: (name, attributes) => {
      if (name === 'soft-page-break') result.break()
      else if (name === 's') result.add(' '.repeat(Math.min(Number(attributes.c ?? 1) || 1, 100)))
      else if (name === 'tab' || name === 'table-cell') result.add('\t')
      else if (name === 'line-break') result.add('\n')
    },
    close: (name) => {
      if (name === 'p' || name === 'h') result.add('\n')
    },
    text: (text) => result.add(text.replaceAll(/\s+/g, ' ')),
  })
  return result.pages
}

/** Each sheet is a page, its name the first line. */
function openTablePages(content: string): string[] {
  const pages: string[] = []
  let paragraphs = 0
  const add = (text: string) => {
    if (pages.length > 0) pages[pages.length - 1] += text
  }
  walk(content, leftOut, {
    open: (name, attributes) => {
      if (name === 'table') pages.push(`${attributes.name ?? ''}\n`)
      else if (name === 'p') paragraphs++
    },
    close: (name) => {
      if (name === 'p') paragraphs--
      else if (name === 'table-cell') add('\t')
      else if (name === 'table-row') add('\n')
    },
    text: (text) => paragraphs > 0 && add(text),
  })
  return pages
}

function sharedStrings(xml: string | undefined): string[] {
  const strings: string[] = []
  let isText = false
  if (xml === undefined) return strings
  walk(xml, new Set(['rPh']), {
    open: (name) => {
      if (name === 'si') strings.push('')
      else if (name === 't') isText = true
    },
    close: (name) => {
      if (name === 't') isText = false
    },
    text: (text) => isText && strings.length > 0 && (strings[strings.length - 1] += text),
  })
  return strings
}

function sheetText(xml: string, strings: readonly string[]): string {
  let text = ''
  let type = ''
  let isValue = false
  let value = ''
  walk(xml, new Set(['f']), {
    open: (name, attributes) => {
      if (name === 'c') {
        type = attributes.t ?? ''
        value = ''
      } else if (name === 'v' || name === 't') isValue = true
    },
    close: (name) => {
      if (name === 'v' || name === 't') isValue = false
      else if (name === 'c') text += `${type === 's' ? (strings[Number(value)] ?? '') : value}\t`
      else if (name === 'row') text += '\n'
    },
    text: (found) => isValue && (value += found),
  })
  return text
}

/** Sheets in their order: name and file. */
function sheetsOf(parts: ReadonlyMap<string, string>): { name: string; path: string }[] {
  const targets = new Map<string, string>()
  walk(parts.get('xl/_rels/workbook.xml.rels') ?? '<r/>', new Set(), {
    open: (name, { Id, Target }) => name === 'Relationship' && Id && Target && targets.set(Id, Target.replace(/^\/?(xl\/)?/, 'xl/')),
  })
  const sheets: { name: string; path: string }[] = []
  walk(parts.get('xl/workbook.xml') ?? '<w/>', new Set(), {
    open: (name, attributes) => {
      const path = targets.get(attributes.id ?? '')
      if (name === 'sheet' && path !== undefined) sheets.push({ name: attributes.name ?? '', path })
    },
  })
  return sheets
}

function sheetPages(parts: ReadonlyMap<string, string>): string[] {
  const strings = sharedStrings(parts.get('xl/sharedStrings.xml'))
  return sheetsOf(parts).map(({ name, path }) => `${name}\n${sheetText(parts.get(path) ?? '<s/>', strings)}`)
}

/** Text of a text document by its page breaks, or of a table document by its sheets. */
export function extractOffice(bytes: Uint8Array, mediaType: MediaType): string[] {
  if (mediaType === mediaTypes.docx) return wordPages(partsOf(bytes, /^word\/(document|footnotes|endnotes)\.xml$/))
  if (mediaType === mediaTypes.xlsx)
    return sheetPages(partsOf(bytes, /^xl\/(workbook\.xml|sharedStrings\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/))
  const content = partsOf(bytes, /^content\.xml$/).get('content.xml')
  if (content === undefined) throw new RangeError('no document in it')
  return mediaType === mediaTypes.ods ? openTablePages(content) : openTextPages(content)
}
