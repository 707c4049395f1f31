import { ShapeError } from './errors.ts'

/** Units in rows, elements (variables, raters, waves) in columns; null = missing, every other cell finite. */
export type UnitMatrix = readonly (readonly (number | null)[])[]

/** The rows of a matrix without a gap, and where they stood. */
export interface CompleteRows {
  readonly rows: readonly (readonly number[])[]
  /** Position of each complete row in the matrix, ascending. */
  readonly positions: readonly number[]
}

/**
 * Check that a matrix is rectangular and that every present cell is a finite number.
 * @param matrix n units x p elements; null = missing
 * @param name   what the matrix is called in the message
 * @returns p, the number of elements; 0 for a matrix without rows
 * @throws {ShapeError} when a row has another length than the first; {RangeError} when a cell is not finite
 */
export function checkUnitMatrix(matrix: UnitMatrix, name = 'matrix'): number {
  const width = matrix[0]?.length ?? 0
  matrix.forEach((row, unit) => {
    if (row.length !== width) {
      throw new ShapeError(
        `Row ${unit + 1} of the ${name} has ${row.length} cells, the first row has ${width}: give every unit one cell per element, null where it is missing`,
      )
    }
    row.forEach((value, element) => {
      if (value !== null && !Number.isFinite(value)) {
        throw new RangeError(
          `Row ${unit + 1}, column ${element + 1} of the ${name} is ${value}: give a finite number, or null where it is missing`,
        )
      }
    })
  })
  return width
}

/**
 * Check that there is one code per column and that no code stands twice.
 * @param codes p codes
 * @param width p, the number of columns
 * @throws {ShapeError} when the number differs or a code stands twice
 */
export function checkCodes(codes: readonly string[], width: number): void {
  if (codes.length !== width) {
    throw new ShapeError(`${codes.length} codes for ${width} elements: give exactly one code per column`)
  }
  const twice = codes.find((code, i) => codes.indexOf(code) !== i)
  if (twice !== undefined) throw new ShapeError(`Code ${twice} stands twice: codes are unique`)
}

/**
 * One column of a matrix.
 * @param matrix  n units x p elements
 * @param element position of the column, 0-based
 * @returns n values; null = missing
 */
export function getColumn(matrix: UnitMatrix, element: number): (number | null)[] {
  return matrix.map((row) => row[element] ?? null)
}

/** The values that are present, in their order. */
export function presentValues(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null)
}

/**
 * The units without a gap (listwise deletion).
 * @param matrix n units x p elements; null = missing
 * @returns the complete rows and their positions; both empty when every unit has a gap
 */
export function completeRows(matrix: UnitMatrix): CompleteRows {
  const positions = matrix.flatMap((row, unit) => (row.includes(null) ? [] : [unit]))
  return { rows: positions.map((unit) => matrix[unit] as readonly number[]), positions }
}

/** Arithmetic mean of at least one value; NaN for none, so check the length first. */
export function meanOf(values: readonly number[]): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/** Sum of the squared deviations from the mean (two passes); 0 for fewer than two values or when all are equal. */
export function squaredDeviations(values: readonly number[]): number {
  if (values.every((value) => value === values[0])) return 0
  const mean = meanOf(values)
  let sum = 0
  for (const value of values) sum += (value - mean) ** 2
  return sum
}

/**
 * Centre every element on 0 and scale it to standard deviation 1 (z-scores).
 * @param matrix n units x p elements; null = missing, left out of mean and standard deviation and kept null
 * @returns n x p z-scores (divisor n - 1); an element without variance becomes 0 where it is present
 * @throws {ShapeError} for a ragged matrix; {RangeError} for a cell that is not finite
 */
export function standardiseElements(matrix: UnitMatrix): (number | null)[][] {
  const width = checkUnitMatrix(matrix)
  const moments = Array.from({ length: width }, (_, element) => {
    const values = presentValues(getColumn(matrix, element))
    const squares = squaredDeviations(values)
    return { mean: meanOf(values), deviation: squares > 0 ? Math.sqrt(squares / (values.length - 1)) : 0 }
  })
  return matrix.map((row) =>
    row.map((value, element) => {
      const { mean, deviation } = moments[element] as { mean: number; deviation: number }
      if (value === null) return null
      return deviation === 0 ? 0 : (value - mean) / deviation
    }),
  )
}
