/** Least and greatest of the values that are not NaN; infinite when there is none. */
export function rangeOf(values: Float64Array): { readonly min: number; readonly max: number } {
  let [min, max] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  return { min, max }
}

/**
 * ln(x - min + 0.01 (max - min)): the logarithm for indicators of any sign and unit. It keeps the order of the values,
 * and a change of unit only adds a constant, so that min-max and z-scores after it do not depend on units.
 * @param values NaN = missing, stays NaN; not all equal
 * @see log_CT() of COINr, after the COIN tool of the JRC
 */
export function shiftedLog(values: Float64Array): Float64Array {
  const { min, max } = rangeOf(values)
  return values.map((value) => Math.log(value - min + 0.01 * (max - min)))
}

/**
 * Box-Cox transformation of z = (x - min) / (max - min) + 0.01, which is positive and free of units:
 * (z^lambda - 1) / lambda, or ln z for lambda 0. Keeps the order of the values for every lambda.
 * @param values NaN = missing, stays NaN; not all equal
 * @param lambda null: the maximum-likelihood estimate of `estimateLambda`
 * @returns the transformed values and the lambda that was used
 * @see Box and Cox (1964), Journal of the Royal Statistical Society B 26, 211-252
 */
export function boxCox(values: Float64Array, lambda: number | null): { readonly values: Float64Array; readonly lambda: number } {
  const { min, max } = rangeOf(values)
  const positive = values.map((value) => (value - min) / (max - min) + 0.01)
  const used = lambda ?? estimateLambda(positive.filter((value) => !Number.isNaN(value)))
  return { values: positive.map((value) => power(value, used)), lambda: used }
}

/** (z^lambda - 1) / lambda; by expm1, so that it runs smoothly into ln z at lambda 0. */
function power(z: number, lambda: number): number {
  const log = Math.log(z)
  return lambda === 0 ? log : Math.expm1(lambda * log) / lambda
}

/**
 * Maximum-likelihood lambda within -5 to 5: the root of the derivative of the profile log-likelihood
 * -n/2 ln(var(y)) + (lambda - 1) sum(ln z), by bisection to the last bit (a maximiser would stop at half the digits).
 * @param values positive, no missing values, not all equal
 */
export function estimateLambda(values: Float64Array): number {
  const logs = values.map(Math.log)
  let [low, high] = [-5, 5]
  if (slope(logs, low) <= 0) return low
  if (slope(logs, high) >= 0) return high
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (slope(logs, middle) > 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Derivative of the profile log-likelihood at lambda, divided by n: mean ln z - cov(y, dy/dlambda) / var(y). */
function slope(logs: Float64Array, lambda: number): number {
  const n = logs.length
  const y = logs.map((log) => (lambda === 0 ? log : Math.expm1(lambda * log) / lambda))
  const dy = logs.map((log) => log * log * slopeOfPower(lambda * log))
  const mean = (list: Float64Array) => list.reduce((sum, value) => sum + value, 0) / n
  const [meanY, meanDy] = [mean(y), mean(dy)]
  let [covariance, variance] = [0, 0]
  for (let i = 0; i < n; i++) {
    const deviation = (y[i] as number) - meanY
    covariance += deviation * ((dy[i] as number) - meanDy)
    variance += deviation * deviation
  }
  return mean(logs) - covariance / variance
}

/** (t e^t - e^t + 1) / t^2, the derivative of (z^lambda - 1) / lambda divided by (ln z)^2, with t = lambda ln z; by its series near 0, where the difference would lose its digits. */
function slopeOfPower(t: number): number {
  if (Math.abs(t) > 0.5) return (t * Math.exp(t) - Math.expm1(t)) / (t * t)
  let [sum, term] = [0, 1]
  for (let k = 0; k < 20; k++) {
    term = k === 0 ? 1 / 2 : (term * t) / (k + 2)
    sum += term * (k + 1)
  }
  return sum
}
