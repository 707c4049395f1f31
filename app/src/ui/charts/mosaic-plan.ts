import { hilbertIndex } from './hilbert.ts'
import { centreOf, noise, pathOf, tile } from './mosaic-tiling.ts'
import { averageShares, hueAngle, type Lab, type Shares, tintOf, toHex } from './tint.ts'

/** One city in the mosaic. */
export interface Tessera {
  id: string
  /** Name, and whatever else is read at this stone. */
  label: string
  href?: string
  /** How much of each of the five hues. */
  shares: Shares
  /** Relative size; 1 unless told. */
  size?: number
}

/** One stone: where it lies and how it is coloured. */
export interface Stone {
  tessera: Tessera
  path: string
  /** #rrggbb */
  fill: string
}

/**
 * Lays the mosaic: cities in the order of their tint along a Hilbert curve, so that similar ones lie together.
 * The same cities give the same mosaic, whatever order they come in.
 */
export function planMosaic(tesserae: readonly Tessera[], width: number, height: number): Stone[] {
  const average = averageShares(tesserae.map(({ shares }) => shares))
  const ordered = tesserae
    .map((tessera) => {
      const tint = tintOf(tessera.shares, average)
      return { tessera, tint, angle: hueAngle(tint) }
    })
    .sort((a, b) => a.angle - b.angle || (a.tessera.id < b.tessera.id ? -1 : 1))
  const count = ordered.length
  const joint = jointOf(count, width, height)
  const slots = tile(count, { width, height, joint })
    .map((quad, slot) => {
      const [x, y] = centreOf(quad)
      return { slot, place: hilbertIndex(x / width, y / height) }
    })
    .sort((a, b) => a.place - b.place)
  const bySlot = new Map(slots.map(({ slot }, i) => [slot, ordered[i]!]))
  const sizes = Array.from({ length: count }, (_, slot) => Math.sqrt(bySlot.get(slot)?.tessera.size ?? 1))
  return tile(count, { width, height, joint }, sizes).map((quad, slot) => {
    const { tessera, tint } = bySlot.get(slot)!
    return { tessera, path: pathOf(quad), fill: toHex(asStone(tint, slot)) }
  })
}

/** Half of the joint between two stones, in pixels: 3, and less where stones are small. */
export function jointOf(count: number, width: number, height: number): number {
  return Math.min(3, Math.sqrt((width * height) / Math.max(1, count)) * 0.09)
}

/** A little brighter and clearer than the plain mixture; stones of one hue are never quite alike. */
function asStone([lightness, greenRed, blueYellow]: Lab, slot: number): Lab {
  const chroma = Math.hypot(greenRed, blueYellow)
  const clearer = chroma === 0 ? 1 : (0.034 + 0.8 * chroma) / chroma
  const lift = 0.035 + Math.round((noise(slot, 3) - 0.5) * 6) * 0.014
  return [lightness + lift, greenRed * clearer, blueYellow * clearer]
}

/** Stones of one colour as one path, for a mosaic too large for stones of their own. */
export function mergeByFill(stones: readonly Stone[]): { fill: string; path: string }[] {
  const paths = new Map<string, string[]>()
  for (const { fill, path } of stones) {
    const coarse = fill.replace(/#(.).(.).(.)./, '#$18$28$38')
    const list = paths.get(coarse)
    if (list === undefined) paths.set(coarse, [path])
    else list.push(path)
  }
  return [...paths].map(([fill, list]) => ({ fill, path: list.join('') }))
}
