// Finding a quotation in a text as people copy it: line ends, hyphens at them, quotation marks and dashes of all kinds do not
// matter, and neither do capitals. Pure and browser-safe.

/** A part of a text: first character and the one behind the last. */
export interface Range {
  from: number
  to: number
}

interface Folded {
  text: string
  /** Where each character of the folded text stands in the original one. */
  origins: number[]
}

const equals: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'“”„«»'].map((sign) => [sign, '"'])),
  ...Object.fromEntries([...'‚‘’‹›'].map((sign) => [sign, "'"])),
  ﬁ: 'fi',
  ﬂ: 'fl',
  ﬀ: 'ff',
  ﬃ: 'ffi',
  ﬄ: 'ffl',
}

/** White space and dashes: PDFs put them where lines end. */
const passedOver = /[\s\-\u{ad}\u{2010}-\u{2015}\u{2212}]/u

/** The text without what does not matter. */
function fold(text: string): Folded {
  const origins: number[] = []
  let folded = ''
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!
    if (passedOver.test(sign)) continue
    for (const letter of (equals[sign] ?? sign).toLowerCase()) {
      folded += letter
      for (let unit = 0; unit < letter.length; unit++) origins.push(at)
    }
  }
  return { text: folded, origins }
}

/** Ellipses stand for what the quotation leaves out; each part is to be found behind the one before. */
const partsOf = (quotation: string): string[] =>
  quotation
    .split(/\s*(?:\[\s*(?:…|\.{3})\s*\]|…|\.{3})\s*/)
    .map((part) => fold(part).text)
    .filter((part) => part !== '')

/**
 * Where a quotation stands in a text.
 * @returns one range for each part between ellipses; empty = it is not there
 */
export function findQuotation(text: string, quotation: string): Range[] {
  const { text: folded, origins } = fold(text)
  const ranges: Range[] = []
  let from = 0
  for (const part of partsOf(quotation)) {
    const at = folded.indexOf(part, from)
    if (at === -1) return []
    from = at + part.length
    ranges.push({ from: origins[at]!, to: origins[from - 1]! + 1 })
  }
  return ranges
}

/** Cuts a text at the ranges, so that every second piece is marked. */
export function markedPieces(text: string, ranges: readonly Range[]): { text: string; isMarked: boolean }[] {
  const pieces: { text: string; isMarked: boolean }[] = []
  let at = 0
  for (const { from, to } of ranges) {
    if (from > at) pieces.push({ text: text.slice(at, from), isMarked: false })
    pieces.push({ text: text.slice(from, to), isMarked: true })
    at = to
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isMarked: false })
  return pieces
}
