import { describe, expect, it } from 'vitest'
import golden from '../golden/chain.json' with { type: 'json' }
import { measureShape } from './moments.ts'

describe('measureShape', () => {
  it('gives skewness and kurtosis of type 2 as e1071 in R does (golden/chain.R)', () => {
    for (const [code, [skewness, kurtosis]] of Object.entries(golden.shape)) {
      const shape = measureShape(Float64Array.from(golden.imputed[code as 'a']))
      expect(shape?.skewness).toBeCloseTo(skewness as number, 12)
      expect(shape?.kurtosis).toBeCloseTo(kurtosis as number, 12)
    }
  })

  it('leaves missing values out', () => {
    expect(measureShape(Float64Array.of(1, NaN, 2, 3, 9, NaN))).toEqual(measureShape(Float64Array.of(1, 2, 3, 9)))
  })

  it('says nothing about fewer than four values or equal ones', () => {
    expect(measureShape(Float64Array.of(1, 2, 3, NaN))).toBeNull()
    expect(measureShape(Float64Array.of(0.1, 0.1, 0.1, 0.1, 0.1))).toBeNull()
  })
})
