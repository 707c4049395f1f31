import { describe, expect, it } from 'vitest'
import type { Instrument } from '../instrument/instrument.ts'
import { canDecide, chainStatus, changedSince, nextStep, type SignOff, type SignOffStep, versionsFor } from './signoff.ts'

const question = (id: string) => ({ id })
const instrument = {
  dimensions: [
    { id: 'one', indicators: [{ id: 'i', questions: [question('a'), question('b')] }] },
    { id: 'two', indicators: [{ id: 'j', questions: [question('c')] }] },
  ],
} as unknown as Instrument

const step = (position: number, dimensions: string[] | null = null): SignOffStep => ({
  id: `s${position}`,
  position,
  name: `Step ${position}`,
  person: { id: `p${position}`, name: 'P' },
  dimensions,
  version: 1,
})

const decided = (position: number, decision: SignOff['decision'], versions: Record<string, number>, minute: number): SignOff => ({
  id: `${position}-${minute}`,
  stepId: `s${position}`,
  decision,
  note: null,
  questionId: null,
  contentHash: '',
  versions,
  decidedAt: new Date(Date.UTC(2026, 10, 22, 12, minute)),
  by: null,
})

const statesOf = (decisions: SignOff[], now: Record<string, number>) =>
  chainStatus([step(1), step(2)], decisions, () => now).map(({ state }) => state)

describe('what a signature covers', () => {
  it('is the version of every answer of its areas, and what the city is responsible for', () => {
    const answers = new Map([
      ['a', { version: 3 }],
      ['c', { version: 1 }],
    ])
    expect(versionsFor(instrument, null, answers, 2)).toEqual({ a: 3, c: 1, scope: 2 })
    expect(versionsFor(instrument, ['two'], answers, 0)).toEqual({ c: 1 })
  })

  it('names answers that were changed, added or lost since', () => {
    expect(changedSince({ a: 1, b: 1, scope: 1 }, { a: 1, b: 2, c: 1, scope: 1 })).toEqual(['b', 'c'])
    expect(changedSince({ a: 1 }, {})).toEqual(['a'])
  })
})

describe('the chain', () => {
  it('lets one step after the other sign', () => {
    expect(statesOf([], { a: 1 })).toEqual(['waiting', 'later'])
    expect(statesOf([decided(1, 'signed', { a: 1 }, 0)], { a: 1 })).toEqual(['signed', 'waiting'])
    expect(statesOf([decided(1, 'signed', { a: 1 }, 0), decided(2, 'signed', { a: 1 }, 1)], { a: 1 })).toEqual(['signed', 'signed'])
  })

  it('asks the first step again as soon as an answer changes, and the second after it', () => {
    const both = [decided(1, 'signed', { a: 1 }, 0), decided(2, 'signed', { a: 1 }, 1)]
    expect(statesOf(both, { a: 2 })).toEqual(['outdated', 'later'])
    expect(statesOf([...both, decided(1, 'signed', { a: 2 }, 2)], { a: 2 })).toEqual(['signed', 'outdated'])
  })

  it('keeps what was sent back with the city until something changes', () => {
    const back = [decided(1, 'signed', { a: 1 }, 0), decided(2, 'sent-back', { a: 1 }, 1)]
    expect(statesOf(back, { a: 1 })).toEqual(['signed', 'sent-back'])
    expect(statesOf([...back, decided(1, 'signed', { a: 2 }, 2)], { a: 2 })).toEqual(['signed', 'changed'])
  })

  it('has no next step once all have signed, nor without a chain', () => {
    const chain = chainStatus([step(1)], [decided(1, 'signed', { a: 1 }, 0)], () => ({ a: 1 }))
    expect(nextStep(chain)).toBeNull()
    expect(nextStep([])).toBeNull()
  })

  it('lets only the named person decide, in turn, about something that was answered', () => {
    const [first, second] = chainStatus([step(1), step(2)], [], () => ({ a: 1 }))
    expect(canDecide(first!, 'p1')).toEqual({ ok: true })
    expect(canDecide(first!, 'p2')).toEqual({ ok: false, reason: 'not-your-step' })
    expect(canDecide(second!, 'p2')).toEqual({ ok: false, reason: 'earlier-first' })
    const [empty] = chainStatus([step(1)], [], () => ({}))
    expect(canDecide(empty!, 'p1')).toEqual({ ok: false, reason: 'nothing-answered' })
  })
})
