import { createStream } from '@tessera/engine'
import { describe, expect, it } from 'vitest'
import { hashOf } from '../../canonical.ts'
import { findLostAnchor } from '../audit/anchor.ts'
import { chainHash, findBreak, genesisHash, type Head, type StoredEvent } from '../audit/audit.ts'

// A thousand random attacks on a chain, from a fixed seed: single characters, deletions, swaps, cut tails, insertions.

const attempts = 1_000
const length = 60

function chain(): StoredEvent[] {
  const events: StoredEvent[] = []
  for (let seq = 1; seq <= length; seq++) {
    const payload = { version: seq, options: ['a'], explanation: `text ${seq}`, points: seq / 7 }
    const previousHash = events.at(-1)?.hash ?? genesisHash
    const at = new Date(Date.UTC(2026, 0, 1, 0, 0, seq)).toISOString()
    const event = {
      seq,
      at,
      action: 'answer.saved',
      personId: `p${seq % 5}`,
      cityId: `c${seq % 3}`,
      subject: `answer:1/q${seq}`,
      payloadHash: hashOf(payload),
    }
    events.push({ ...event, payload, previousHash, hash: chainHash(previousHash, event) })
  }
  return events
}

type Random = ReturnType<typeof createStream>
const below = (random: Random, n: number): number => Math.floor(random.nextUniform() * n)

/** Another text of the same length that differs in one bit of one character. */
function flipped(random: Random, text: string): string {
  const at = below(random, text.length)
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << below(random, 4))) + text.slice(at + 1)
}

const fields = ['at', 'action', 'personId', 'cityId', 'subject', 'payloadHash', 'previousHash', 'hash'] as const

const attacks: Record<string, (random: Random, events: StoredEvent[]) => StoredEvent[]> = {
  'alters a field': (random, events) => {
    const [at, field] = [below(random, events.length), fields[below(random, fields.length)]!]
    return events.with(at, { ...events[at]!, [field]: flipped(random, events[at]![field]!) })
  },
  'alters details': (random, events) => {
    const at = below(random, events.length)
    const payload = events[at]!.payload as Record<string, unknown>
    return events.with(at, { ...events[at]!, payload: { ...payload, explanation: flipped(random, String(payload.explanation)) } })
  },
  'alters details with their hash': (random, events) => {
    const at = below(random, events.length)
    const payload = { ...(events[at]!.payload as object), points: random.nextUniform() }
    return events.with(at, { ...events[at]!, payload, payloadHash: hashOf(payload) })
  },
  'deletes an event': (random, events) => events.toSpliced(below(random, events.length), 1),
  'deletes an event and closes the gap': (random, events) =>
    events.toSpliced(below(random, events.length), 1).map((event, i) => ({ ...event, seq: i + 1 })),
  'swaps two events': (random, events) => {
    const [a, b] = [below(random, events.length - 1), events.length - 1]
    return events.with(a, events[b]!).with(b, events[a]!)
  },
  'swaps the contents of two events': (random, events) => {
    const a = below(random, events.length - 1)
    const [first, second] = [events[a]!, events[a + 1]!]
    return events.with(a, { ...second, seq: first.seq }).with(a + 1, { ...first, seq: second.seq })
  },
  'cuts the tail': (random, events) => events.slice(0, below(random, events.length)),
  'inserts an event twice': (random, events) => {
    const at = below(random, events.length)
    return events.toSpliced(at, 0, events[at]!)
  },
}

describe('a thousand random attacks on the chain', () => {
  it('are all found', () => {
    const random = createStream(20_260_101, 0, 0)
    const events = chain()
    const head = { seq: length, hash: events.at(-1)!.hash }
    expect(findBreak(events, head)).toBeNull()
    const missed: string[] = []
    for (let i = 0; i < attempts; i++) {
      const [name, attack] = Object.entries(attacks)[i % Object.keys(attacks).length]!
      if (findBreak(attack(random, events), head) === null) missed.push(name)
    }
    expect(missed).toEqual([])
  })
})

/** The chain that somebody would write who knows how: from an event on everything is hashed anew. */
function rewritten(events: readonly StoredEvent[], from: number): StoredEvent[] {
  const kept = events.slice(0, from)
  for (const { previousHash: _previous, hash: _hash, payload, ...event } of events.slice(from)) {
    const previousHash = kept.at(-1)?.hash ?? genesisHash
    const altered = { ...event, personId: 'somebody-else' }
    kept.push({ ...altered, payload, previousHash, hash: chainHash(previousHash, altered) })
  }
  return kept
}

describe('a thousand chains of which the end was cut off, or written anew, so that the head fits', () => {
  it('are whole for themselves, and are all found with a head that was kept outside of the database', () => {
    const random = createStream(20_260_104, 0, 0)
    const events = chain()
    const missed: number[] = []
    for (let i = 0; i < attempts; i++) {
      const from = below(random, length - 1)
      const tampered = i % 2 === 0 ? events.slice(0, from + 1) : rewritten(events, from)
      const head: Head = { seq: tampered.length, hash: tampered.at(-1)!.hash }
      expect(findBreak(tampered, head)).toBeNull()
      const at = from + 1 + below(random, length - from - 1) // kept somewhere behind the place of the attack
      const { seq, hash } = events[at]!
      const kept = [{ at: events[at]!.at, seq, hash }]
      if (findLostAnchor(kept, new Map(tampered.map((event) => [event.seq, event.hash]))) === null) missed.push(i)
    }
    expect(missed).toEqual([])
  })
})
