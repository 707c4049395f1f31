/**
 * Exact rational numbers. Every published score, bound and rank of a questionnaire is computed with them, so that it
 * is the same on every machine. Always in lowest terms with a positive denominator: equal values are equal objects.
 */
export interface Fraction {
  readonly numerator: bigint
  /** > 0 */
  readonly denominator: bigint
}

export const ZERO: Fraction = { numerator: 0n, denominator: 1n }
export const ONE: Fraction = { numerator: 1n, denominator: 1n }

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER)
const MAX_EXPONENT = 1000
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/
const RATIO = /^([+-]?\d+)\/(\d+)$/

/** Both >= 0. Goes over to machine numbers as soon as they fit: that is where nearly all the time would go. */
function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b > MAX_SAFE) [a, b] = [b, a % b]
  if (b === 0n) return a
  let x = Number(b)
  let y = Number(a % b)
  while (y !== 0) [x, y] = [y, x % y]
  return BigInt(x)
}

/**
 * The fraction numerator / denominator in lowest terms.
 * @param denominator any whole number but 0; default 1
 * @throws {RangeError} when the denominator is 0
 */
export function fraction(numerator: bigint, denominator = 1n): Fraction {
  if (denominator === 0n) throw new RangeError(`${numerator}/0 is not a number: the denominator of a fraction must not be 0.`)
  if (denominator < 0n) return fraction(-numerator, -denominator)
  const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator)
  return divisor === 1n ? { numerator, denominator } : { numerator: numerator / divisor, denominator: denominator / divisor }
}

/**
 * Reads a number exactly as it is written: 0.1 is 1/10, not the nearest binary number. Points and weights are small
 * decimals, and this is what their authors mean; a number is taken as its shortest decimal form.
 * @param value a finite number, or text: a decimal (`0.75`, `-3`, `1e-3`) or a ratio (`2/3`)
 * @throws {RangeError} when it is not finite, not a number, divides by 0, or has an exponent beyond +-1000
 */
export function fractionFrom(value: number | string): Fraction {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return { numerator: BigInt(value), denominator: 1n }
  const text = String(value).trim()
  const ratio = RATIO.exec(text)
  if (ratio !== null) return fraction(BigInt(ratio[1] ?? ''), BigInt(ratio[2] ?? ''))
  const decimal = DECIMAL.exec(text)
  const [, sign = '', whole = '', decimals = '', exponentText = '0'] = decimal ?? []
  const exponent = Number(exponentText) - decimals.length
  if (decimal === null || whole + decimals === '' || Math.abs(exponent) > MAX_EXPONENT) {
    throw new RangeError(`"${text}" is not a number that can be read exactly: write a decimal such as 0.75 or a ratio such as 2/3.`)
  }
  const digits = BigInt(sign === '-' ? `-${whole}${decimals}` : whole + decimals)
  return exponent >= 0 ? fraction(digits * 10n ** BigInt(exponent)) : fraction(digits, 10n ** BigInt(-exponent))
}

/** a + b, exact. */
export function addFractions(a: Fraction, b: Fraction): Fraction {
  if (a.denominator === b.denominator) return fraction(a.numerator + b.numerator, a.denominator)
  return fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
}

/** a - b, exact. */
export function subtractFractions(a: Fraction, b: Fraction): Fraction {
  return addFractions(a, { numerator: -b.numerator, denominator: b.denominator })
}

/** a x b, exact. */
export function multiplyFractions(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator)
}

/**
 * a / b, exact.
 * @throws {RangeError} when b is 0
 */
export function divideFractions(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator, a.denominator * b.numerator)
}

/** Negative when a < b, 0 when equal, positive when a > b; fit for `sort`. */
export function compareFractions(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const left = a.numerator * b.denominator
  const right = b.numerator * a.denominator
  return left < right ? -1 : left > right ? 1 : 0
}

/** Whether a and b are the same number. */
export function equalFractions(a: Fraction, b: Fraction): boolean {
  return a.numerator === b.numerator && a.denominator === b.denominator
}

/**
 * Weighted mean of fractions, exact; null values drop out and the other weights are rescaled.
 * One common denominator and one reduction, instead of one per addition.
 * @param values n fractions; null = not applicable
 * @param weights n whole weights >= 0 in the same order; only their ratios count
 * @returns null when no value with a positive weight is left
 */
export function exactWeightedMean(values: readonly (Fraction | null)[], weights: readonly bigint[]): Fraction | null {
  let numerator = 0n
  let denominator = 1n
  let weightTotal = 0n
  values.forEach((value, i) => {
    const weight = weights[i] ?? 0n
    if (value === null || weight === 0n) return
    weightTotal += weight
    if (denominator % value.denominator !== 0n) {
      const factor = value.denominator / greatestCommonDivisor(denominator, value.denominator)
      numerator *= factor
      denominator *= factor
    }
    numerator += weight * value.numerator * (denominator / value.denominator)
  })
  return weightTotal === 0n ? null : fraction(numerator, denominator * weightTotal)
}

/**
 * Whole numbers in the same ratios as the given weights (0.5, 0.25 -> 2, 1).
 * @param weights finite numbers >= 0, read as decimals (see `fractionFrom`)
 */
export function toWholeWeights(weights: readonly number[]): bigint[] {
  const exact = weights.map(fractionFrom)
  const common = exact.reduce((lcm, w) => (lcm / greatestCommonDivisor(lcm, w.denominator)) * w.denominator, 1n)
  const whole = exact.map((w) => w.numerator * (common / w.denominator))
  const divisor = whole.reduce((gcd, w) => greatestCommonDivisor(gcd, w), 0n)
  return divisor > 1n ? whole.map((w) => w / divisor) : whole
}

function bitLength(value: bigint): number {
  const hex = value.toString(16)
  return 4 * (hex.length - 1) + 32 - Math.clz32(Number.parseInt(hex.charAt(0), 16))
}

/** x times 2 to the power of `exponent`; exact whenever the result is a normal number. */
function scaleByPowerOfTwo(x: number, exponent: number): number {
  let rest = exponent
  for (; rest < -1000; rest += 1000) x *= 2 ** -1000
  for (; rest > 1000; rest -= 1000) x *= 2 ** 1000
  return x * 2 ** rest
}

/**
 * The nearest double (ties to even), as IEEE 754 asks for; below the smallest double it is 0, above the largest +-Infinity.
 * Only for statistics and drawing: never score, compare or rank with the result.
 */
export function fractionToNumber(value: Fraction): number {
  const { numerator, denominator } = value
  if (numerator < 0n) return -fractionToNumber({ numerator: -numerator, denominator })
  // Both are exact doubles, and IEEE division is correctly rounded.
  if (numerator <= MAX_SAFE && denominator <= MAX_SAFE) return Number(numerator) / Number(denominator)
  const magnitude = bitLength(numerator) - bitLength(denominator)
  // 66 bits are kept (13 more than a double has), but none below 2^-1076, two bits under the smallest double.
  const shift = Math.min(66 - magnitude, 1076)
  const scaled = shift >= 0 ? numerator << BigInt(shift) : numerator
  const divisor = shift >= 0 ? denominator : denominator << BigInt(-shift)
  // The last bit also stands for everything below it, so that a tie is only seen where there is one.
  const quotient = scaled / divisor
  const sticky = scaled % divisor === 0n ? quotient : quotient | 1n
  if (shift < 1076) return scaleByPowerOfTwo(Number(sticky), -shift)
  return roundToSmallestStep(sticky)
}

/** Value given in steps of 2^-1076; the doubles nearest to 0 lie 2^-1074 apart, further up the steps are coarser. */
function roundToSmallestStep(steps: bigint): number {
  if (steps >= 1n << 54n) return scaleByPowerOfTwo(Number(steps), -1076)
  const whole = steps >> 2n
  const rest = steps & 3n
  const up = rest > 2n || (rest === 2n && (whole & 1n) === 1n)
  return scaleByPowerOfTwo(Number(up ? whole + 1n : whole), -1074)
}

/** Text `n/d` in lowest terms, always with a denominator (`3/1`), as the published bundle and the recomputation print it. */
export function fractionToString(value: Fraction): string {
  return `${value.numerator}/${value.denominator}`
}

/**
 * Rounds once, for display: to the nearest decimal, a half away from zero (the "half up" of accounting, so that a
 * loss rounds like a gain). The text has a point and exactly so many decimals; languages are the caller's matter.
 * @param decimals 0-30, a whole number
 * @throws {RangeError} when `decimals` is not
 */
export function roundHalfUp(value: Fraction, decimals: number): string {
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 30) {
    throw new RangeError(`${decimals} decimals cannot be shown: give a whole number from 0 to 30.`)
  }
  const magnitude = value.numerator < 0n ? -value.numerator : value.numerator
  const doubled = 2n * magnitude * 10n ** BigInt(decimals)
  const rounded = (doubled + value.denominator) / (2n * value.denominator)
  const digits = rounded.toString().padStart(decimals + 1, '0')
  const sign = value.numerator < 0n && rounded !== 0n ? '-' : ''
  const whole = digits.slice(0, digits.length - decimals)
  return decimals === 0 ? sign + whole : `${sign}${whole}.${digits.slice(digits.length - decimals)}`
}
