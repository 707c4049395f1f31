import { ShapeError } from './errors.ts'

/** Rounding below which a reduced cost or a pivot counts as zero; the programmes here have entries around 1. */
const TINY = 1e-11

/**
 * Maximise objective . x subject to rows . x <= limits and x >= 0, by the simplex method from the origin. Written by
 * hand because it has to be exact to 1e-9 (solvers that round their answers to 1e-8 are not) and because limits >= 0
 * make the origin a start, so that no first phase is needed.
 * @param objective m coefficients
 * @param rows      k rows of m coefficients, best scaled to about 1
 * @param limits    k numbers, each >= 0
 * @returns the greatest value and one x that reaches it
 * @throws {ShapeError} when the sizes differ; {RangeError} when a limit is negative or the value has no upper bound
 * @see Dantzig (1963), Linear Programming and Extensions; Bland (1977) for the rule that ends every run
 */
export function maximiseLinear(
  objective: readonly number[],
  rows: readonly (readonly number[])[],
  limits: readonly number[],
): { readonly value: number; readonly solution: readonly number[] } {
  const m = objective.length
  if (rows.length !== limits.length || rows.some((row) => row.length !== m)) {
    throw new ShapeError(`A linear programme with ${m} variables needs rows of ${m} coefficients and one limit per row`)
  }
  if (limits.some((limit) => !(limit >= 0))) throw new RangeError('A linear programme that starts at the origin needs limits of at least 0')
  // Last column: limits; last row: negated objective. basis[r] < m: a variable, otherwise the slack of row basis[r] - m.
  const tableau = [...rows.map((row, r) => Float64Array.of(...row, limits[r] as number)), Float64Array.of(...objective.map((c) => -c), 0)]
  const basis = rows.map((_, r) => m + r)
  const outside = objective.map((_, c) => c)
  for (;;) {
    const column = enteringColumn(tableau[rows.length] as Float64Array, outside)
    if (column < 0) break
    const row = leavingRow(tableau, column, basis)
    if (row < 0) throw new RangeError('The linear programme has no upper bound: every variable needs a row that limits it')
    pivot(tableau, row, column)
    ;[basis[row], outside[column]] = [outside[column] as number, basis[row] as number]
  }
  const solution = objective.map(() => 0)
  basis.forEach((variable, r) => {
    if (variable < m) solution[variable] = Math.max(0, tableau[r]?.[m] as number)
  })
  return { value: objective.reduce((sum, c, i) => sum + c * (solution[i] as number), 0), solution }
}

/** Bland's rule: the variable with the smallest number among those that raise the objective. */
function enteringColumn(costs: Float64Array, outside: readonly number[]): number {
  let best = -1
  outside.forEach((variable, c) => {
    if ((costs[c] as number) < -TINY && (best < 0 || variable < (outside[best] as number))) best = c
  })
  return best
}

function leavingRow(tableau: readonly Float64Array[], column: number, basis: readonly number[]): number {
  let best = -1
  let least = Infinity
  basis.forEach((variable, r) => {
    const row = tableau[r] as Float64Array
    const coefficient = row[column] as number
    if (coefficient <= TINY) return
    const ratio = Math.max(0, row[row.length - 1] as number) / coefficient
    if (ratio < least - TINY || (ratio <= least + TINY && variable < (basis[best] as number))) {
      best = r
      least = Math.min(least, ratio)
    }
  })
  return best
}

function pivot(tableau: readonly Float64Array[], pivotRow: number, column: number): void {
  const row = tableau[pivotRow] as Float64Array
  const inverse = 1 / (row[column] as number)
  row[column] = 1
  for (let c = 0; c < row.length; c++) (row[c] as number) *= inverse
  tableau.forEach((other, r) => {
    const factor = other[column] as number
    if (r === pivotRow || factor === 0) return
    other[column] = 0
    for (let c = 0; c < other.length; c++) (other[c] as number) -= factor * (row[c] as number)
  })
}
