/** Input whose shape does not fit: lengths that differ, an element that does not exist, a tree that is none. */
export class ShapeError extends Error {
  override name = 'ShapeError'
}

/** One score that a step cannot take, such as zero in a geometric mean: the message says it, the fields let a caller find the place. */
export class CellError extends RangeError {
  override name = 'CellError'
  readonly unit: string
  readonly element: string
  readonly value: number

  constructor(message: string, cell: { readonly unit: string; readonly element: string; readonly value: number }) {
    super(message)
    this.unit = cell.unit
    this.element = cell.element
    this.value = cell.value
  }
}
