/** Where the light lines of every score axis stand. */
export const axisTicks = [0, 25, 50, 75, 100] as const

/**
 * Position of a value along a track, for SVG: the track may then be of any width.
 * @param value  any number; outside of the domain it stays at the edge
 * @param domain the values at the start and at the end; 0–100 unless told
 * @returns percent of the width, such as "62.5%"
 */
export function at(value: number, domain: readonly [number, number] = [0, 100]): string {
  return `${share(value, domain)}%`
}

/** Width between two values along a track, as percent of it; never negative. */
export function between(low: number, high: number, domain: readonly [number, number] = [0, 100]): string {
  return `${Math.max(0, round(share(high, domain) - share(low, domain)))}%`
}

function share(value: number, [start, end]: readonly [number, number]): number {
  if (start === end) return 0
  return round(Math.min(100, Math.max(0, ((value - start) / (end - start)) * 100)))
}

/** Two decimals are a tenth of a pixel on the widest page. */
export function round(value: number): number {
  return Math.round(value * 100) / 100
}
