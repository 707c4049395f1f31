import { Matrix, solve } from 'ml-matrix'
import { completeRows, presentValues, type UnitMatrix } from './unit-matrix.ts'

/**
 * Weights with which every element is as strongly correlated with the weighted mean as its importance says, as nearly as
 * weights >= 0 allow. With C the covariances, s the standard deviations and t the importances (sum 1), the correlations
 * of the elements with the mean are proportional to r = Cw / s; the weights minimise sum((r / sum(r) - t)^2). As r is
 * linear in w and its scale is free, this is a convex quadratic programme (minimise |Rw - t|^2 with sum(Rw) = 1, w >= 0),
 * solved exactly by an active-set method: one answer, no starting point, no tolerance to choose.
 * @param matrix      n units x p elements on the scale that is averaged; null = missing, units with a gap are left out
 * @param codes       p codes, for messages
 * @param importances p numbers > 0; only their ratios count
 * @returns p weights >= 0, sum 1; 0 for an element that no positive weight could bring down to its share
 * @throws {RangeError} when an importance is not positive, an element is constant, or the elements are linearly
 *   dependent (as they are when there are not more complete units than elements)
 * @see Paruolo, Saisana and Saltelli (2013), JRSS A 176, 609-634; Becker et al. (2017), Ecological Indicators 80, 12-22;
 *   get_opt_weights(optype = "balance") of COINr, which iterates and may return negative weights
 */
export function balanceWeights(matrix: UnitMatrix, codes: readonly string[], importances: readonly number[]): number[] {
  const bad = importances.findIndex((importance) => !(importance > 0 && Number.isFinite(importance)))
  if (bad >= 0) throw new RangeError(`The importance of "${codes[bad]}" is ${importances[bad]}: give a number above 0`)
  if (codes.length === 1) return [1]
  const total = importances.reduce((sum, importance) => sum + importance, 0)
  const response = correlationResponse(matrix, codes)
  const weights = leastSquaresOnSimplex(
    response,
    importances.map((importance) => importance / total),
  )
  const sum = weights.reduce((all, weight) => all + weight, 0)
  return weights.map((weight) => weight / sum)
}

/** R with R[i][j] = cov(i, j) / sd(i): Rw is proportional to the correlations with the weighted mean. */
function correlationResponse(matrix: UnitMatrix, codes: readonly string[]): Matrix {
  const { rows } = completeRows(matrix)
  if (rows.length <= codes.length) {
    throw new RangeError(
      `${rows.length} units without a gap for the ${codes.length} elements ${codes.join(', ')}: balanced weights need more units than elements`,
    )
  }
  const centred = codes.map((_, element) => {
    const values = presentValues(rows.map((row) => row[element] as number))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return values.map((value) => value - mean)
  })
  const covariance = (a: number, b: number) =>
    (centred[a] as number[]).reduce((sum, value, i) => sum + value * (centred[b]?.[i] as number), 0) / (rows.length - 1)
  const deviations = codes.map((code, element) => {
    const deviation = Math.sqrt(covariance(element, element))
    if (!(deviation > 0))
      throw new RangeError(`"${code}" has the same score for all units: it cannot correlate with anything; leave it out`)
    return deviation
  })
  const covariances = codes.map((_, a) => codes.map((__, b) => covariance(a, b)))
  checkIndependence(
    covariances.map((row, a) => row.map((value, b) => value / ((deviations[a] as number) * (deviations[b] as number)))),
    codes,
  )
  return new Matrix(covariances.map((row, a) => row.map((value) => value / (deviations[a] as number))))
}

/** Cholesky steps on the correlations: what is left of an element's variance once those before it are taken out must not vanish. */
function checkIndependence(correlations: readonly (readonly number[])[], codes: readonly string[]): void {
  const factor: number[][] = []
  correlations.forEach((row, i) => {
    const own: number[] = []
    for (let j = 0; j < i; j++) {
      const other = factor[j] as number[]
      own.push(((row[j] as number) - own.reduce((sum, value, k) => sum + value * (other[k] as number), 0)) / (other[j] as number))
    }
    const left = 1 - own.reduce((sum, value) => sum + value * value, 0)
    if (left < 1e-10)
      throw new RangeError(
        `"${codes[i]}" is linearly dependent on ${codes.slice(0, i).join(', ')}: balanced weights are not unique; leave one of them out`,
      )
    factor.push([...own, Math.sqrt(left)])
  })
}

/** Primal active-set method for: minimise |Rw - t|^2 subject to sum(Rw) = 1 and w >= 0; R is regular. */
function leastSquaresOnSimplex(response: Matrix, target: readonly number[]): number[] {
  const p = target.length
  const normal = response.transpose().mmul(response)
  const pull = response
    .transpose()
    .mmul(Matrix.columnVector([...target]))
    .to1DArray()
  const columnSums = response.sum('column')
  const start = columnSums.indexOf(Math.max(...columnSums))
  let weights = target.map((_, i) => (i === start ? 1 / (columnSums[start] as number) : 0))
  const free = new Set([start])
  for (let step = 0; step < 100 * p; step++) {
    const wanted = equalityOptimum(normal, pull, columnSums, [...free])
    const share = stepLength(weights, wanted.weights, free)
    weights = weights.map((weight, i) => (free.has(i) ? weight + share * ((wanted.weights[i] as number) - weight) : 0))
    if (share < 1) {
      const blocked = [...free].filter((i) => (wanted.weights[i] as number) < 0 && (weights[i] as number) <= 1e-14)
      for (const i of blocked) {
        weights[i] = 0
        free.delete(i)
      }
      continue
    }
    const released = mostWanted(normal, pull, columnSums, weights, wanted.multiplier, free)
    if (released === null) return weights
    free.add(released)
  }
  throw new RangeError('Balanced weights were not found: the elements are all but linearly dependent; leave one of them out')
}

/** Best weights when those outside `free` are 0 and the others may have any sign. */
function equalityOptimum(normal: Matrix, pull: readonly number[], columnSums: readonly number[], free: readonly number[]) {
  const system = new Matrix([
    ...free.map((i) => [...free.map((j) => normal.get(i, j)), columnSums[i] as number]),
    [...free.map((i) => columnSums[i] as number), 0],
  ])
  const answer = solve(system, Matrix.columnVector([...free.map((i) => pull[i] as number), 1])).to1DArray()
  const weights = pull.map(() => 0)
  free.forEach((i, position) => (weights[i] = answer[position] as number))
  return { weights, multiplier: answer[free.length] as number }
}

/** How far from the weights to the wanted ones before a weight becomes negative, 0-1. */
function stepLength(weights: readonly number[], wanted: readonly number[], free: ReadonlySet<number>): number {
  let share = 1
  for (const i of free) {
    const [from, to] = [weights[i] as number, wanted[i] as number]
    if (to < 0) share = Math.min(share, from / (from - to))
  }
  return share
}

/** The element at 0 whose weight would lower the objective most; null at the optimum. */
function mostWanted(
  normal: Matrix,
  pull: readonly number[],
  columnSums: readonly number[],
  weights: readonly number[],
  multiplier: number,
  free: ReadonlySet<number>,
): number | null {
  let best: number | null = null
  let steepest = -1e-12
  weights.forEach((_, i) => {
    if (free.has(i)) return
    const slope =
      weights.reduce((sum, weight, j) => sum + normal.get(i, j) * weight, 0) - (pull[i] as number) + multiplier * (columnSums[i] as number)
    if (slope < steepest) [best, steepest] = [i, slope]
  })
  return best
}
