import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import golden from '../golden/chain.json' with { type: 'json' }
import { createDataset, toNullable } from './dataset.ts'
import type { Normalisation } from './method.ts'
import { normaliseColumn, normaliseDataset } from './normalise.ts'

const units = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7']
const column = Float64Array.from(golden.column, (value) => value ?? NaN)
const run = (normalisation: Normalisation, direction: 1 | -1 = 1, values = column) =>
  toNullable(normaliseColumn(values, normalisation, { indicator: 'a', direction, units }))

describe('normaliseColumn', () => {
  const cases: [keyof typeof golden.norm, Normalisation, Normalisation?][] = [
    ['minmax', { kind: 'minmax', range: [1, 100] }],
    ['zscore', { kind: 'zscore', mean: 10, sd: 2 }],
    ['rank', { kind: 'rank', ties: 'lowest' }],
    ['borda', { kind: 'borda', ties: 'mean' }],
    ['percentile', { kind: 'percentile', ties: 'highest' }],
    ['distanceToMaximum', { kind: 'distanceToMaximum', scale: 1 }],
    [
      'distanceToTarget10',
      { kind: 'distanceToTarget', scale: 1, cap: false, targets: { a: 10 } },
      { kind: 'distanceToTarget', scale: 1, cap: true, targets: { a: 3 } },
    ],
    ['distanceToReference5', { kind: 'distanceToReference', scale: 1, cap: false, unit: 'u5' }],
    ['goalposts', { kind: 'goalposts', range: [0, 100], cap: true, posts: { a: [2, 10] } }],
  ]

  it.each(cases)('gives what R gives for %s, in both directions, and keeps the gap (golden/chain.R)', (name, up, down = up) => {
    const want = golden.norm[name] as { up: (number | null)[]; down: (number | null)[] }
    for (const [got, expected] of [
      [run(up), want.up],
      [run(down, -1), want.down],
    ] as const) {
      got.forEach((value, i) => (expected[i] === null ? expect(value).toBeNull() : expect(value).toBeCloseTo(expected[i] as number, 11)))
    }
  })

  it('gives fractions of the maximum (golden/chain.R)', () => {
    run({ kind: 'fractionOfMaximum', scale: 1 }).forEach((value, i) => expect(value).toBe(golden.norm.fractionOfMaximum.up[i]))
  })

  it('turns the sign when nothing else is asked for and less is better', () => {
    expect(run({ kind: 'none' }, -1, Float64Array.of(3, 0, NaN))).toEqual([-3, 0, null])
  })

  it('does not depend on units of measurement: an affine change of the values leaves the scores as they are', () => {
    const kinds: Normalisation[] = [
      { kind: 'minmax', range: [0, 100] },
      { kind: 'zscore', mean: 0, sd: 1 },
      { kind: 'percentile', ties: 'mean' },
      { kind: 'distanceToMaximum', scale: 1 },
    ]
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -500, max: 500 }), { minLength: 2, maxLength: 7 }),
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: -99, max: 99 }),
        (list, factor, shift) => {
          for (const kind of kinds) {
            const plain = run(kind, 1, Float64Array.from(list))
            run(
              kind,
              1,
              Float64Array.from(list, (value) => value * factor + shift),
            ).forEach((value, i) => expect(value).toBeCloseTo(plain[i] as number, 9))
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  it('keeps the order of the values, or turns it round where less is better', () => {
    const kinds: Normalisation[] = [...cases.map(([, kind]) => kind), { kind: 'none' }]
    for (const kind of kinds) {
      for (const direction of [1, -1] as const) {
        const scores = kind.kind === 'distanceToTarget' && direction === -1 ? run({ ...kind, targets: { a: 3 } }, -1) : run(kind, direction)
        const byValue = [0, 1, 3, 4, 6].sort((a, b) => direction * ((column[a] as number) - (column[b] as number)))
        byValue.slice(1).forEach((unit, i) => expect(scores[unit]).toBeGreaterThanOrEqual(scores[byValue[i] as number] as number))
      }
    }
  })

  it.each<[Normalisation, Float64Array, RegExp]>([
    [{ kind: 'minmax', range: [0, 100] }, Float64Array.of(5, 5, NaN), /"a" has the same value for all units/],
    [{ kind: 'zscore', mean: 0, sd: 1 }, Float64Array.of(0.1, 0.1, 0.1), /"a" has the same value for all units/],
    [{ kind: 'minmax', range: [0, 100] }, Float64Array.of(NaN), /"a" has no values/],
    [{ kind: 'distanceToTarget', scale: 1, cap: true, targets: { b: 3 } }, column, /"a" has no target/],
    [{ kind: 'distanceToTarget', scale: 1, cap: true, targets: { a: 1 } }, column, /worst value of "a" is not worse than its target/],
    [{ kind: 'distanceToReference', scale: 1, cap: true, unit: 'u3' }, column, /no value for the reference unit "u3"/],
    [{ kind: 'distanceToReference', scale: 1, cap: true, unit: 'zz' }, column, /"zz" is not in the data/],
    [{ kind: 'fractionOfMaximum', scale: 1 }, Float64Array.of(-1, -2), /best value of "a" is -1/],
    [{ kind: 'percentile', ties: 'mean' }, Float64Array.of(1, NaN), /percentile ranks need two/],
  ])('names the indicator when %j has no answer', (kind, values, message) => {
    expect(() => run(kind, 1, values)).toThrow(message)
  })
})

describe('normaliseDataset', () => {
  it('takes the direction from the framework and the exception from the method', () => {
    const dataset = createDataset({ units: ['x', 'y', 'z'], values: { a: [1, 2, 3], b: [1, 2, 3] } })
    const elements = [
      { code: 'a', level: 1, parent: 'I', weight: 1, direction: -1 },
      { code: 'b', level: 1, parent: 'I', weight: 1, direction: 1 },
      { code: 'I', level: 2, parent: null, weight: 1, direction: 1 },
    ] as const
    const { columns } = normaliseDataset(
      dataset,
      { elements },
      { normalisation: { kind: 'minmax', range: [0, 10] }, normalisationOf: { b: { kind: 'rank', ties: 'lowest' } } },
    )
    expect(columns.map((each) => [...each])).toEqual([
      [10, 5, 0],
      [1, 2, 3],
    ])
  })
})
