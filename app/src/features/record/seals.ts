import { hashOf } from '../../canonical.ts'
import type { StoredEvent } from '../audit/audit.ts'

// The chain holds hashes of rows that never change. Here the rows are held against them: whoever altered a row as the owner of the
// database has left the event as it was, and whoever altered the event has broken the chain.

/** What an event seals. */
export type SealedKind = 'frozen' | 'result' | 'method' | 'frozen-answer' | 'verified'

/** A row that an event seals, as the database has it now. */
export interface SealedRow {
  kind: SealedKind
  /** How the event names it. */
  key: string
  /** Hash computed anew from the contents. */
  computed: string
  /** Hash that stands in the row. */
  stated: string
  /** Invented for the demonstration: loaded as a whole, without an event of its own. */
  isSynthetic: boolean
}

/** One finding: a key of the texts and what it is about. */
export interface Finding {
  text: `record.finding.${'altered' | 'missing' | 'unknown' | 'differs'}`
  kind: SealedKind
  key: string
}

/** Key and hash that an event holds of a row. */
interface Seal {
  kind: SealedKind
  key: string
  hash: string
}

const textIn = (payload: Record<string, unknown>, name: string): string => String(payload[name] ?? '')

function sealsOf({ action, subject, payload }: StoredEvent): Seal[] {
  const details = (payload ?? {}) as Record<string, unknown>
  if (action === 'assessment.submitted') return [{ kind: 'frozen', key: textIn(details, 'frozen'), hash: textIn(details, 'contentHash') }]
  if (action === 'method.registered')
    return [{ kind: 'method', key: `${subject}/${textIn(details, 'version')}`, hash: textIn(details, 'contentHash') }]
  if (action === 'query.replied' && details.answer) {
    const hash = textIn(details.answer as Record<string, unknown>, 'contentHash')
    return [{ kind: 'frozen-answer', key: hash, hash }]
  }
  if (action === 'review.published')
    return ((details.results ?? []) as VerifiedFigures[]).map((figures) => ({
      kind: 'verified',
      key: `${textIn(details, 'reviewId')}/${figures.scheme}`,
      hash: verifiedSeal(textIn(details, 'methodHash'), figures),
    }))
  return []
}

/** What the event of publishing says of each scheme. */
export interface VerifiedFigures {
  scheme: string
  inputsHash: string
  core?: string | null
  extended?: string | null
  /** SHA-256 over all published figures; events from before it was recorded have none. */
  figuresHash?: string
}

/** One hash over what a published verified result says. */
export const verifiedSeal = (methodHash: string, { scheme, inputsHash, core, extended, figuresHash }: VerifiedFigures): string =>
  hashOf({ methodHash, scheme, inputsHash, core: core ?? null, extended: extended ?? null, figuresHash: figuresHash ?? null })

/**
 * Holds rows against the events that seal them.
 * @param rows as the database has them now
 * @returns every finding, in the order of rows, then of events whose row is gone
 */
export function findBrokenSeals(events: readonly StoredEvent[], rows: readonly SealedRow[]): Finding[] {
  const seals = new Map(events.flatMap(sealsOf).map((seal) => [`${seal.kind} ${seal.key}`, seal]))
  const found = rows.flatMap((row): Finding[] => {
    const { kind, key } = row
    if (row.computed !== row.stated) return [{ text: 'record.finding.altered', kind, key }]
    if (kind === 'result') return [] // computed from a copy that is sealed itself
    const seal = seals.get(`${kind} ${key}`)
    if (seal === undefined) return row.isSynthetic ? [] : [{ text: 'record.finding.unknown', kind, key }]
    return seal.hash === row.stated ? [] : [{ text: 'record.finding.differs', kind, key }]
  })
  const present = new Set(rows.map(({ kind, key }) => `${kind} ${key}`))
  const gone = [...seals.values()].filter(({ kind, key }) => !present.has(`${kind} ${key}`))
  return [...found, ...gone.map(({ kind, key }): Finding => ({ text: 'record.finding.missing', kind, key }))]
}
