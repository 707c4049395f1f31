import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import golden from '../golden/chain.json' with { type: 'json' }
import { aggregateColumns } from './aggregate.ts'
import { copelandScores, outrankingMatrix } from './copeland.ts'
import { toNullable } from './dataset.ts'
import { CellError } from './errors.ts'
import type { Aggregator } from './method.ts'

const toColumn = (values: readonly (number | null)[]) => Float64Array.from(values, (value) => value ?? NaN)
const columns = golden.matrix.map(toColumn)
const weights = golden.matrixWeights
const familyOf = (m: number, n: number) => ({
  parent: 'P',
  children: Array.from({ length: m }, (_, i) => `c${i}`),
  units: Array.from({ length: n }, (_, i) => `u${i}`),
})
const aggregate = (cols: readonly Float64Array[], w: readonly number[], aggregator: Aggregator, minCoverage = 0) =>
  toNullable(aggregateColumns(cols, w, aggregator, minCoverage, familyOf(cols.length, cols[0]?.length ?? 0)))
const POINTWISE: Aggregator[] = [
  { kind: 'arithmetic' },
  { kind: 'geometric' },
  { kind: 'harmonic' },
  { kind: 'generalised', power: 3 },
  { kind: 'generalised', power: -2 },
  { kind: 'mazziottaPareto', penalty: -1 },
]

describe('aggregateColumns', () => {
  it.each<[keyof typeof golden.means, Aggregator]>([
    ['arithmetic', { kind: 'arithmetic' }],
    ['geometric', { kind: 'geometric' }],
    ['harmonic', { kind: 'harmonic' }],
    ['power3', { kind: 'generalised', power: 3 }],
    ['powerMinus2', { kind: 'generalised', power: -2 }],
    ['mazziottaPareto', { kind: 'mazziottaPareto', penalty: -1 }],
    ['geometric', { kind: 'generalised', power: 0 }],
    ['arithmetic', { kind: 'generalised', power: 1 }],
  ])('takes the %s mean as R does, weights rescaled over what is there (golden/chain.R)', (name, aggregator) => {
    const want = golden.means[name] as (number | null)[]
    aggregate(columns, weights, aggregator).forEach((score, i) =>
      want[i] === null ? expect(score).toBeNull() : expect(score).toBeCloseTo(want[i] as number, 11),
    )
  })

  it('adds the penalty where a high score is bad', () => {
    // mean 50, variance 100 (40 and 60, equal weights): 50 + 100 / 50
    expect(aggregate([toColumn([40]), toColumn([60])], [1, 1], { kind: 'mazziottaPareto', penalty: 1 })).toEqual([52])
  })

  it('gives no score under the coverage that is asked for, weighted', () => {
    // unit 2 lacks the child with 2 of 3.5: it covers 0.4286
    expect(aggregate(columns, weights, { kind: 'arithmetic' }, 0.43)[1]).toBeNull()
    expect(aggregate(columns, weights, { kind: 'arithmetic' }, 1.5 / 3.5)[1]).not.toBeNull()
  })

  it('leaves a child with weight 0 out entirely, also where its zero would forbid a geometric mean', () => {
    expect(aggregate([toColumn([4, 9]), toColumn([0, NaN])], [1, 0], { kind: 'geometric' })).toEqual([
      expect.closeTo(4, 12),
      expect.closeTo(9, 12),
    ])
  })

  it.each<[Aggregator, number]>([
    [{ kind: 'geometric' }, 0],
    [{ kind: 'harmonic' }, -3],
    [{ kind: 'generalised', power: 2 }, -1],
    [{ kind: 'generalised', power: -1 }, 0],
  ])('names unit and element when %j meets %d', (aggregator, score) => {
    const run = () => aggregate([toColumn([5, 5]), toColumn([5, score])], [1, 1], aggregator)
    expect(run).toThrow(CellError)
    expect(run).toThrow(new RegExp(`Unit "u1" has ${score} in element "c1"`))
  })

  it('refuses weights that are negative, all zero or too few', () => {
    expect(() => aggregate(columns, [1, -1, 1], { kind: 'arithmetic' })).toThrow(/weight of "c1" is -1/)
    expect(() => aggregate(columns, [0, 0, 0], { kind: 'arithmetic' })).toThrow(/All children of "P" have weight 0/)
    expect(() => aggregate(columns, [1, 1], { kind: 'arithmetic' })).toThrow(/3 columns and 2 weights/)
  })

  const table = fc.array(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 4 })
  it('takes only the ratios of weights, depends on no order, and stays between the least and the greatest score', () => {
    fc.assert(
      fc.property(table, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 4 }), (rows, w) => {
        const own = w.slice(0, rows.length)
        for (const aggregator of [...POINTWISE, { kind: 'copeland', count: 'wins' } as const]) {
          const cols = rows.map(toColumn)
          const plain = aggregate(cols, own, aggregator)
          const scaled = aggregate(
            cols,
            own.map((each) => each * 7),
            aggregator,
          )
          const turned = aggregate(cols.toReversed(), own.toReversed(), aggregator)
          const shuffledUnits = aggregate(
            cols.map((col) => col.toReversed()),
            own,
            aggregator,
          ).toReversed()
          plain.forEach((score, i) => [scaled, turned, shuffledUnits].forEach((other) => expect(other[i]).toBeCloseTo(score as number, 9)))
          if (aggregator.kind === 'copeland' || aggregator.kind === 'mazziottaPareto') continue
          plain.forEach((score, i) => {
            const all = rows.map((row) => row[i] as number)
            expect(score).toBeGreaterThanOrEqual(Math.min(...all) - 1e-9)
            expect(score).toBeLessThanOrEqual(Math.max(...all) + 1e-9)
          })
        }
      }),
      { numRuns: 60 },
    )
  })

  it('never falls when a score rises', () => {
    fc.assert(
      fc.property(table, fc.nat(3), fc.nat(), (rows, unit, pick) => {
        const child = pick % rows.length
        const better = rows.map((row, c) => row.map((score, u) => (c === child && u === unit ? score + 5 : score)))
        const w = rows.map((_, i) => i + 1)
        for (const aggregator of [...POINTWISE.slice(0, 5), { kind: 'copeland', count: 'share' } as const]) {
          expect(aggregate(better.map(toColumn), w, aggregator)[unit] as number).toBeGreaterThanOrEqual(
            (aggregate(rows.map(toColumn), w, aggregator)[unit] as number) - 1e-9,
          )
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('copelandScores', () => {
  const full = columns.map((column) => Float64Array.of(column[0] as number, column[2] as number, column[4] as number))

  it('adds outranking shares, or counts wins less losses, as the definition in R does (golden/chain.R)', () => {
    copelandScores(full, weights, 'share').forEach((score, i) => expect(score).toBeCloseTo(golden.copelandShare[i] as number, 12))
    expect([...copelandScores(full, weights, 'wins')]).toEqual(golden.copelandWins)
  })

  it('compares on what both units have, and does not depend on the order of the rows', () => {
    // x: 1, -; y: 2, 5; z: -, 3. x against y: only the first child, lost. y against z: only the second, won. x against z: nothing in common, 0.5 each.
    const rows = [
      [1, 2, NaN],
      [NaN, 5, 3],
    ]
    const cols = rows.map((row) => Float64Array.from(row))
    expect(outrankingMatrix(cols, [1, 3]).map((row) => [...row])).toEqual([
      [0.5, 0, 0.5],
      [1, 0.5, 1],
      [0.5, 0, 0.5],
    ])
    expect([...copelandScores(cols, [1, 3], 'share')]).toEqual([0.5, 2, 0.5])
    expect(
      [
        ...copelandScores(
          cols.map((col) => col.toReversed()),
          [1, 3],
          'share',
        ),
      ].reverse(),
    ).toEqual([0.5, 2, 0.5])
  })

  it('compares nobody with a unit that has no score', () => {
    expect([...copelandScores([Float64Array.of(1, NaN, 3)], [1], 'wins')]).toEqual([-1, NaN, 1])
  })

  it('takes a difference of rounding for a tie', () => {
    expect([...copelandScores([Float64Array.of(0.1 + 0.2, 0.3)], [1], 'wins')]).toEqual([0, 0])
  })
})
