/** Lanczos coefficients for g = 607/128 (Godfrey 2001; Press et al., Numerical Recipes, 3rd ed., section 6.1). */
const lanczos = [
  57.1562356658629235, -59.5979603554754912, 14.1360979747417471, -0.491913816097620199, 0.339946499848118887e-4, 0.465236289270485756e-4,
  -0.983744753048795646e-4, 0.158088703224912494e-3, -0.210264441724104883e-3, 0.217439618115212643e-3, -0.16431810653676389e-3,
  0.844182239838527433e-4, -0.261908384015814087e-4, 0.368991826595316234e-5,
]

const epsilon = 3e-16
const tiny = 1e-300
const mostTerms = 10_000

/**
 * Natural logarithm of the gamma function.
 * @param x > 0
 * @returns ln Gamma(x), relative error below 1e-13 away from its zeros at 1 and 2
 * @throws {RangeError} when x is not positive
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma of ${x}: give a number above 0`)
  const shifted = x + 671 / 128
  let series = 0.999999999999997092
  lanczos.forEach((coefficient, i) => (series += coefficient / (x + 1 + i)))
  return (x + 0.5) * Math.log(shifted) - shifted + Math.log((2.5066282746310005 * series) / x)
}

/**
 * P(X > x) of a chi-square distribution: the regularised upper incomplete gamma function Q(df / 2, x / 2).
 * @param x  statistic, >= 0
 * @param df degrees of freedom, > 0
 * @returns 0 to 1
 * @throws {RangeError} when x is negative or df is not positive
 */
export function chiSquareUpperTail(x: number, df: number): number {
  if (!(x >= 0) || !(df > 0)) throw new RangeError(`Chi-square of ${x} with ${df} degrees of freedom: x >= 0, df > 0`)
  const shape = df / 2
  const half = x / 2
  if (half === 0) return 1
  if (half === Infinity) return 0
  const front = Math.exp(shape * Math.log(half) - half - logGamma(shape))
  return half < shape + 1 ? 1 - front * lowerSeries(shape, half) : front * upperFraction(shape, half)
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape
  let total = term
  for (let n = 1; n < mostTerms && term > total * epsilon; n++) {
    term *= x / (shape + n)
    total += term
  }
  return total
}

/** Lentz's method for the continued fraction of the upper incomplete gamma function. */
function upperFraction(shape: number, x: number): number {
  let b = x + 1 - shape
  let c = 1 / tiny
  let d = 1 / b
  let h = d
  for (let i = 1; i < mostTerms; i++) {
    const a = -i * (i - shape)
    b += 2
    d = 1 / nonZero(a * d + b)
    c = nonZero(b + a / c)
    h *= d * c
    if (Math.abs(d * c - 1) < epsilon) break
  }
  return h
}

function nonZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value
}

/**
 * P(X > x) of an F distribution.
 * @param x   statistic, >= 0
 * @param df1 degrees of freedom of the numerator, > 0
 * @param df2 degrees of freedom of the denominator, > 0
 * @returns 0 to 1
 * @throws {RangeError} when x is negative or a number of degrees of freedom is not positive
 */
export function fUpperTail(x: number, df1: number, df2: number): number {
  if (!(x >= 0) || !(df1 > 0) || !(df2 > 0)) {
    throw new RangeError(`F of ${x} with ${df1} and ${df2} degrees of freedom: x >= 0, both above 0`)
  }
  if (x === Infinity) return 0
  return betaRatio(df2 / (df2 + df1 * x), (df1 * x) / (df2 + df1 * x), df2 / 2, df1 / 2)
}

/**
 * Quantile of an F distribution, by bisection on the logarithm.
 * @param share lower-tail probability, strictly between 0 and 1
 * @param df1   degrees of freedom of the numerator, > 0
 * @param df2   degrees of freedom of the denominator, > 0
 * @returns x > 0 with P(X <= x) = share
 * @throws {RangeError} when share is not strictly between 0 and 1
 */
export function fQuantile(share: number, df1: number, df2: number): number {
  if (!(share > 0 && share < 1)) throw new RangeError(`F quantile of ${share}: give a share strictly between 0 and 1`)
  let low = -700
  let high = 700
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (fUpperTail(Math.exp(middle), df1, df2) > 1 - share) low = middle
    else high = middle
  }
  return Math.exp((low + high) / 2)
}

/** Regularised incomplete beta function I_x(a, b) with y = 1 - x given separately, so that neither is cancelled. */
function betaRatio(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (y <= 0) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(y))
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a
  return 1 - (front * betaFraction(y, b, a)) / b
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1))
  let h = d
  for (let m = 1; m < mostTerms; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d)
    c = nonZero(1 + even / c)
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d)
    c = nonZero(1 + odd / c)
    h *= d * c
    if (Math.abs(d * c - 1) < epsilon) break
  }
  return h
}
