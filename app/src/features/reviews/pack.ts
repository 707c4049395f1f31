import { toCsv } from '../../csv.ts'
import { type ArchiveLine, escapeHtml, folderOf, type ZipEntry } from '../evidence/archive.ts'
import type { OpenDocument } from './documents.ts'

// Everything that an expert needs without a network: a page with every question, a list, and a folder for each question.

/** Texts in a language, such as the city's own words or a translation. */
export interface PackText {
  heading: string
  language: string | null
  texts: readonly string[]
}

export interface PackedQuestion {
  number: number
  id: string
  wording: string
  whatCounts: string
  choice: string
  /** Why it needs no decision; null = it needs one. */
  withoutDecision: string | null
  texts: readonly PackText[]
  /** Why documents are missing, one sentence each. */
  refused: readonly string[]
}

/** Words of the pack in the reader's language. */
export interface PackTexts {
  language: string
  title: string
  lead: string
  /** Says that the data are invented; null = they are not. */
  synthetic: string | null
  answer: string
  whatCounts: string
  documents: string
  page: (page: number) => string
  columns: Readonly<
    Record<'number' | 'id' | 'question' | 'answer' | 'text' | 'document' | 'page' | 'quotation' | 'file' | 'sha256', string>
  >
}

export type PackLine = ArchiveLine<OpenDocument>

export const answerFileName = 'answer.txt'

/** The question, its answer and translations as text, for the folder of the question. */
export function answerFile(
  { number, wording, whatCounts, choice, withoutDecision, texts, refused }: PackedQuestion,
  words: PackTexts,
): string {
  const blocks = [
    `${number}. ${wording}`,
    `${words.answer}: ${choice}`,
    ...(withoutDecision === null ? [] : [withoutDecision]),
    ...texts.map(({ heading, texts: own }) => `${heading}\n${own.join('\n\n')}`),
    `${words.whatCounts}\n${whatCounts}`,
    ...refused,
  ]
  return `${blocks.join('\n\n')}\n`
}

/** The list as CSV: a line for each document, and one for each question without any. */
export function packCsv(questions: readonly PackedQuestion[], lines: readonly PackLine[], { columns }: PackTexts): string {
  const rows = questions.flatMap((question) => {
    const { number, id, wording, choice, texts } = question
    const head = [number, id, wording, choice, texts[0]?.texts.join('\n') ?? null]
    const own = lines.filter((line) => line.question.id === id)
    if (own.length === 0) return [[...head, null, null, null, null, null]]
    return own.map(({ cited: { evidence, place }, path }) => [
      ...head,
      evidence.title,
      place.page,
      place.quotation,
      path ?? evidence.url,
      evidence.file?.sha256 ?? null,
    ])
  })
  return toCsv(Object.values(columns), rows)
}

const langOf = (language: string | null): string => (language === null ? '' : ` lang="${escapeHtml(language)}"`)

function documentHtml({ cited: { evidence, place }, path }: PackLine, words: PackTexts): string {
  const href = path === null ? (evidence.url ?? '') : path.split('/').map(encodeURIComponent).join('/')
  const at = place.page === null ? '' : ` (${escapeHtml(words.page(place.page))})`
  const quotation = place.quotation === null ? '' : `<blockquote${langOf(evidence.language)}>${escapeHtml(place.quotation)}</blockquote>`
  return `<li><a href="${escapeHtml(href)}"${langOf(evidence.language)}>${escapeHtml(evidence.title)}</a>${at}${quotation}</li>`
}

function questionHtml(question: PackedQuestion, lines: readonly PackLine[], words: PackTexts): string {
  const { id, number, wording, whatCounts, choice, withoutDecision, texts, refused } = question
  const own = lines.filter((line) => line.question.id === id).map((line) => documentHtml(line, words))
  const documents = [...own, ...refused.map((sentence) => `<li>${escapeHtml(sentence)}</li>`)]
  return [
    `<section id="${escapeHtml(id)}"><h2>${number}. ${escapeHtml(wording)}</h2>`,
    `<p><strong>${escapeHtml(words.answer)}:</strong> ${escapeHtml(choice)}</p>`,
    withoutDecision === null ? '' : `<p><em>${escapeHtml(withoutDecision)}</em></p>`,
    ...texts.map(
      ({ heading, language, texts: paragraphs }) =>
        `<h3>${escapeHtml(heading)}</h3><div class="words"${langOf(language)}>${paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join('')}</div>`,
    ),
    documents.length === 0 ? '' : `<h3>${escapeHtml(words.documents)}</h3><ul>${documents.join('')}</ul>`,
    `<details><summary>${escapeHtml(words.whatCounts)}</summary><p>${escapeHtml(whatCounts)}</p></details></section>`,
  ].join('')
}

const style =
  'body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;padding:0 1rem;max-width:50rem}section{border-top:1px solid #999;padding:1rem 0}h2{font-size:1.2rem}h3{font-size:1rem}blockquote{border-inline-start:4px solid #999;margin:.5rem 0;padding-inline-start:1rem}.words{white-space:pre-line;overflow-wrap:anywhere}'

/** The page that opens from the unpacked folder, without a network. */
export function packHtml(questions: readonly PackedQuestion[], lines: readonly PackLine[], words: PackTexts): string {
  const { language, title, lead, synthetic } = words
  const contents = questions.map(
    ({ id, number, wording }) => `<li value="${number}"><a href="#${escapeHtml(id)}">${escapeHtml(wording)}</a></li>`,
  )
  const parts = questions.map((question) => questionHtml(question, lines, words))
  return `<!doctype html><html lang="${escapeHtml(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style></head><body><main><h1>${escapeHtml(title)}</h1>${synthetic === null ? '' : `<p><strong>${escapeHtml(synthetic)}</strong></p>`}<p>${escapeHtml(lead)}</p><ol>${contents.join('')}</ol>${parts.join('\n')}</main></body></html>\n`
}

/** Everything but the files of documents. */
export function packTextEntries(questions: readonly PackedQuestion[], lines: readonly PackLine[], words: PackTexts): ZipEntry[] {
  return [
    { name: 'index.html', text: packHtml(questions, lines, words) },
    { name: 'index.csv', text: `\u{feff}${packCsv(questions, lines, words)}` },
    ...questions.map((question) => ({ name: `${folderOf(question)}/${answerFileName}`, text: answerFile(question, words) })),
  ]
}
