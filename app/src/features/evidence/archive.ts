import { createReadStream } from 'node:fs'
import { strToU8, Zip, ZipPassThrough } from 'fflate'
import { toCsv } from '../../csv.ts'
import type { CitedEvidence } from './citation-queries.ts'
import { storedFilePath } from './storage.ts'

// All evidence of an assessment in one ZIP: a folder for each question in the order of the questionnaire, and two lists of
// everything. People open folders, so a document that proves three answers lies in three of them; only a very large archive holds
// each document once.

const manyBytes = 2 * 1024 * 1024 * 1024 // from here on each document once

/** Something that may have a stored file. */
interface WithFile {
  evidence: Pick<CitedEvidence['evidence'], 'file'>
}

export interface ArchivedQuestion<C extends WithFile = CitedEvidence> {
  /** From 1, as in the questionnaire. */
  number: number
  id: string
  wording: string
  cited: readonly C[]
}

/** One line of the lists. */
export interface ArchiveLine<C extends WithFile = CitedEvidence> {
  question: ArchivedQuestion<C>
  cited: C
  /** Where the file lies in the archive; null = a link. */
  path: string | null
}

/** A name that every system can write. */
function safeName(name: string): string {
  const safe = name.replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, '_').replace(/[. ]+$/, '')
  return safe === '' ? 'file' : safe.slice(-120)
}

/** Folder of a question, so that folders stand in the order of the questionnaire. */
export const folderOf = ({ number, id }: Pick<ArchivedQuestion, 'number' | 'id'>): string =>
  `${String(number).padStart(2, '0')} ${safeName(id)}`

/** A name that the folder does not have yet. */
function freeName(folder: string, name: string, taken: Set<string>): string {
  const [, stem = name, extension = ''] = /^(.*?)(\.[^.]*)?$/.exec(safeName(name)) ?? []
  for (let copy = 1; ; copy++) {
    const path = `${folder}/${stem}${copy === 1 ? '' : ` (${copy})`}${extension}`
    if (!taken.has(path.toLowerCase())) {
      taken.add(path.toLowerCase())
      return path
    }
  }
}

/** Where everything goes. A document that one question cites twice lies in its folder once. */
export function arrange<C extends WithFile>(questions: readonly ArchivedQuestion<C>[]): ArchiveLine<C>[] {
  const files = questions.flatMap(({ cited }) => cited.flatMap(({ evidence }) => evidence.file ?? []))
  const isOnce = files.reduce((sum, { size }) => sum + size, 0) > manyBytes
  const taken = new Set<string>()
  const places = new Map<string, string>()
  return questions.flatMap((question) =>
    question.cited.map((cited) => {
      const { file } = cited.evidence
      if (file === null) return { question, cited, path: null }
      const key = isOnce ? file.id : `${question.id} ${file.id}`
      const path = places.get(key) ?? freeName(folderOf(question), file.name, taken)
      places.set(key, path)
      return { question, cited, path }
    }),
  )
}

/** Titles of the columns and of the page, in the reader's language. */
export interface ArchiveTexts {
  language: string
  title: string
  /** Says that the data are invented; null = they are not. */
  synthetic: string | null
  columns: Readonly<Record<'number' | 'id' | 'question' | 'document' | 'page' | 'quotation' | 'validUntil' | 'file' | 'sha256', string>>
}

/** The list as CSV. */
export function indexCsv(lines: readonly ArchiveLine[], { columns }: ArchiveTexts): string {
  return toCsv(
    Object.values(columns),
    lines.map(({ question, cited: { citation, evidence }, path }) => [
      question.number,
      question.id,
      question.wording,
      evidence.title,
      citation.page,
      citation.quotation,
      citation.validUntil ?? evidence.validUntil,
      path ?? evidence.url,
      evidence.file?.sha256 ?? null,
    ]),
  )
}

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The list as a page that opens from the unpacked folder, without a network. */
export function indexHtml(lines: readonly ArchiveLine[], { language, title, synthetic, columns }: ArchiveTexts): string {
  const rows = lines.map(({ question, cited: { citation, evidence }, path }) => {
    const href = path === null ? (evidence.url ?? '') : path.split('/').map(encodeURIComponent).join('/')
    const lang = evidence.language === null ? '' : ` lang="${escapeHtml(evidence.language)}"`
    return `<tr><th scope="row">${question.number}. ${escapeHtml(question.wording)}</th><td><a href="${escapeHtml(href)}">${escapeHtml(evidence.title)}</a></td><td>${citation.page ?? ''}</td><td${lang}>${escapeHtml(citation.quotation ?? '')}</td><td>${escapeHtml(citation.validUntil ?? evidence.validUntil ?? '')}</td><td><code>${evidence.file?.sha256 ?? ''}</code></td></tr>`
  })
  const heads = [columns.question, columns.document, columns.page, columns.quotation, columns.validUntil, columns.sha256]
  const style =
    'body{font:1rem/1.5 system-ui,sans-serif;margin:2rem;max-width:80rem}table{border-collapse:collapse}th,td{border-bottom:1px solid #999;padding:.5rem;text-align:start;vertical-align:top}code{font-size:.7rem;word-break:break-all}'
  return `<!doctype html><html lang="${escapeHtml(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style></head><body><main><h1>${escapeHtml(title)}</h1>${synthetic === null ? '' : `<p><strong>${escapeHtml(synthetic)}</strong></p>`}<table><thead><tr>${heads.map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></main></body></html>\n`
}

/** One file of a ZIP: its text, or where its bytes lie among the stored files. */
export type ZipEntry = { name: string; text: string } | { name: string; storedAs: string }

/** Writes a ZIP piece by piece: never more than one piece of one file is in memory. */
export async function* writeZip(dataDir: string, entries: readonly ZipEntry[], now: Date): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = []
  const zip = new Zip((error, piece) => {
    if (error) throw error
    ready.push(piece)
  })
  const flush = function* () {
    yield* ready
    ready = []
  }
  for (const entry of entries) {
    const file = new ZipPassThrough(entry.name)
    file.mtime = now
    zip.add(file)
    if ('text' in entry) file.push(strToU8(entry.text), true)
    else {
      for await (const piece of createReadStream(storedFilePath(dataDir, entry.storedAs)) as AsyncIterable<Buffer>) {
        file.push(new Uint8Array(piece), false)
        yield* flush()
      }
      file.push(new Uint8Array(0), true)
    }
    yield* flush()
  }
  zip.end()
  yield* flush()
}

/** The stored files behind the lines, each place once. */
export function fileEntries(lines: readonly { path: string | null; cited: WithFile }[]): ZipEntry[] {
  const places = new Map(lines.flatMap(({ path, cited }) => (path === null ? [] : [[path, cited.evidence.file!.storedAs] as const])))
  return [...places].map(([name, storedAs]) => ({ name, storedAs }))
}

/** The archive: both lists, then every file. */
export function writeArchive(dataDir: string, lines: readonly ArchiveLine[], texts: ArchiveTexts, now: Date): AsyncGenerator<Uint8Array> {
  const lists = [
    { name: 'index.html', text: indexHtml(lines, texts) },
    { name: 'index.csv', text: `\u{feff}${indexCsv(lines, texts)}` },
  ]
  return writeZip(dataDir, [...lists, ...fileEntries(lines)], now)
}
