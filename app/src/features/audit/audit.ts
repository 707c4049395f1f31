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

/**
 * Checks events in order of their number against the chain.
 * @param head number and hash that the chain is said to end with
 * @returns the first finding in words for the operator, or null when everything fits
 */
export function findBreak(events: readonly StoredEvent[], head: { seq: number; hash: string }): string | null {
  let previous = genesisHash
  for (const [i, { previousHash, hash, payload, ...event }] of events.entries()) {
    if (event.seq !== i + 1) return `event ${i + 1} is missing`
    if (previousHash !== previous) return `event ${event.seq} does not follow the event before it`
    if (chainHash(previous, event) !== hash) return `event ${event.seq} was altered`
    if (payload !== undefined && hashOf(payload) !== event.payloadHash) return `the details of event ${event.seq} were altered`
    previous = hash
  }
  if (head.seq !== events.length) return `the chain ends at ${events.length}, its head says ${head.seq}`
  return head.hash === previous ? null : 'the head does not fit the last event'
}
