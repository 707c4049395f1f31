import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { chainHash, findBreak, genesisHash, type StoredEvent } from './audit.ts'
import { hashOf } from '../../canonical.ts'

function chain(length: number): StoredEvent[] {
  const events: StoredEvent[] = []
  for (let seq = 1; seq <= length; seq++) {
    const previousHash = events.at(-1)?.hash ?? genesisHash
    const payload = { value: seq }
    const event = {
      seq,
      at: '2026-01-01T00:00:00.000Z',
      action: 'answer.saved',
      personId: null,
      cityId: null,
      subject: `answer:${seq}`,
      payloadHash: hashOf(payload),
    }
    events.push({ ...event, payload, previousHash, hash: chainHash(previousHash, event) })
  }
  return events
}
const headOf = (events: StoredEvent[]) => ({ seq: events.length, hash: events.at(-1)!.hash })
const found = (finding: string, seq: number) => ({ finding: `record.break.${finding}`, seq, said: 5 })

describe('the chain of events', () => {
  it('hashes the previous hash followed by the hash of the canonical event', () => {
    const event = { seq: 1, at: '2026-01-01T00:00:00.000Z', action: 'a', personId: null, cityId: null, subject: 's', payloadHash: 'p' }
    // keys in alphabetical order, no spaces: RFC 8785
    const canonical = '{"action":"a","at":"2026-01-01T00:00:00.000Z","cityId":null,"payloadHash":"p","personId":null,"seq":1,"subject":"s"}'
    const inner = createHash('sha256').update(canonical).digest('hex')
    expect(chainHash(genesisHash, event)).toBe(
      createHash('sha256')
        .update(genesisHash + inner)
        .digest('hex'),
    )
  })

  it('finds nothing in an untouched chain', () => {
    const events = chain(5)
    expect(findBreak(events, headOf(events))).toBeNull()
  })

  it('finds an altered field, altered details, a deleted, a swapped and a cut-off event', () => {
    const events = chain(5)
    const head = headOf(events)
    expect(findBreak(events.with(2, { ...events[2]!, action: 'x' }), head)).toEqual(found('altered', 3))
    expect(findBreak(events.with(2, { ...events[2]!, payload: { value: 9 } }), head)).toEqual(found('details', 3))
    expect(findBreak(events.toSpliced(2, 1), head)).toEqual(found('missing', 3))
    expect(findBreak([events[0]!, events[2]!, events[1]!, ...events.slice(3)], head)).toEqual(found('missing', 2))
    expect(findBreak(events.slice(0, 4), head)).toEqual(found('short', 4))
  })

  it('stays valid when the details of an event were erased', () => {
    const events = chain(3)
    const { payload: _erased, ...without } = events[1]!
    expect(findBreak(events.with(1, without), headOf(events))).toBeNull()
  })
})
