import { decodeText } from '../../file-rows.ts'
import { extractOffice } from './extract-office.ts'
import { extractPdf } from './extract-pdf.ts'
import { isPdf, isZipped, type MediaType, mediaTypes } from './media-type.ts'

// The text of a document, page by page, so that quotations can be found and files proposed for questions. Only on this server.

const maximumPages = 2_000
const maximumPageLength = 100_000 // characters
const maximumLength = 4_000_000 // characters in all pages

/** Characters that a database text cannot hold, and white space that means nothing. */
function tidy(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replaceAll(/(?![\t\n\f])\p{Cc}|[\u{fffe}\u{ffff}]/gu, '')
    .replaceAll(/[\u{d800}-\u{dfff}]/gu, '')
    .replaceAll(/[^\S\n\t]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

/** Keeps within what is stored; pages keep their numbers. */
function limited(pages: readonly string[]): string[] {
  let left = maximumLength
  return pages.slice(0, maximumPages).map((page) => {
    const text = tidy(page).slice(0, Math.min(maximumPageLength, left))
    left -= text.length
    return text
  })
}

async function rawPages(bytes: Uint8Array, mediaType: MediaType): Promise<string[]> {
  if (isPdf(mediaType)) return extractPdf(bytes)
  if (isZipped(mediaType)) return extractOffice(bytes, mediaType)
  if (mediaType === mediaTypes.txt) return decodeText(bytes).text.split('\f')
  if (mediaType === mediaTypes.csv) return [decodeText(bytes).text]
  return []
}

/**
 * Text of each page: of a PDF its pages, of a text document its page breaks, of a table document its sheets. Pictures have none.
 * A page without text is ''. Throws when the document cannot be read.
 */
export async function extractPages(bytes: Uint8Array, mediaType: MediaType): Promise<string[]> {
  return limited(await rawPages(bytes, mediaType))
}
