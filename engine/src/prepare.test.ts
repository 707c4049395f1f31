import { describe, expect, it } from 'vitest'
import golden from '../golden/chain.json' with { type: 'json' }
import { measureAvailability, screenUnits } from './availability.ts'
import { createDataset, selectUnits, toNullable } from './dataset.ts'
import { denominate } from './denominate.ts'
import type { Framework } from './framework.ts'
import { imputeMissing } from './impute.ts'
import { prepareData } from './prepare.ts'

const framework: Framework = {
  elements: [
    ...['a', 'b', 'c'].map((code) => ({ code, level: 1, parent: 'P', weight: 1, direction: code === 'c' ? -1 : 1 }) as const),
    ...['d', 'e', 'f'].map((code) => ({ code, level: 1, parent: 'Q', weight: 1, direction: 1 }) as const),
    { code: 'P', level: 2, parent: 'I', weight: 1, direction: 1 },
    { code: 'Q', level: 2, parent: 'I', weight: 1, direction: 1 },
    { code: 'I', level: 3, parent: null, weight: 1, direction: 1 },
  ],
}
const dataset = createDataset({
  units: golden.data.units,
  values: golden.data.values,
  denominators: { size: golden.data.size },
  groups: { region: golden.data.groups },
})

describe('createDataset', () => {
  it('refuses a column of another length, a number that is not finite and a unit that stands twice', () => {
    expect(() => createDataset({ units: ['x', 'y'], values: { a: [1] } })).toThrow(/"a" has 1 entries for 2 units/)
    expect(() => createDataset({ units: ['x'], values: { a: [NaN] } })).toThrow(/"a" of unit "x" is NaN/)
    expect(() => createDataset({ units: ['x', 'x'], values: { a: [1, 2] } })).toThrow(/Unit "x" stands twice/)
    expect(createDataset({ units: ['x', 'x'], times: ['2019', '2020'], values: { a: [1, 2] } }).units).toEqual(['x', 'x'])
  })

  it('picks units with everything that belongs to them', () => {
    const picked = selectUnits(dataset, [2, 0])
    expect(picked).toMatchObject({ units: ['u03', 'u01'], times: null })
    expect([...(picked.columns[1] as Float64Array)]).toEqual([47, 52])
    expect(picked.groups.get('region')).toEqual(['east', 'north'])
    expect([...(picked.denominators.get('size') as Float64Array)]).toEqual([8, 10])
  })
})

describe('denominate', () => {
  it('divides by the named size and leaves the other indicators alone', () => {
    const { columns } = denominate(dataset, { a: 'size' })
    expect(toNullable(columns[0] as Float64Array).slice(0, 3)).toEqual([0.31, 4.7 / 25, null])
    expect(columns[1]).toBe(dataset.columns[1])
  })

  it('makes a gap where the size is missing, and names a size that is not above 0 or does not exist', () => {
    const make = (size: (number | null)[]) => createDataset({ units: ['x', 'y'], values: { a: [1, 2] }, denominators: { size } })
    expect(toNullable(denominate(make([null, 4]), { a: 'size' }).columns[0] as Float64Array)).toEqual([null, 0.5])
    expect(() => denominate(make([1, 0]), { a: 'size' })).toThrow(/"size" of unit "y" is 0/)
    expect(() => denominate(make([1, 2]), { a: 'area' })).toThrow(/"a" is divided by "area"/)
    expect(() => denominate(make([1, 2]), { z: 'size' })).toThrow(/no indicator "z"/)
  })
})

describe('measureAvailability and screenUnits', () => {
  it('counts what is there per unit, element and indicator', () => {
    // u03 lacks a, u05 lacks b, u06 lacks c, u12 lacks d; each has 5 of 6
    const availability = measureAvailability(dataset, framework)
    expect(availability.byUnit.map((share) => Math.round(share * 6))).toEqual([6, 6, 5, 6, 5, 5, 6, 6, 6, 6, 6, 5])
    expect(availability.byElement.get('P')?.[2]).toBeCloseTo(2 / 3, 15)
    expect(availability.byElement.get('Q')?.[2]).toBe(1)
    expect(availability.byIndicator.get('a')).toBeCloseTo(11 / 12, 15)
  })

  it('keeps a unit that just reaches the limit and leaves out the one below', () => {
    const availability = measureAvailability(dataset, framework)
    expect(screenUnits(dataset, availability, 5 / 6).dropped).toEqual([])
    const { dataset: rest, kept, dropped } = screenUnits(dataset, availability, 0.84)
    expect(dropped).toEqual([2, 4, 5, 11])
    expect(kept).toHaveLength(8)
    expect(rest.units).not.toContain('u03')
    expect(() => screenUnits(dataset, availability, 1.5)).toThrow(/1.5 is not a share/)
  })
})

describe('imputeMissing', () => {
  it('takes group means as R does, and flags every one (golden/chain.R)', () => {
    const {
      dataset: filled,
      imputed,
      stillMissing,
    } = imputeMissing(denominate(dataset, { a: 'size' }), framework, { kind: 'groupMean', group: 'region' })
    filled.indicators.forEach((code, i) =>
      filled.columns[i]?.forEach((value, unit) => expect(value).toBeCloseTo(golden.imputed[code as 'a'][unit] as number, 12)),
    )
    expect(imputed.map(({ unit, indicator }) => `${unit}/${indicator}`)).toEqual(['u03/a', 'u05/b', 'u06/c', 'u12/d'])
    expect(stillMissing).toEqual([])
  })

  it('takes mean and median over all units, and group medians', () => {
    const small = createDataset({
      units: ['p', 'q', 'r', 's', 't'],
      values: { a: [1, 2, 9, 40, null] },
      groups: { g: ['n', 'n', 's', 's', 'n'], h: ['n', 'n', 's', 's', null], k: ['n', 'n', 's', 's', 'w'] },
    })
    const last = (imputation: Parameters<typeof imputeMissing>[2]) =>
      toNullable(imputeMissing(small, framework, imputation).dataset.columns[0] as Float64Array)[4]
    expect(last({ kind: 'none' })).toBeNull()
    expect(last({ kind: 'mean' })).toBe(13)
    expect(last({ kind: 'median' })).toBe(5.5)
    expect(last({ kind: 'groupMedian', group: 'g' })).toBe(1.5)
    expect(last({ kind: 'groupMean', group: 'h' })).toBeNull() // no group of its own
    expect(imputeMissing(small, framework, { kind: 'groupMean', group: 'k' }).stillMissing).toEqual([
      { unit: 't', time: null, indicator: 'a' },
    ])
    expect(() => last({ kind: 'groupMean', group: 'x' })).toThrow(/no group column "x" \(there are: "g", "h", "k"\)/)
  })

  it('takes the mean of the siblings on their own scales, brought back to the indicator (golden/chain.R)', () => {
    const { dataset: filled } = imputeMissing(dataset, framework, { kind: 'row' })
    expect(filled.columns[3]?.[11]).toBeCloseTo(golden.rowImputed_d12, 12)
    // c (less is better, 0.7 to 9.5) of u06 from a and b: a 2.9 is the least of 2.9-60, b 58 is (58 - 47) / 26; the mean share is 0.2115
    expect(filled.columns[2]?.[5]).toBeCloseTo(0.7 + (1 - 11 / 26 / 2) * 8.8, 12)
  })
})

describe('prepareData', () => {
  it('measures availability and screens before it imputes, so that estimates decide nothing', () => {
    const {
      dataset: ready,
      kept,
      screened,
      imputed,
      availability,
    } = prepareData(dataset, framework, {
      denomination: { a: 'size' },
      screening: { minAvailability: 0.9 },
      imputation: { kind: 'mean' },
    })
    expect(ready.units).toHaveLength(8)
    expect(kept).toEqual([0, 1, 3, 6, 7, 8, 9, 10])
    expect(screened.map(({ unit }) => unit)).toEqual(['u03', 'u05', 'u06', 'u12'])
    expect(imputed).toEqual([])
    expect(availability.byUnit).toHaveLength(12)
  })
})
