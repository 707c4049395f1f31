import { isImage, type MediaType } from './media-type.ts'

/** What kind of document it is; a key of the texts under evidence.kind. */
export const evidenceKinds = ['decision', 'strategy', 'statistics', 'report', 'minutes', 'contract', 'website', 'photo', 'other'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/** How far an entry may travel: the city itself, its technical partners, the network and its experts, everybody. */
export const releaseLevels = ['private', 'partner', 'network', 'public'] as const
export type ReleaseLevel = (typeof releaseLevels)[number]

export const maximumTitle = 200 // characters
export const maximumNote = 1_000 // characters
export const maximumUrl = 2_000 // characters
export const maximumQuotation = 2_000 // characters

/** A file as it lies on the disk. */
export interface EvidenceFile {
  id: string
  /** Name it was uploaded with. */
  name: string
  size: number // bytes
  mediaType: MediaType
  /** SHA-256 of the stored bytes. */
  sha256: string
  /** Number of pages; null = not read yet, or nothing could be read. */
  pages: number | null
  /** When its text was read; null = not yet. */
  extractedAt: Date | null
  scan: 'not-scanned' | 'clean'
  storedAs: string
}

/** Whether reading has ended without a page: damaged, protected by a password, or too large. Pictures have no pages. */
export const isUnopened = ({ mediaType, pages, extractedAt }: Pick<EvidenceFile, 'mediaType' | 'pages' | 'extractedAt'>): boolean =>
  extractedAt !== null && pages === null && !isImage(mediaType)

/** What a person can say about an entry of the library. Days are YYYY-MM-DD. */
export interface EvidenceDetails {
  title: string
  kind: EvidenceKind
  datedOn: string | null
  validFrom: string | null
  /** Last day on which it is valid; null = no end. */
  validUntil: string | null
  isConfidential: boolean
  releaseLevel: ReleaseLevel
  /** Language of the document; null = not said. */
  language: string | null
  note: string | null
}

/** Who added something: a person, or a guest by the link. */
export interface EvidenceAuthor {
  id: string
  name: string
  isGuest: boolean
}

/** One entry of a city's library: a file or a link. */
export interface Evidence extends EvidenceDetails {
  id: string
  cityId: string
  file: EvidenceFile | null
  url: string | null
  version: number
  createdAt: Date
  updatedAt: Date
  author: EvidenceAuthor | null
  removedAt: Date | null
  /** Answers that it proves now. */
  uses: number
}

/** An entry that proves one answer, with the place in the document. */
export interface Citation {
  id: string
  assessmentId: string
  questionId: string
  evidenceId: string
  page: number | null
  quotation: string | null
  note: string | null
  /** For this answer; the document may be valid longer. */
  validUntil: string | null
  createdAt: Date
  author: EvidenceAuthor | null
}

export type Validity = 'valid' | 'expires-soon' | 'expired'

const soon = 60 // days

/** The day in UTC, YYYY-MM-DD. */
export const dayOf = (now: Date): string => now.toISOString().slice(0, 10)

/** The day `days` later. */
export const daysAfter = (now: Date, days: number): string => dayOf(new Date(now.getTime() + days * 24 * 3600 * 1000))

/** The last day on which "expires soon" begins to be said. */
export const soonUntil = (now: Date): string => daysAfter(now, soon)

/** Valid to the end of its last day. */
export function validityOf(validUntil: string | null, now: Date): Validity {
  if (validUntil === null || validUntil > soonUntil(now)) return 'valid'
  return validUntil < dayOf(now) ? 'expired' : 'expires-soon'
}

/** The earlier of two last days; null = no end. */
export function earlierEnd(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}

export type EvidenceExpectation = 'required' | 'expected' | 'optional'

/** What the citations of one question amount to. */
export interface CitedCounts {
  valid: number
  expiresSoon: number
  expired: number
}

export const noCitations: CitedCounts = { valid: 0, expiresSoon: 0, expired: 0 }

export type EvidenceState = 'cited' | 'expires-soon' | 'expired' | 'missing' | 'not-needed'

/** Whether there is something to prove: an option that earns points has been chosen, nothing has been answered yet, or neither. */
export type EvidenceNeed = 'now' | 'later' | 'none'

export interface QuestionEvidence extends CitedCounts {
  expectation: EvidenceExpectation
  state: EvidenceState
  /** Somebody should look: what is required is missing, or the last document has expired. */
  isAlert: boolean
}

/** @param options what the question offers; @param answer what was chosen; null = nothing, or "not applicable" and the like */
export function evidenceNeed(
  options: readonly { id: string; points: number }[],
  answer: { options: readonly string[] | null; missing: string | null } | undefined,
): EvidenceNeed {
  if (answer === undefined || (answer.options === null && answer.missing === null)) return 'later'
  return options.some(({ id, points }) => points > 0 && answer.options?.includes(id)) ? 'now' : 'none'
}

/** Counts the last days of a question's citations. */
export function countCited(ends: readonly (string | null)[], now: Date): CitedCounts {
  const counts = { ...noCitations }
  for (const end of ends) {
    const validity = validityOf(end, now)
    if (validity === 'valid') counts.valid++
    else if (validity === 'expired') counts.expired++
    else counts.expiresSoon++
  }
  return counts
}

/** How a question stands with its evidence. One valid document is enough: an expired one beside it is no alert. */
export function evidenceState(expectation: EvidenceExpectation, counts: CitedCounts, need: EvidenceNeed): QuestionEvidence {
  const state = stateOf(expectation, counts, need)
  const isAlert = need === 'now' && (state === 'expired' || (state === 'missing' && expectation === 'required'))
  return { ...counts, expectation, state, isAlert }
}

function stateOf(expectation: EvidenceExpectation, { valid, expiresSoon, expired }: CitedCounts, need: EvidenceNeed): EvidenceState {
  if (valid > 0) return 'cited'
  if (expiresSoon > 0) return 'expires-soon'
  if (expired > 0) return 'expired'
  return expectation === 'optional' || need === 'none' ? 'not-needed' : 'missing'
}

/** A title for a file that nobody has described yet: its name without extension, underscores as spaces. */
export function titleOfFile(name: string): string {
  const stem = name.replace(/\.[^.]{1,5}$/, '')
  const title = stem.replaceAll(/[_\s]+/g, ' ').trim()
  return (title === '' ? name : title).slice(0, maximumTitle)
}

const kindWords: readonly [EvidenceKind, RegExp][] = [
  ['minutes', /protokoll|niederschrift|minutes/i],
  ['decision', /beschluss|satzung|decision|resolution|bylaw/i],
  ['strategy', /strategie|konzept|leitbild|aktionsplan|strategy|action.?plan|concept/i],
  ['statistics', /statisti|kennzahl|zahlen|figures/i],
  ['contract', /vertrag|vereinbarung|contract|agreement/i],
  ['report', /bericht|report|evaluation/i],
]

/** A first guess at the kind of document from its name and type; people correct it. */
export function kindOfFile(name: string, mediaType: MediaType): EvidenceKind {
  if (isImage(mediaType)) return 'photo'
  return kindWords.find(([, words]) => words.test(name))?.[0] ?? 'other'
}

/** What is stored of a file that nobody has described yet: not confidential, for the city alone. */
export function detailsOfFile(name: string, mediaType: MediaType): EvidenceDetails {
  return {
    title: titleOfFile(name),
    kind: kindOfFile(name, mediaType),
    datedOn: null,
    validFrom: null,
    validUntil: null,
    isConfidential: false,
    releaseLevel: 'private',
    language: null,
    note: null,
  }
}
