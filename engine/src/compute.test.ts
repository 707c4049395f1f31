import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import golden from '../golden/chain.json' with { type: 'json' }
import manifest from '../package.json' with { type: 'json' }
import { computeIndex } from './compute.ts'
import { createDataset } from './dataset.ts'
import type { Framework } from './framework.ts'
import { parseMethod } from './method-parse.ts'
import { ENGINE_VERSION } from './version.ts'

const { weights, direction } = golden.data
const leaf = (code: keyof typeof direction, parent: string) => ({
  code,
  level: 1,
  parent,
  weight: weights[code],
  direction: direction[code] as 1 | -1,
})
const framework: Framework = {
  elements: [
    leaf('a', 'P'),
    leaf('b', 'P'),
    leaf('c', 'P'),
    leaf('d', 'Q'),
    leaf('e', 'Q'),
    leaf('f', 'Q'),
    { code: 'P', level: 2, parent: 'I', weight: weights.P, direction: 1 },
    { code: 'Q', level: 2, parent: 'I', weight: weights.Q, direction: 1 },
    { code: 'I', level: 3, parent: null, weight: 1, direction: 1 },
  ],
}
const dataset = createDataset({
  units: golden.data.units,
  values: golden.data.values,
  denominators: { size: golden.data.size },
  groups: { region: golden.data.groups },
})
const chain = { denomination: { a: 'size' }, imputation: 'group-mean:region', treatment: 'winsor:5', normalisation: 'minmax:0:100' }
const compute = (document: unknown, data = dataset) => computeIndex(data, framework, parseMethod(document))
const scoresOf = (result: ReturnType<typeof compute>, code: string) => result.scores[result.elements.indexOf(code)] as (number | null)[]

describe('computeIndex', () => {
  it('gives the scores and ranks of the whole chain in R (golden/chain.R)', () => {
    const result = compute(chain)
    for (const code of ['P', 'Q', 'I'] as const) {
      scoresOf(result, code).forEach((score, i) => expect(score).toBeCloseTo(golden.scores[code][i] as number, 10))
    }
    expect(result.ranks).toEqual(golden.ranks)
    expect(result.imputed.map(({ unit, indicator }) => `${unit}/${indicator}`)).toEqual(['u03/a', 'u05/b', 'u06/c', 'u12/d'])
    expect(result.changed.map(({ unit, indicator }) => `${unit}/${indicator}`)).toEqual(['u07/a', 'u12/c', 'u11/e'])
    expect(result.weights.find(({ code }) => code === 'b')).toEqual({ code: 'b', time: null, share: 0.5, effective: 0.2 }) // 2 of 4 in P, 2 of 5 in I
  })

  it('can be computed again from what the result says, with the same bytes', () => {
    const first = compute({ ...chain, weighting: 'balanced:1', aggregation: 'arithmetic,harmonic', normalisation: 'minmax:1:100' })
    const again = computeIndex(dataset, framework, parseMethod(JSON.parse(JSON.stringify(first.method))))
    expect(JSON.stringify(again)).toBe(JSON.stringify(first))
    expect(first.engineVersion).toBe(ENGINE_VERSION)
  })

  it('gives every unit the same scores in whatever order units and elements come', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          golden.data.units.map((_, i) => i),
          { minLength: 12 },
        ),
        (order) => {
          const pick = <T>(list: readonly T[]) => order.map((i) => list[i] as T)
          const shuffled = createDataset({
            units: pick(golden.data.units),
            denominators: { size: pick(golden.data.size) },
            groups: { region: pick(golden.data.groups) },
            values: Object.fromEntries(
              Object.entries(golden.data.values)
                .reverse()
                .map(([code, values]) => [code, pick(values as (number | null)[])]),
            ),
          })
          const result = compute(chain, shuffled)
          expect(result.ranks).toEqual(pick(golden.ranks))
          scoresOf(result, 'I').forEach((score, i) => expect(score).toBeCloseTo(golden.scores.I[order[i] as number] as number, 9))
        },
      ),
      { numRuns: 10 },
    )
  })

  it('leaves screened units in their place without scores, and ranks the others', () => {
    const result = compute({ ...chain, screening: { minAvailability: 0.9 } })
    expect(result.screened.map(({ unit }) => unit)).toEqual(['u03', 'u05', 'u06', 'u12'])
    expect([2, 4, 5, 11].map((unit) => [result.ranks[unit], scoresOf(result, 'a')[unit]])).toEqual([
      [null, null],
      [null, null],
      [null, null],
      [null, null],
    ])
    expect(result.ranks.filter((rank) => rank !== null).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('scales and ranks several points in time together, or each by itself', () => {
    const panel = createDataset({ units: ['x', 'y', 'x', 'y'], times: ['2019', '2019', '2020', '2020'], values: { a: [0, 10, 20, 40] } })
    const single: Framework = {
      elements: [
        { code: 'a', level: 1, parent: 'I', weight: 1, direction: 1 },
        { code: 'I', level: 2, parent: null, weight: 1, direction: 1 },
      ],
    }
    const pooled = computeIndex(panel, single, parseMethod({}))
    expect(scoresOf(pooled, 'I')).toEqual([0, 25, 50, 100])
    expect(pooled.ranks).toEqual([4, 3, 2, 1])
    const separate = computeIndex(panel, single, parseMethod({ time: 'separate' }))
    expect(scoresOf(separate, 'I')).toEqual([0, 100, 0, 100])
    expect(separate.ranks).toEqual([2, 1, 2, 1])
    expect(separate.weights.map(({ code, time }) => `${code} ${time}`)).toEqual(['a 2019', 'I 2019', 'a 2020', 'I 2020'])
  })

  it('takes one aggregation per level', () => {
    const result = compute({ ...chain, normalisation: 'minmax:1:100', aggregation: 'arithmetic,geometric' })
    const [p, q, index] = ['P', 'Q', 'I'].map((code) => scoresOf(result, code)[3] as number) as [number, number, number]
    expect(index).toBeCloseTo(p ** 0.4 * q ** 0.6, 10)
  })

  it('refuses what does not fit, by name', () => {
    expect(() => compute({ ...chain, normalisationOf: { z: 'rank' } })).toThrow(/"z" is no indicator/)
    expect(() => compute({ ...chain, aggregation: 'geometric' })).toThrow(
      /Unit "u11" has 0 in element "a": a geometric mean|Unit "u\d+" has 0 in element/,
    )
    expect(() => computeIndex(dataset, { elements: framework.elements.slice(0, 8) }, parseMethod({}))).toThrow(
      /parent "I", which does not exist/,
    )
    expect(() => compute({ treatmentOf: { c: 'log' }, normalisationOf: { c: { kind: 'goalposts', posts: { c: [0, 10] } } } })).toThrow(
      /"c" was put on another scale by treatment \(log\)/,
    )
  })

  it('carries the version of the package', () => {
    expect(ENGINE_VERSION).toBe(manifest.version)
  })
})
