import { centreOf, inset, type Point, type Quad } from './mosaic-tiling.ts'

/** Side of the square that the twelve pieces fill. */
export const emblemSide = 120

/** Corners of the pieces: five columns by four rows of points, set by hand so that no two pieces are alike. */
const corners: readonly (readonly Point[])[] = [
  [
    [0, 0],
    [32, 0],
    [58, 0],
    [92, 0],
    [120, 0],
  ],
  [
    [0, 43],
    [28, 38],
    [62, 42],
    [88, 36],
    [120, 40],
  ],
  [
    [0, 78],
    [33, 82],
    [57, 77],
    [93, 83],
    [120, 79],
  ],
  [
    [0, 120],
    [29, 120],
    [63, 120],
    [89, 120],
    [120, 120],
  ],
]

/** The twelve places, row by row; always the same, so that an area lies at the same place in every city. */
export const emblemPlaces: readonly Quad[] = [0, 1, 2].flatMap((row) =>
  [0, 1, 2, 3].map((column): Quad => {
    const above = corners[row]!
    const below = corners[row + 1]!
    return inset([above[column]!, above[column + 1]!, below[column + 1]!, below[column]!], 1.5)
  }),
)

/**
 * A place shrunk around its middle: its surface is the score's share of the whole place.
 * @param score 0–100
 */
export function pieceAt(place: Quad, score: number): Point[] {
  const scale = Math.sqrt(Math.min(100, Math.max(0, score)) / 100)
  const [middleX, middleY] = centreOf(place)
  return place.map(([x, y]): Point => [middleX + (x - middleX) * scale, middleY + (y - middleY) * scale])
}
