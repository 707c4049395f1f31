import { appendFileSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isHash } from './audit.ts'

// A file outside the database that remembers how far the chain of events had come, so that a chain whose end was cut off, or
// that was written anew, is found. It is only as safe as the data folder; a copy elsewhere is safer.

/** The head of the chain at some moment. */
export interface Anchor {
  /** ISO 8601. */
  at: string
  seq: number
  hash: string
  /** The chain was restored from a backup here: what stands above no longer binds it. */
  isRestore?: boolean
}

const fileOf = (dataDir: string): string => join(dataDir, 'audit-anchor')

function parseLine(line: string): Anchor[] {
  const [at, seq, hash, note] = line.split(' ')
  if (at === undefined || !/^\d+$/.test(seq ?? '') || !isHash(hash ?? '')) return []
  return [{ at, seq: Number(seq), hash: hash!, isRestore: note === 'restored' }]
}

/** Every anchor since the last restore, oldest first; none where there is no file. An unfinished last line counts for nothing. */
export function readAnchors(dataDir: string): Anchor[] {
  let text: string
  try {
    text = readFileSync(fileOf(dataDir), 'utf8')
  } catch {
    return []
  }
  const anchors = text.split('\n').flatMap(parseLine)
  return anchors.slice(
    Math.max(
      0,
      anchors.findLastIndex(({ isRestore }) => isRestore),
    ),
  )
}

/** Adds an anchor, unless the newest says the same. */
export function appendAnchor(dataDir: string, anchor: Anchor): void {
  const last = readAnchors(dataDir).at(-1)
  if (last?.seq === anchor.seq && last.hash === anchor.hash && !anchor.isRestore) return
  mkdirSync(dataDir, { recursive: true })
  appendFileSync(fileOf(dataDir), `${anchor.at} ${anchor.seq} ${anchor.hash}${anchor.isRestore ? ' restored' : ''}\n`, { mode: 0o600 })
  const file = openSync(fileOf(dataDir), 'r')
  fsyncSync(file)
  closeSync(file)
}

/**
 * Compares anchors with the chain.
 * @param hashAt hash of the event with a number; undefined where there is none
 * @returns the first anchor that the chain does not keep, or null
 */
export function findLostAnchor(anchors: readonly Anchor[], hashAt: ReadonlyMap<number, string>): Anchor | null {
  return anchors.find(({ seq, hash }) => seq > 0 && hashAt.get(seq) !== hash) ?? null
}
