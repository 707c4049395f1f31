/**
 * Place of a point along a Hilbert curve through the unit square: points that are near on the curve are near in the square.
 * @param x 0–1
 * @param y 0–1
 * @returns 0 to 4^8 - 1
 */
export function hilbertIndex(x: number, y: number): number {
  const side = 256
  let column = Math.min(side - 1, Math.max(0, Math.floor(x * side)))
  let row = Math.min(side - 1, Math.max(0, Math.floor(y * side)))
  let index = 0
  for (let half = side / 2; half >= 1; half /= 2) {
    const right = (column & half) > 0 ? 1 : 0
    const down = (row & half) > 0 ? 1 : 0
    index += half * half * ((3 * right) ^ down)
    if (down === 0) {
      if (right === 1) {
        column = side - 1 - column
        row = side - 1 - row
      }
      ;[column, row] = [row, column]
    }
  }
  return index
}
