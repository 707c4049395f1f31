import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addFractions,
  compareFractions,
  divideFractions,
  equalFractions,
  exactWeightedMean,
  type Fraction,
  fraction,
  fractionFrom,
  fractionToNumber,
  fractionToString,
  multiplyFractions,
  roundHalfUp,
  subtractFractions,
  toWholeWeights,
} from './fraction.ts'

const anyFraction = fc.tuple(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.bigInt(1n, 10n ** 30n)).map(([n, d]) => fraction(n, d))

describe('reading a number exactly', () => {
  it('reads decimals as they are written, not as binary numbers', () => {
    expect(fractionToString(fractionFrom(0.1))).toBe('1/10')
    expect(fractionToString(fractionFrom('-2.50'))).toBe('-5/2')
    expect(fractionToString(fractionFrom('.75'))).toBe('3/4')
    expect(fractionToString(fractionFrom(1e-7))).toBe('1/10000000')
    expect(fractionToString(fractionFrom('12e2'))).toBe('1200/1')
    expect(fractionToString(fractionFrom(-0))).toBe('0/1')
    expect(fractionToString(fractionFrom('-0.5e1'))).toBe('-5/1')
  })

  it('reads a ratio and reduces it', () => {
    expect(fractionFrom('-6/4')).toEqual(fraction(-3n, 2n))
  })

  it('keeps the sign in the numerator', () => {
    expect(fraction(3n, -6n)).toEqual({ numerator: -1n, denominator: 2n })
    expect(fraction(0n, -6n)).toEqual({ numerator: 0n, denominator: 1n })
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '', '.', '-', '1,5', '0x10', '1e5000', '1/-2', 'two'])(
    'refuses %s and names it',
    (value) => {
      expect(() => fractionFrom(value)).toThrow(RangeError)
      expect(() => fractionFrom(value)).toThrow(`"${String(value)}"`)
    },
  )

  it('refuses a denominator of 0', () => {
    expect(() => fractionFrom('1/0')).toThrow('denominator')
    expect(() => divideFractions(fraction(1n), fraction(0n))).toThrow(RangeError)
  })
})

describe('arithmetic', () => {
  it('adds, subtracts, multiplies and divides exactly', () => {
    const [sixth, tenth] = [fraction(1n, 6n), fraction(1n, 10n)]
    expect(fractionToString(addFractions(sixth, tenth))).toBe('4/15') // 5/30 + 3/30 = 8/30
    expect(fractionToString(subtractFractions(tenth, sixth))).toBe('-1/15')
    expect(fractionToString(multiplyFractions(sixth, tenth))).toBe('1/60')
    expect(fractionToString(divideFractions(sixth, tenth))).toBe('5/3')
    expect(fractionToString(addFractions(fractionFrom(0.1), fractionFrom(0.2)))).toBe('3/10')
  })

  it('compares numbers that no double can tell apart', () => {
    const large = 10n ** 40n
    expect(compareFractions(fraction(large, large + 1n), fraction(large + 1n, large + 2n))).toBe(-1)
    expect(compareFractions(fraction(2n, 3n), fraction(4n, 6n))).toBe(0)
    expect(equalFractions(fraction(2n, 3n), fraction(4n, 6n))).toBe(true)
  })

  it('always gives lowest terms and undoes what it did', () => {
    fc.assert(
      fc.property(anyFraction, anyFraction, (a, b) => {
        expect(subtractFractions(addFractions(a, b), b)).toEqual(a)
        if (b.numerator !== 0n) expect(multiplyFractions(divideFractions(a, b), b)).toEqual(a)
        expect(Math.sign(Number(subtractFractions(a, b).numerator))).toBe(compareFractions(a, b))
      }),
    )
  })
})

describe('weighted mean', () => {
  it('rescales over missing values', () => {
    // (1/2 x 1 + 1/3 x 2) / 3 = (3/6 + 4/6) / 3 = 7/18; the missing value's weight 5 is not counted
    expect(exactWeightedMean([fraction(1n, 2n), null, fraction(1n, 3n)], [1n, 5n, 2n])).toEqual(fraction(7n, 18n))
  })

  it('is missing when no value with a positive weight is left', () => {
    expect(exactWeightedMean([null, fraction(1n)], [1n, 0n])).toBeNull()
    expect(exactWeightedMean([], [])).toBeNull()
  })

  it('turns decimal weights into whole ones in the same ratios', () => {
    expect(toWholeWeights([0.5, 0.25, 1.75, 0])).toEqual([2n, 1n, 7n, 0n])
    expect(toWholeWeights([300, 100])).toEqual([3n, 1n])
    expect(toWholeWeights([0, 0])).toEqual([0n, 0n])
  })
})

describe('the nearest double', () => {
  it.each<[string, number]>([
    ['1/3', 1 / 3],
    ['-200/3', -200 / 3],
    ['0/1', 0],
    // Halfway between 2^53 and 2^53 + 2: to even, down; a little more than half: up.
    ['9007199254740993/1', 9007199254740992],
    [`${9007199254740993n * 10n ** 30n + 1n}/${10n ** 30n}`, 9007199254740994],
    // Halfway between 2^53 + 2 and 2^53 + 4: to even, up.
    ['9007199254740995/1', 9007199254740996],
    [`1/${2n ** 1074n}`, Number.MIN_VALUE],
    [`1/${2n ** 1075n}`, 0], // half of the smallest double: to even, 0
    [`3/${2n ** 1075n}`, 2 * Number.MIN_VALUE], // 1.5 steps: to even, 2 steps
    [`${2n ** 60n + 1n}/${2n ** 1135n}`, Number.MIN_VALUE], // a little more than half: up
    [`${2n ** 1024n - 2n ** 970n}/1`, Number.POSITIVE_INFINITY], // halfway beyond the largest double
    [`${2n ** 1024n - 2n ** 970n - 1n}/1`, Number.MAX_VALUE],
  ])('of %s', (text, expected) => {
    expect(fractionToNumber(fractionFrom(text))).toBe(expected)
  })

  it('gives back every decimal that JavaScript prints', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(fractionToNumber(fractionFrom(x))).toBe(x === 0 ? 0 : x)
      }),
      { numRuns: 500 },
    )
  })

  it('is never further away than a neighbouring double', () => {
    const distance = (value: Fraction, x: number) => {
      const { numerator, denominator } = subtractFractions(value, exactDouble(x))
      return fraction(numerator < 0n ? -numerator : numerator, denominator)
    }
    fc.assert(
      fc.property(anyFraction, (value) => {
        const x = fractionToNumber(value)
        const step = Math.max(Math.abs(x) * 2 ** -52, Number.MIN_VALUE)
        for (const other of [x - step, x + step, x - step / 2, x + step / 2]) {
          expect(compareFractions(distance(value, x), distance(value, other))).toBeLessThanOrEqual(0)
        }
      }),
    )
  })
})

/** The exact value of a double: doubled until it is whole. */
function exactDouble(x: number): Fraction {
  let halvings = 0n
  while (!Number.isInteger(x)) {
    x *= 2
    halvings += 1n
  }
  return fraction(BigInt(x), 2n ** halvings)
}

describe('rounding for display', () => {
  it.each<[string, number, string]>([
    ['200/3', 1, '66.7'],
    ['1/20', 1, '0.1'], // 0.05: half up
    ['-1/20', 1, '-0.1'], // a loss rounds like a gain
    ['-1/21', 1, '0.0'], // -0.0476: never "-0.0"
    ['49999999999999999999/1000000000000000000000', 1, '0.0'], // a hair under 0.05, which as a double is 0.05
    ['1999/20', 1, '100.0'], // 99.95
    ['5/2', 0, '3'],
    ['7/1', 2, '7.00'],
    ['1/1000', 2, '0.00'],
  ])('%s to %i decimals is %s', (value, decimals, expected) => {
    expect(roundHalfUp(fractionFrom(value), decimals)).toBe(expected)
  })

  it('refuses decimals that are no number of digits', () => {
    expect(() => roundHalfUp(fraction(1n), -1)).toThrow(RangeError)
    expect(() => roundHalfUp(fraction(1n), 1.5)).toThrow('1.5 decimals')
  })
})
