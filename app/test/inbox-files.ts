import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { strToU8 } from 'fflate'
import { simplePdf } from '../src/features/demo/simple-pdf.ts'
import { type MediaType, mediaTypes } from '../src/features/evidence/media-type.ts'
import { docx, openDocument, paragraph } from './evidence-files.ts'

// The 80 short documents of the inbox: real files of four kinds, made from the texts beside this file.

export interface InboxDocument {
  name: string
  language: 'de' | 'en'
  /** 1: known when the proposals were worked on; 2: written afterwards. */
  part: 1 | 2
  /** The question that it proves. */
  questionId: string
  mediaType: MediaType
  bytes: Uint8Array
}

const folder = new URL('inbox-documents/', import.meta.url)
const kinds = ['txt', 'pdf', 'txt', 'docx', 'txt', 'odt', 'txt', 'txt'] as const
const lineLength = 80 // letters that fit on a line of the PDF

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Breaks a text into lines between words. */
function wrapped(text: string): string[] {
  return text.split('\n').flatMap((line) => line.match(new RegExp(`(.{1,${lineLength}})(?:\\s|$)`, 'g')) ?? [''])
}

function bytesOf(kind: (typeof kinds)[number], name: string, text: string): Uint8Array {
  const lines = text.trim().split('\n')
  if (kind === 'pdf') return simplePdf(name, [wrapped(text.trim())])
  if (kind === 'docx') return docx(lines.map((line) => paragraph(escaped(line))).join(''))
  if (kind === 'odt') return openDocument('text', lines.map((line) => `<text:p>${escaped(line)}</text:p>`).join(''))
  return strToU8(text)
}

/** All of them; every second one is a text file, the others are PDF, Word and OpenDocument files. */
export function readInboxDocuments(): InboxDocument[] {
  const [, ...rows] = readFileSync(new URL('expected.csv', folder), 'utf8').trim().split('\n')
  return rows.map((row, i) => {
    const [name, language, part, questionId] = row.split(',') as [string, 'de' | 'en', string, string]
    const kind = kinds[i % kinds.length]!
    const bytes = bytesOf(kind, name, readFileSync(new URL(encodeURIComponent(name), folder), 'utf8'))
    const ownName = name.replace(/\.txt$/, `.${kind}`)
    return { name: ownName, language, part: part === '1' ? 1 : 2, questionId, mediaType: mediaTypes[kind], bytes }
  })
}

/** Names of the texts that lie in the folder. */
export const listInboxTexts = (): string[] => readdirSync(fileURLToPath(folder)).filter((name) => name.endsWith('.txt'))
