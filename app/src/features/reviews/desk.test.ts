import { describe, expect, it } from 'vitest'
import type { QuestionStatus } from '../assessments/assessment.ts'
import {
  addSeconds,
  changingOf,
  continueAt,
  deskProgress,
  type DeskQuestion,
  type DeskState,
  filtered,
  neighboursOf,
  nextWaiting,
} from './desk.ts'
import { refusalOf } from './documents.ts'
import type { Judgement } from './review.ts'

const question = (id: string, state: DeskState, isForMeeting = false): DeskQuestion => ({
  id,
  state,
  status: {} as QuestionStatus,
  answer: undefined,
  waitsFor: null,
  judgement: state === 'decided' || state === 'outdated' ? ({ isForMeeting } as Judgement) : null,
})

const part = [
  question('a', 'decided'),
  question('b', 'open'),
  question('c', 'hidden'),
  question('d', 'excluded'),
  question('e', 'outdated', true),
  question('f', 'decided', true),
]

describe('the progress of a part', () => {
  it('counts neither hidden nor excluded questions, and a decision about an earlier answer as none', () => {
    expect(deskProgress(part)).toEqual({ decided: 2, needed: 4, flagged: 2 })
  })

  it('lists what waits and what is flagged', () => {
    expect(filtered(part, 'open').map(({ id }) => id)).toEqual(['b', 'e'])
    expect(filtered(part, 'flagged').map(({ id }) => id)).toEqual(['e', 'f'])
  })
})

describe('the way through a part', () => {
  it('leads to the next question that waits, and from the last one back to the first', () => {
    expect([nextWaiting(part, 'a'), nextWaiting(part, 'b'), nextWaiting(part, 'f'), nextWaiting(part, null)]).toEqual(['b', 'e', 'b', 'b'])
    expect(nextWaiting([question('a', 'open')], 'a')).toBeNull()
  })

  it('goes on where the expert was, unless that is decided', () => {
    expect([continueAt(part, 'e'), continueAt(part, 'a'), continueAt(part, 'f'), continueAt(part, null)]).toEqual(['e', 'b', 'b', 'b'])
    expect(continueAt([question('a', 'decided'), question('b', 'decided')], 'b')).toBe('b')
    expect(continueAt([], 'b')).toBeNull()
  })

  it('knows the neighbours within the part', () => {
    expect(neighboursOf(part, 'b')).toEqual({ position: 2, count: 6, previous: 'a', next: 'c' })
    expect(neighboursOf(part, 'f')).toMatchObject({ previous: 'e', next: null })
  })
})

describe('whether decisions change', () => {
  const now = new Date('2026-11-20T12:00:00Z')
  const earlier = new Date('2026-11-19T12:00:00Z')
  const later = new Date('2026-11-21T12:00:00Z')
  const review = { sharedAt: null, closedAt: null, graceUntil: null, signedAt: null, publishedAt: null }
  const kind = (times: object, signedAt: Date | null) => changingOf({ ...review, ...times }, { signedAt }, now)

  it('until the expert signs', () => {
    expect(kind({}, null)).toEqual({ kind: 'open' })
    expect(kind({}, earlier)).toEqual({ kind: 'locked', reason: 'signed' })
    expect(kind({ sharedAt: earlier }, earlier)).toEqual({ kind: 'locked', reason: 'signed' })
  })

  it('and after closing in the grace window alone, to its very end', () => {
    expect(kind({ closedAt: earlier, graceUntil: later }, earlier)).toEqual({ kind: 'grace', until: later })
    expect(kind({ closedAt: earlier, graceUntil: now }, earlier)).toEqual({ kind: 'locked', reason: 'closed' })
    expect(kind({ closedAt: earlier, graceUntil: later, signedAt: earlier }, earlier)).toEqual({ kind: 'locked', reason: 'closed' })
  })
})

describe('a document', () => {
  const released = { isConfidential: false, releaseLevel: 'network' as const, removedAt: null }

  it('opens to experts when it is released to the network or everybody and is not confidential', () => {
    expect(refusalOf(released)).toBeNull()
    expect(refusalOf({ ...released, releaseLevel: 'public' })).toBeNull()
    expect(refusalOf({ ...released, releaseLevel: 'partner' })).toBe('not-released')
    expect(refusalOf({ ...released, releaseLevel: 'private' })).toBe('not-released')
    expect(refusalOf({ ...released, isConfidential: true })).toBe('confidential')
    expect(refusalOf({ ...released, removedAt: new Date() })).toBe('removed')
    expect(refusalOf(undefined)).toBe('removed')
  })
})

describe('time spent', () => {
  it('adds up in whole seconds; nothing is taken away, and a forgotten window adds four hours at most', () => {
    expect([addSeconds(10, 5.4), addSeconds(10, -3), addSeconds(0, 100_000)]).toEqual([15, 10, 14_400])
  })
})
