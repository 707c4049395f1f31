import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import golden from '../golden/chain.json' with { type: 'json' }
import { createDataset } from './dataset.ts'
import { STANDARD_OUTLIER_RULE, type Treatment } from './method.ts'
import { boxCox, estimateLambda, shiftedLog } from './transform.ts'
import { passesOutlierRule, treatColumn, treatDataset, winsorise } from './treat.ts'

const rule = STANDARD_OUTLIER_RULE
const winsor = (maxPoints: number, fallback: 'none' | 'log' | 'boxcox' = 'none'): Treatment => ({
  kind: 'winsorise',
  maxPoints,
  fallback,
  ...rule,
})
const expectClose = (got: Float64Array, want: readonly number[]) =>
  got.forEach((value, i) => expect(value).toBeCloseTo(want[i] as number, 11))

/** 1 to 5 four times, 200, 900, 4000. */
const wild = Float64Array.of(...Array.from({ length: 20 }, (_, i) => (i % 5) + 1), 200, 900, 4000)

describe('winsorise', () => {
  it('does what an independent implementation in R does with outliers at either end (golden/chain.R)', () => {
    for (const [code, want] of Object.entries(golden.treated)) {
      expectClose(treatColumn(Float64Array.from(golden.imputed[code as 'a']), winsor(5)).values, want)
    }
  })

  it('stops as soon as the rule holds: 200, 900, 4000 above twenty small values need all three, 30 and 100 above 1..10 need one', () => {
    // e1071 in R 4.2.2, type 2: 1..10, 30, 100 has skewness 3.06 and kurtosis 9.74; with 100 -> 30 they are 1.71 and 1.82.
    expect([...winsorise(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100), 5, rule).values]).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 30,
    ])
    // 4.46, 20.4; then 3.02, 8.0; then 2.35, 3.85; then -0.23, -1.41.
    const { values, changed } = winsorise(wild, 5, rule)
    expect(changed).toEqual([20, 21, 22])
    expect(values.slice(18)).toEqual(Float64Array.of(4, 5, 5, 5, 5))
    expect(winsorise(wild, 2, rule).values.slice(18)).toEqual(Float64Array.of(4, 5, 200, 200, 200))
  })

  it('moves tied values together, even beyond the limit', () => {
    const { changed } = winsorise(Float64Array.of(...Array.from({ length: 30 }, (_, i) => i % 5), 900, 900), 1, rule)
    expect(changed).toEqual([30, 31])
  })

  it('never leaves one value only', () => {
    const values = Float64Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
    expect(winsorise(values, 5, rule)).toEqual({ values, changed: [] })
  })
})

describe('transformations', () => {
  it('takes the logarithm of COINr (golden/chain.R)', () => {
    expectClose(shiftedLog(Float64Array.from(golden.skewed)), golden.shiftedLog)
  })

  it('estimates lambda as a root search in R does, and transforms with it (golden/chain.R)', () => {
    const { values, lambda } = boxCox(Float64Array.from(golden.skewed), null)
    expect(lambda).toBeCloseTo(golden.lambda, 11)
    expectClose(values, golden.boxcox)
    expectClose(boxCox(Float64Array.from(golden.skewed), 0.5).values, golden.boxcoxHalf)
  })

  it('needs no transformation for values whose logarithms are symmetric: lambda 0', () => {
    expect(estimateLambda(Float64Array.of(1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8))).toBeCloseTo(0, 12)
  })
})

describe('treatColumn', () => {
  it('applies the fall-back to the original values when Winsorisation is not enough', () => {
    expect(passesOutlierRule(winsorise(wild, 1, rule).values, rule)).toBe(false)
    const treated = treatColumn(wild, winsor(1, 'log'))
    expect(treated).toMatchObject({ applied: 'log', winsorised: [], passedBefore: false })
    expect(treated.values).toEqual(shiftedLog(wild))
    expect(treatColumn(wild, winsor(1, 'boxcox'))).toMatchObject({ applied: 'boxcox', lambda: boxCox(wild, null).lambda })
    expect(treatColumn(wild, winsor(1, 'none'))).toMatchObject({ applied: 'winsorise', passedAfter: false })
  })

  it('leaves alone what keeps the rule or cannot be assessed', () => {
    expect(treatColumn(Float64Array.of(1, 2, 3, 4, 5), winsor(5, 'log'))).toMatchObject({ applied: 'none', passedBefore: true })
    expect(treatColumn(Float64Array.of(1, 2, 900), winsor(5, 'log'))).toMatchObject({ applied: 'none', passedBefore: null })
  })

  it('changes nothing a second time once the rule is kept, and never an order', () => {
    const column = fc.array(fc.oneof(fc.double({ min: -100, max: 100, noNaN: true }), fc.integer({ min: 500, max: 9000 })), {
      minLength: 4,
      maxLength: 40,
    })
    fc.assert(
      fc.property(column, fc.integer({ min: 1, max: 5 }), (list, most) => {
        const once = treatColumn(Float64Array.from(list), winsor(most))
        if (once.passedAfter !== true) return
        expect(treatColumn(once.values, winsor(most)).values).toEqual(once.values)
        list.forEach((value, i) =>
          list.forEach((other, j) => value < other && expect(once.values[i]).toBeLessThanOrEqual(once.values[j] as number)),
        )
      }),
      { numRuns: 100 },
    )
  })
})

describe('treatDataset', () => {
  it('lists every changed value with unit, indicator, before and after, and follows exceptions', () => {
    const values = [...Array.from({ length: 20 }, (_, i) => i), 500, null]
    const dataset = createDataset({ units: values.map((_, i) => `u${i}`), values: { a: values, b: values } })
    const { changed, reports } = treatDataset(dataset, { treatment: winsor(5), treatmentOf: { b: { kind: 'none' } } })
    expect(changed).toEqual([{ unit: 'u20', time: null, indicator: 'a', before: 500, after: 19, by: 'winsorise' }])
    expect(reports.map(({ indicator, applied, passedAfter }) => [indicator, applied, passedAfter])).toEqual([
      ['a', 'winsorise', true],
      ['b', 'none', null],
    ])
  })
})
