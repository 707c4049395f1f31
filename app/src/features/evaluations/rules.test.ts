import { createStream } from '@tessera/engine'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../canonical.ts'
import { instrumentFolder } from '../../paths.ts'
import { loadInstrument } from '../instrument/load.ts'
import { questionsOf } from '../instrument/instrument.ts'
import { boardOf, loadsOf } from './board.ts'
import { findConflict, type HeldRole, type Tie } from './interests.ts'
import { methodHash, methodOf, presentMethodHash, sampleSizeOf, usualChoices } from './method.ts'
import { type Candidate, type OpenParts, proposeAssignments } from './proposals.ts'
import { allocate, drawSample } from './sample.ts'

const instrument = loadInstrument(instrumentFolder)
const choices = { ...usualChoices, seed: 42 }
const expert: HeldRole = { role: 'reviewer', cityId: null, endedAt: null }
const tie = (kind: Tie['kind'], cityId: string): Tie => ({ kind, cityId, note: 'a note' })

describe('the registered method', () => {
  it('has the same hash for the same choices, and another one for any other choice or questionnaire', () => {
    const hash = methodHash(methodOf(instrument, 'wave', choices))
    expect(presentMethodHash(instrument, 'wave', methodOf(instrument, 'wave', choices))).toBe(hash)
    const others = [
      methodOf(instrument, 'wave', { ...choices, seed: 43 }),
      methodOf(instrument, 'wave', { ...choices, share: 0.25 }),
      methodOf(instrument, 'wave', { ...choices, limits: { publishable: 0.8, tentative: 0.66 } }),
      methodOf(instrument, 'wave', { ...choices, minimumUnits: 29 }),
      methodOf(instrument, 'other', choices),
    ].map(methodHash)
    expect(new Set([hash, ...others]).size).toBe(6)
    const [first, ...rest] = instrument.schemes
    const reweighted = { ...first!, dimensions: { ...first!.dimensions, [instrument.dimensions[0]!.id]: 2 } }
    expect(presentMethodHash({ ...instrument, schemes: [reweighted, ...rest] }, 'wave', choices)).not.toBe(hash)
  })
})

describe('the drawn sample', () => {
  it('is shared out by largest remainder, at least one each, never more than there are', () => {
    expect(allocate([10, 10, 10], 4)).toEqual([2, 1, 1]) // quotas 1.33 each: the first takes the remainder
    expect(allocate([50, 30, 20], 10)).toEqual([5, 3, 2])
    expect(allocate([6, 3, 1], 5)).toEqual([3, 1, 1]) // quotas 3, 1.5, 0.5; one each is the least
    expect(allocate([1, 1, 8], 10)).toEqual([1, 1, 8])
  })

  it('has at least the share of all questions and one of each area, and is the same every time', () => {
    for (let copy = 0; copy < 200; copy++) {
      const hash = sha256(String(copy))
      const drawn = drawSample(instrument, 42, hash, 0.2)
      expect(drawn.length).toBeGreaterThanOrEqual(Math.ceil(0.2 * questionsOf(instrument).length))
      expect(new Set(drawn).size).toBe(drawn.length)
      for (const { indicators } of instrument.dimensions) {
        const ids = indicators.flatMap(({ questions }) => questions.map(({ id }) => id))
        expect(ids.some((id) => drawn.includes(id))).toBe(true)
      }
      expect(drawSample(instrument, 42, hash, 0.2)).toEqual(drawn)
    }
  })

  it('differs with the seed and with the copy, and grows with the share up to all questions', () => {
    const [a, b] = [sha256('a'), sha256('b')]
    expect(drawSample(instrument, 42, a, 0.2)).not.toEqual(drawSample(instrument, 43, a, 0.2))
    expect(drawSample(instrument, 42, a, 0.2)).not.toEqual(drawSample(instrument, 42, b, 0.2))
    expect(drawSample(instrument, 42, a, 1)).toEqual(questionsOf(instrument).map(({ id }) => id))
    expect(sampleSizeOf(instrument, 0.01)).toBe(instrument.dimensions.length)
  })

  it('takes every question about equally often', () => {
    const times = new Map<string, number>()
    for (let copy = 0; copy < 2000; copy++)
      for (const id of drawSample(instrument, 1, sha256(`copy ${copy}`), 0.2)) times.set(id, (times.get(id) ?? 0) + 1)
    for (const { indicators } of instrument.dimensions) {
      const ids = indicators.flatMap(({ questions }) => questions.map(({ id }) => id))
      const expected = ids.reduce((sum, id) => sum + times.get(id)!, 0) / ids.length
      for (const id of ids) expect(Math.abs(times.get(id)! / expected - 1)).toBeLessThan(0.2)
    }
  })
})

describe('a conflict of interest', () => {
  const past: HeldRole = { role: 'contributor', cityId: 'a', endedAt: new Date(0) }
  it.each([
    ['a role in the city now', [expert, { ...past, endedAt: null }], [], 'member'],
    ['a role in the city once', [expert, past], [], 'was-member'],
    ['no declaration', [expert], null, 'not-declared'],
    ['the own city', [expert], [tie('tie', 'a'), tie('own-city', 'a')], 'own-city'],
    ['an employer', [expert], [tie('employer', 'a')], 'employer'],
    ['another tie', [expert], [tie('tie', 'a')], 'tie'],
    ['a role that sees everything', [expert, { role: 'evaluation-coordinator', cityId: null, endedAt: null }], [], 'sees-all'],
    ['nothing to declare', [expert], [], null],
    ['ties to others only', [expert, { ...past, cityId: 'b' }], [tie('own-city', 'b')], null],
  ] as [string, HeldRole[], Tie[] | null, string | null][])('is found by %s', (_, roles, ties, conflict) =>
    expect(findConflict({ roles }, ties === null ? null : { ties }, 'a')).toBe(conflict),
  )

  it('never stands against a proposal, in 10,000 random networks, and nobody gets both parts', () => {
    let proposed = 0
    for (let network = 0; network < 10_000; network++) {
      const { nextUniform } = createStream(2026, network, 1)
      const pick = (n: number) => Math.floor(nextUniform() * n)
      const cities = Array.from({ length: 1 + pick(6) }, (__, i) => `city-${i}`)
      const candidates = Array.from({ length: pick(6) }, (__, i): Candidate => {
        const roles = [expert, ...Array.from({ length: pick(2) }, () => ({ ...past, cityId: cities[pick(cities.length)]! }))]
        const ties = Array.from({ length: pick(4) }, () =>
          tie((['own-city', 'employer', 'tie'] as const)[pick(3)]!, cities[pick(cities.length)]!),
        )
        return { id: `p${i}`, roles, declaration: pick(5) === 0 ? null : { ties }, load: pick(200) }
      })
      const open = cities.map((cityId): OpenParts => {
        const [first, former] = [candidates[pick(8)], candidates[pick(12)]]
        return {
          reviewId: `r-${cityId}`,
          cityId,
          taken: first === undefined ? {} : { first: first.id },
          former: former === undefined ? [] : [former.id],
        }
      })
      const proposals = proposeAssignments(open, candidates, { first: 86, second: 18 })
      proposed += proposals.length
      for (const { personId, cityId, reviewId, part } of proposals) {
        const candidate = candidates.find(({ id }) => id === personId)!
        const { taken, former } = open.find((each) => each.reviewId === reviewId)!
        if (findConflict(candidate, candidate.declaration, cityId) !== null) throw new Error(`conflict in network ${network}`)
        if (taken[part] !== undefined || Object.values(taken).includes(personId) || former.includes(personId))
          throw new Error(`taken in ${network}`)
        if (proposals.some((each) => each.reviewId === reviewId && each.part !== part && each.personId === personId))
          throw new Error(`both parts in network ${network}`)
      }
    }
    expect(proposed).toBeGreaterThan(10_000)
  })

  it('leaves the work to whoever has least to do', () => {
    const candidate = (id: string, load: number): Candidate => ({ id, roles: [expert], declaration: { ties: [] }, load })
    const open = ['a', 'b'].map((cityId): OpenParts => ({ reviewId: cityId, cityId, taken: {}, former: [] }))
    const proposals = proposeAssignments(open, [candidate('busy', 100), candidate('free', 0), candidate('some', 50)], {
      first: 86,
      second: 18,
    })
    expect(proposals.map(({ cityId, part, personId }) => [cityId, part, personId])).toEqual([
      ['a', 'first', 'free'], // 0 + 86
      ['b', 'first', 'some'], // 50 + 86
      ['a', 'second', 'busy'], // 100 is more than 86, but free has the first part: busy 100 before some 136
      ['b', 'second', 'free'], // 86 before busy 118
    ])
  })
})

describe('the board', () => {
  it('says nothing of the second part but whether it is signed, and counts it whole as load', () => {
    const handedIn = {
      assessmentId: 'x',
      frozenId: 'f',
      frozenHash: '',
      frozenAt: new Date(),
      frozenBy: null,
      city: { id: 'c', slug: 'c', name: 'C', isSynthetic: true },
    }
    const review = {
      id: 'r',
      assessmentId: 'x',
      dueOn: '2026-01-01',
      sharedAt: null,
      closedAt: null,
      signedAt: null,
      publishedAt: null,
      withdrawnAt: null,
    }
    const base = {
      reviewId: 'r',
      cityId: 'c',
      assignedAt: new Date(),
      overrideNote: null,
      lastQuestionId: null,
      lastAt: null,
      signedAt: null,
    }
    const [row] = boardOf({
      handedIn: [handedIn],
      reviews: [review as never],
      assignments: [
        { ...base, id: '1', part: 'first', person: { id: 'p', name: 'P' }, dueOn: '2026-01-02' },
        { ...base, id: '2', part: 'second', person: { id: 'q', name: 'Q' }, dueOn: '2026-01-01' },
      ],
      decided: new Map([
        ['1', 12],
        ['2', 5],
      ]),
      queries: [
        { reviewId: 'r', questionId: 'q', askerPart: 'first', askedAt: new Date(1000), answeredAt: null },
        { reviewId: 'r', questionId: 'q', askerPart: 'second', askedAt: new Date(10), answeredAt: new Date(5000) },
      ],
      today: '2026-01-02',
    })
    expect(row!.parts.first).toMatchObject({ decided: 12, isOverdue: false }) // its own day still counts
    expect(row!.parts.second).toMatchObject({ decided: null, isOverdue: true })
    expect(row).toMatchObject({ stage: 'reviewing', isOverdue: true, waitingOnCity: 1, waitingOnExpert: 1, waitingSince: new Date(1000) })
    const loads = loadsOf([
      { personId: 'p', part: 'first', size: 86, decided: 12 },
      { personId: 'p', part: 'second', size: 18, decided: 5 },
    ])
    expect(loads.get('p')).toEqual({ openReviews: 2, questionsLeft: 74 + 18 })
  })
})
