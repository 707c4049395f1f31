import { describe, expect, it } from 'vitest'
import { assessArea, assessWave, type PooledQuestion, standingOf } from './agreement.ts'
import { rankAmong } from './published.ts'
import { publishingObstacle, type SigningFacts, signingObstacle } from './verified.ts'

const rules = { seed: 7, publishable: 0.8, tentative: 0.667, minimumUnits: 30 }

const pooled = (pairs: readonly (readonly [number | null, number | null])[], dimension = 'language', isSettled = false): PooledQuestion[] =>
  pairs.map(([first, second]) => ({ dimension, first, second, isSameAnswer: true, isDisagreement: first !== second, isSettled }))

const repeat = <T>(value: T, count: number): T[] => Array.from({ length: count }, () => value)

describe('agreement of an area', () => {
  it('gives the ordinal alpha that follows by hand from two values', () => {
    // 20 pairs (0,0), 16 pairs (100,100), 4 pairs (0,100): 80 ratings, 44 times 0 and 36 times 100.
    // Two values: observed 4 of 40 differ = 8 of 80 ordered pairs; expected 2*44*36 / (80*79). alpha = 1 - 79*4 / (44*36) = 1 - 316/1584
    const pool = pooled([...repeat([0, 0] as const, 20), ...repeat([100, 100] as const, 16), ...repeat([0, 100] as const, 4)])
    const found = assessArea('language', pool, rules)
    expect(found.alpha).toBeCloseTo(1 - 316 / 1584, 12)
    expect(found).toMatchObject({ units: 40, verdict: 'publishable', disagreements: 4, unsettled: 4, hasRank: true })
    expect(found.low!).toBeLessThan(found.alpha!)
    expect(found.high!).toBeGreaterThanOrEqual(found.alpha!)
  })

  it('says not assessable below 30 questions, whatever they agree', () => {
    const pool = pooled([...repeat([0, 0] as const, 15), ...repeat([100, 100] as const, 14)])
    expect(assessArea('language', pool, rules)).toMatchObject({
      units: 29,
      alpha: null,
      low: null,
      verdict: 'not-assessable',
      obstacle: 'few-units',
      hasRank: false,
    })
  })

  it('leaves a question that one of two keeps open out of alpha, but counts it as a disagreement', () => {
    const pool = pooled([...repeat([0, 0] as const, 15), ...repeat([100, 100] as const, 15), [null, 50]])
    expect(assessArea('language', pool, rules)).toMatchObject({ units: 30, alpha: 1, disagreements: 1 })
  })

  it('leaves out of alpha what two experts read in different versions, says how many, and counts their disagreements', () => {
    const apart = pooled([
      [0, 100],
      [100, 100],
      [0, 100],
    ]).map((each) => ({ ...each, isSameAnswer: false }))
    const pool = [...pooled([...repeat([0, 0] as const, 15), ...repeat([100, 100] as const, 15)]), ...apart]
    expect(assessArea('language', pool, rules)).toMatchObject({ units: 30, alpha: 1, notSameAnswer: 3, disagreements: 2, unsettled: 2 })
    expect(standingOf(null, pool, rules).hasRank).toBe(true)
  })

  it('says not assessable where all points are the same', () => {
    expect(assessArea('language', pooled(repeat([100, 100] as const, 40)), rules)).toMatchObject({ obstacle: 'no-variance' })
  })

  it('has no rank with low agreement until everything is settled', () => {
    const pairs = [...repeat([0, 100] as const, 20), ...repeat([100, 100] as const, 10), ...repeat([0, 0] as const, 10)]
    expect(assessArea('language', pooled(pairs), rules)).toMatchObject({ verdict: 'insufficient', unsettled: 20, hasRank: false })
    expect(assessArea('language', pooled(pairs, 'language', true), rules)).toMatchObject({
      verdict: 'insufficient',
      unsettled: 0,
      hasRank: true,
    })
  })

  it.each([
    ['high', [...repeat([0, 0] as const, 20), ...repeat([100, 100] as const, 16), ...repeat([0, 100] as const, 4)], 'publishable', true],
    ['middling', [...repeat([0, 0] as const, 18), ...repeat([100, 100] as const, 16), ...repeat([0, 100] as const, 6)], 'tentative', true],
    ['low', [...repeat([0, 100] as const, 20), ...repeat([100, 100] as const, 10), ...repeat([0, 0] as const, 10)], 'insufficient', false],
    ['not assessable', repeat([0, 100] as const, 29), 'not-assessable', false],
  ] as const)('says the same of ranks with and without the interval: %s', (_, pairs, verdict, hasRank) => {
    for (const isSettled of [false, true]) {
      const pool = pooled(pairs, 'language', isSettled)
      const whole = { verdict, hasRank: verdict === 'insufficient' ? isSettled : hasRank }
      expect(standingOf('language', pool, rules)).toEqual(whole)
      expect(assessArea('language', pool, rules)).toMatchObject(whole)
    }
  })

  it('gives the same interval for the same seed', () => {
    const pool = pooled([...repeat([0, 0] as const, 20), ...repeat([100, 50] as const, 10), ...repeat([50, 50] as const, 10)])
    expect(assessArea(null, pool, rules)).toEqual(assessArea(null, pool, rules))
  })

  it('pools each area alone and all of them at the end', () => {
    const pool = [...pooled(repeat([0, 0] as const, 20), 'a'), ...pooled(repeat([100, 100] as const, 20), 'b')]
    expect(assessWave(['a', 'b'], pool, rules).map(({ dimension, units }) => [dimension, units])).toEqual([
      ['a', 20],
      ['b', 20],
      [null, 40],
    ])
    expect(standingOf(null, pool, rules)).toEqual({ verdict: 'publishable', hasRank: true })
    expect(standingOf('a', pool, rules)).toEqual({ verdict: 'not-assessable', hasRank: false })
  })
})

describe('signing and publishing', () => {
  const now = new Date('2026-06-01')
  const graceUntil = new Date('2026-06-05')
  const facts: SigningFacts = {
    stage: 'closed',
    review: { graceUntil, signedBy: null },
    areRevealed: true,
    unsettled: 0,
    personId: 'lead',
    mayAct: true,
    isWorker: false,
  }
  const signed: SigningFacts = { ...facts, stage: 'signed', review: { graceUntil, signedBy: 'lead' }, personId: 'network' }

  it('signs after the window for slips, or before when the lead says so', () => {
    expect(signingObstacle(facts, false, now)).toBe('grace')
    expect(signingObstacle(facts, true, now)).toBeNull()
    expect(signingObstacle(facts, false, new Date('2026-06-06'))).toBeNull()
  })

  it.each([
    [{ mayAct: false }, 'role'],
    [{ isWorker: true }, 'own-work'],
    [{ stage: 'replying' }, 'not-closed'],
    [{ stage: 'signed' }, 'signed'],
    [{ areRevealed: false }, 'not-signed-by-experts'],
    [{ unsettled: 1 }, 'unsettled'],
  ] as const)('does not sign with %j', (change, obstacle) => {
    expect(signingObstacle({ ...facts, ...change }, true, now)).toBe(obstacle)
  })

  it.each([
    [{}, true, null],
    [{ personId: 'lead' }, true, 'same-person'],
    [{}, false, 'method'],
    [{ unsettled: 2 }, true, 'unsettled'],
    [{ stage: 'closed' }, true, 'not-signed'],
    [{ stage: 'published' }, true, 'published'],
    [{ isWorker: true }, true, 'own-work'],
  ] as const)('publishes with %j and the registered method %s: %s', (change, isSame, obstacle) => {
    expect(publishingObstacle({ ...signed, ...change }, isSame)).toBe(obstacle)
  })
})

describe('rank after review', () => {
  const city = (cityId: string, score: number, exact: string, share = 1) => ({
    cityId,
    elements: ['core', 'extended'],
    scores: [score, score],
    exactScores: [exact, exact],
    verifiedShares: [share, share],
  })
  const all = [city('a', 80, '80/1'), city('b', 60, '60/1'), city('c', 60, '60/1'), city('d', 99, '99/1', 0.9), city('e', 10, '10/1')]

  it('counts the fully reviewed only and lets equals share a place', () => {
    expect(['a', 'b', 'c', 'e'].map((id) => rankAmong('core', id, all))).toEqual([1, 2, 2, 4].map((rank) => ({ rank, count: 4 })))
  })

  it('says why there is none', () => {
    expect(rankAmong('core', 'd', all)).toBe('share')
    expect(rankAmong('core', 'a', all.slice(0, 1))).toBe('alone')
  })
})
