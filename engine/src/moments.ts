/**
 * Skewness and excess kurtosis with the sample corrections of "type 2" (as in SAS, SPSS and Excel):
 * G1 = g1 sqrt(n (n - 1)) / (n - 2) and G2 = ((n + 1) g2 + 6) (n - 1) / ((n - 2) (n - 3)),
 * where g1 = m3 / m2^(3/2), g2 = m4 / m2^2 - 3 and m are central moments with divisor n.
 * @param values any number of values, NaN = missing, left out
 * @returns null when fewer than four values are present or all are equal: then neither is defined
 * @see Joanes and Gill (1998), The Statistician 47, 183-189; type = 2 of skewness() and kurtosis() in R's e1071
 */
export function measureShape(values: Float64Array): { readonly skewness: number; readonly kurtosis: number } | null {
  const present = values.filter((value) => !Number.isNaN(value))
  const n = present.length
  if (n < 4 || present.every((value) => value === present[0])) return null
  let sum = 0
  for (const value of present) sum += value
  const mean = sum / n
  let [m2, m3, m4] = [0, 0, 0]
  for (const value of present) {
    const deviation = value - mean
    const square = deviation * deviation
    m2 += square
    m3 += square * deviation
    m4 += square * square
  }
  if (m2 === 0) return null
  const g1 = (Math.sqrt(n) * m3) / (m2 * Math.sqrt(m2))
  const g2 = (n * m4) / (m2 * m2) - 3
  return {
    skewness: (g1 * Math.sqrt(n * (n - 1))) / (n - 2),
    kurtosis: (((n + 1) * g2 + 6) * (n - 1)) / ((n - 2) * (n - 3)),
  }
}
