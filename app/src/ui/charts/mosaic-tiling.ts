/** A point of the drawing, in pixels. */
export type Point = readonly [x: number, y: number]

/** Four corners, clockwise from the top left. */
export type Quad = readonly [Point, Point, Point, Point]

/** What a tiling needs. */
export interface TilingOptions {
  width: number
  height: number
  /** Half of the joint between two stones, in pixels. */
  joint: number
}

/**
 * Irregular stones in wavy rows that fill a rectangle: for any number of them, always the same.
 * @param count number of stones
 * @param sizes relative widths, in the order of the result; 1 unless told
 * @returns stones row by row
 */
export function tile(count: number, options: TilingOptions, sizes: readonly number[] = []): Quad[] {
  const { width, height, joint } = options
  const rows = Math.max(1, Math.round(Math.sqrt((count * height) / width)))
  const boundary = rowBoundaries(rows, width, height, Math.min(1, count / 80))
  const stones: Quad[] = []
  for (let row = 0; row < rows; row++) {
    const first = Math.round((count * row) / rows)
    const last = Math.round((count * (row + 1)) / rows)
    const { top, bottom } = cuts(first, last, width, sizes)
    for (let i = 0; i < last - first; i++) {
      const corners: Quad = [
        [top[i]!, boundary(row, top[i]!)],
        [top[i + 1]!, boundary(row, top[i + 1]!)],
        [bottom[i + 1]!, boundary(row + 1, bottom[i + 1]!)],
        [bottom[i]!, boundary(row + 1, bottom[i]!)],
      ]
      stones.push(inset(corners, joint))
    }
  }
  return stones
}

/** Height of the line above each row at x; the outer lines are straight, and all of them where stones are few. */
function rowBoundaries(rows: number, width: number, height: number, swing: number): (row: number, x: number) => number {
  const rowHeight = height / rows
  return (row, x) => {
    if (row === 0 || row === rows) return row * rowHeight
    const wave = Math.sin((x / width) * 7 + row * 0.55) + 0.6 * Math.sin((x / width) * 17 - row * 0.9)
    return row * rowHeight + wave * rowHeight * 0.14 * swing
  }
}

/** Where one row is cut into stones, above and below: slightly slanted, unequally wide. */
function cuts(first: number, last: number, width: number, sizes: readonly number[]): { top: number[]; bottom: number[] } {
  const widths = Array.from({ length: last - first }, (_, i) => (sizes[first + i] ?? 1) * (0.78 + 0.44 * noise(first + i, 1)))
  const total = widths.reduce((sum, one) => sum + one, 0)
  const top = [0]
  const bottom = [0]
  let sum = 0
  widths.forEach((one, i) => {
    sum += one
    const x = (sum / total) * width
    const isEdge = i === widths.length - 1
    const slant = isEdge ? 0 : (noise(first + i, 2) - 0.5) * 0.34 * (width / widths.length)
    top.push(isEdge ? width : x + slant)
    bottom.push(isEdge ? width : x - slant)
  })
  return { top, bottom }
}

/** A number 0–1 that looks like chance and is always the same for the same stone. */
export function noise(i: number, stream: number): number {
  let bits = (i + 1) * 374761393 + stream * 668265263
  bits = Math.imul(bits ^ (bits >>> 13), 1274126177)
  return ((bits ^ (bits >>> 16)) >>> 0) / 4294967296
}

/** Moves each edge inwards by a distance, so that joints are equally wide everywhere. */
export function inset(quad: Quad, distance: number): Quad {
  const corner = (i: number): Point => {
    const [before, here, after] = [quad[(i + 3) % 4]!, quad[i]!, quad[(i + 1) % 4]!]
    const [inX, inY] = direction(before, here)
    const [outX, outY] = direction(here, after)
    const cross = inX * outY - inY * outX
    if (Math.abs(cross) < 1e-6) return here
    const along = (distance * (1 + (inX * outX + inY * outY))) / cross
    return [here[0] - inX * along - inY * distance, here[1] - inY * along + inX * distance]
  }
  return [corner(0), corner(1), corner(2), corner(3)]
}

function direction([fromX, fromY]: Point, [toX, toY]: Point): Point {
  const length = Math.hypot(toX - fromX, toY - fromY) || 1
  return [(toX - fromX) / length, (toY - fromY) / length]
}

/** Path of a closed shape; one decimal. */
export function pathOf(points: readonly Point[]): string {
  return `M${points.map(([x, y]) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`).join('L')}Z`
}

/** Middle of the corners. */
export function centreOf(points: readonly Point[]): Point {
  const sum = (axis: 0 | 1) => points.reduce((total, point) => total + point[axis], 0) / points.length
  return [sum(0), sum(1)]
}
