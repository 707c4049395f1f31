import { hashOf, sha256 } from '../../canonical.ts'

/** One event as the chain hashes it. Times are ISO 8601 in UTC with milliseconds. */
export interface ChainedEvent {
  seq: number
  at: string
  action: string
  personId: string | null
  cityId: string | null
  subject: string
  payloadHash: string
}

/** Whether a text is a SHA-256. */
export const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

/** Hash before the first event. */
export const genesisHash = '0'.repeat(64)

/** h_n = SHA-256(h_(n-1) || canonical event). */
export function chainHash(previousHash: string, event: ChainedEvent): string {
  return sha256(previousHash + hashOf(event))
}

export interface StoredEvent extends ChainedEvent {
  previousHash: string
  hash: string
  /** Details; undefined when they were erased. */
  payload?: unknown
}

/** Number and hash of the event that a chain ends with. */
export interface Head {
  seq: number
  hash: string
}

/** Where a chain does not fit: a key of the texts, and what the sentence names. */
export interface Break {
  finding: `record.break.${'missing' | 'unlinked' | 'altered' | 'details' | 'short' | 'head'}`
  /** Number of the event; of the last one where the end does not fit. */
  seq: number
  /** Number that the head names. */
  said: number
}

/**
 * Checks events in order of their number against the chain.
 * @param head number and hash that the chain is said to end with
 * @returns the first finding, or null when everything fits
 */
export function findBreak(events: readonly StoredEvent[], head: Head): Break | null {
  const found = (finding: Break['finding'], seq: number): Break => ({ finding, seq, said: head.seq })
  let previous = genesisHash
  for (const [i, { previousHash, hash, payload, ...event }] of events.entries()) {
    if (event.seq !== i + 1) return found('record.break.missing', i + 1)
    if (previousHash !== previous) return found('record.break.unlinked', event.seq)
    if (chainHash(previous, event) !== hash) return found('record.break.altered', event.seq)
    if (payload !== undefined && hashOf(payload) !== event.payloadHash) return found('record.break.details', event.seq)
    previous = hash
  }
  if (head.seq !== events.length) return found('record.break.short', events.length)
  return head.hash === previous ? null : found('record.break.head', events.length)
}

/** What a city or the network is bound by afterwards: the head of the chain is soon written down outside of the database. */
export const decisiveActions: string[] = [
  'assessment.submitted',
  'method.registered',
  'review.opened',
  'review.part-signed',
  'judgement.adjudicated',
  'review.shared',
  'review.closed',
  'review.signed',
  'review.published',
  'person.erased',
]
