import { hilbertIndex } from './hilbert.ts'
import { centreOf, noise, pathOf, tile } from './mosaic-tiling.ts'
import { averageShares, hueAngle, type Shares, tintOf, toHex } from './tint.ts'

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
    .map((tessera) => ({ tessera, tint: tintOf(tessera.shares, average) }))
    .sort((a, b) => hueAngle(a.tint) - hueAngle(b.tint) || (a.tessera.id < b.tessera.id ? -1 : 1))
  const count = ordered.length
  const joint = Math.min(3, Math.sqrt((width * height) / Math.max(1, count)) * 0.06)
  const slots = tile(count, { width, height, joint })
    .map((quad, slot) => ({ slot, centre: centreOf(quad) }))
    .sort((a, b) => hilbertIndex(a.centre[0] / width, a.centre[1] / height) - hilbertIndex(b.centre[0] / width, b.centre[1] / height))
  const bySlot = new Map(slots.map(({ slot }, i) => [slot, ordered[i]!]))
  const sizes = Array.from({ length: count }, (_, slot) => Math.sqrt(bySlot.get(slot)?.tessera.size ?? 1))
  return tile(count, { width, height, joint }, sizes).map((quad, slot) => {
    const { tessera, tint } = bySlot.get(slot)!
    const [lightness, greenRed, blueYellow] = tint
    // Stones of one hue are never quite alike: a few steps of lightness, so that many share one colour.
    const lift = Math.round((noise(slot, 3) - 0.4) * 5) * 0.016
    return { tessera, path: pathOf(quad), fill: toHex([lightness + lift, greenRed, blueYellow]) }
  })
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
