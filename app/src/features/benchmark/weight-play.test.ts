import { describe, expect, it } from 'vitest'
import { createThread } from '../../thread.ts'
import type { PlayOrder } from './weight-play-worker.ts'
import { createPlay, neighbourhood, parseWeight, type PlayData, type PlayResult, presetWeights, readWeights } from './weight-play.ts'

const city = (slug: string, scores: (number | null)[]) => ({ slug, name: slug, country: 'XX', scores })
const data: PlayData = {
  areas: [
    { id: 'a', questions: 3 },
    { id: 'b', questions: 1 },
  ],
  cities: [
    city('even', [50, 50]),
    city('first-area', [80, 10]),
    city('second-area', [0, 95]),
    city('half', [null, 60]),
    city('low', [5, 5]),
  ],
}

describe('weights of the play', () => {
  it('reads a weight with point or comma and refuses what is no number from 0 to 30', () => {
    expect(['7', ' 2,5 ', '0.25', '30', '0'].map(parseWeight)).toEqual([7, 2.5, 0.25, 30, 0])
    expect(['', '-1', '30.1', '31', '1e1', 'ten', '1.2345', '0x1'].map(parseWeight)).toEqual(Array.from({ length: 8 }, () => null))
  })

  it('takes equal areas for what the address leaves out and names what is wrong', () => {
    expect(readWeights(data, {})).toEqual({ weights: { a: 10, b: 10 }, problems: [] })
    expect(readWeights(data, { a: 'x' }).problems).toEqual([{ kind: 'weight', area: 'a' }])
    expect(readWeights(data, { a: '0', b: '0,0' }).problems).toEqual([{ kind: 'zero' }])
  })

  it('weighs areas alike or by their questions', () => {
    expect(presetWeights(data, 'areas')).toEqual({ a: 10, b: 10 })
    expect(presetWeights(data, 'questions')).toEqual({ a: 3, b: 1 })
  })
})

describe('ranks of the play', () => {
  const play = createPlay(data)

  it('gives the weighted means of the plain scores, over what applies', () => {
    // 1 : 3 -> even 50; first-area (80 + 30) / 4 = 27.5; second-area 285 / 4 = 71.25; half 60; low 5
    const { ranks } = play({ a: 1, b: 3 })
    expect(ranks.map(({ slug }) => slug)).toEqual(['second-area', 'half', 'even', 'first-area', 'low'])
    expect(ranks.map(({ score }) => Number(score.toFixed(9)))).toEqual([71.25, 60, 50, 27.5, 5])
  })

  it('follows the weights, and the same weights give the same intervals', () => {
    expect(play({ a: 10, b: 0 }).ranks[0]!.slug).toBe('first-area')
    expect(play({ a: 7, b: 2 })).toEqual(play({ a: 7, b: 2 }))
    expect(play({ a: 7, b: 2 }).ranks).toEqual(createPlay(data)({ a: 7, b: 2 }).ranks)
  })

  it('has nested intervals, no failing run, and leaves out a city to which nothing applies', () => {
    const { ranks, failedRuns } = play({ a: 10, b: 0 })
    expect(failedRuns).toBe(0)
    expect(ranks.map(({ slug }) => slug)).not.toContain('half')
    for (const { q5, q25, median, q75, q95 } of ranks)
      expect([q5, q25, median, q75, q95]).toEqual([q5, q25, median, q75, q95].toSorted((x, y) => x - y))
  })
})

describe('the thread that tries weights', () => {
  const tryWeights = createThread<PlayOrder, PlayResult>('weight-play-worker', import.meta.url)

  it('gives the same ranks, and the server goes on meanwhile', async () => {
    let turns = 0
    const turning = setInterval(() => turns++, 5)
    const [one, other] = await Promise.all([tryWeights({ data, weights: { a: 7, b: 2 } }), tryWeights({ data, weights: { a: 1, b: 3 } })])
    clearInterval(turning)
    expect([one, other]).toEqual([createPlay(data)({ a: 7, b: 2 }), createPlay(data)({ a: 1, b: 3 })])
    expect(turns).toBeGreaterThan(3)
  })

  it('says what is wrong with an order, and answers the next one all the same', async () => {
    await expect(tryWeights({ data: { ...data, cities: [] }, weights: { a: 1, b: 1 } })).rejects.toThrow()
    expect((await tryWeights({ data, weights: { a: 1, b: 1 } })).ranks).toHaveLength(5)
  })
})

describe('the neighbourhood of a city', () => {
  const ranks = Array.from({ length: 12 }, (_, i) => ({
    slug: `c${i + 1}`,
    rank: i + 1,
    score: 0,
    q5: 1,
    q25: 1,
    median: 1,
    q75: 1,
    q95: 1,
  }))
  const slugs = (slug: string) => neighbourhood(ranks, slug).map((each) => each.slug)

  it('holds three cities on either side, and seven in all at both ends', () => {
    expect(slugs('c6')).toEqual(['c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9'])
    expect(slugs('c1')).toEqual(['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7'])
    expect(slugs('c12')).toEqual(['c6', 'c7', 'c8', 'c9', 'c10', 'c11', 'c12'])
    expect(slugs('nowhere')).toEqual([])
  })
})
