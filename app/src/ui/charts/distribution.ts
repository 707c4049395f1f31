/** One dot above the axis. */
export interface PlacedDot {
  /** Place in the list that was given. */
  index: number
  /** Whole points, as scores are shown. */
  score: number
  /** 0 is the lowest. */
  level: number
}

/**
 * Stacks dots whose scores are shown as the same number.
 * @param scores 0–100, in any order
 * @returns lowest score first; among equals the order given
 */
export function stackDots(scores: readonly number[]): PlacedDot[] {
  const heights = new Map<number, number>()
  const sorted = scores.map((score, index) => ({ index, score })).sort((a, b) => a.score - b.score || a.index - b.index)
  return sorted.map(({ index, score }) => {
    const shown = Math.round(score)
    const level = heights.get(shown) ?? 0
    heights.set(shown, level + 1)
    return { index, score: shown, level }
  })
}

/** How many scores lie from `from` up to `to`. */
export interface ScoreBin {
  from: number
  to: number
  count: number
}

/**
 * Counts scores in bins of equal width; a score on an edge belongs to the higher bin, 100 to the last.
 * @param scores 0–100
 * @param width  of a bin, in points; divides 100
 */
export function binScores(scores: readonly number[], width: number): ScoreBin[] {
  const bins = Array.from({ length: 100 / width }, (_, i) => ({ from: i * width, to: (i + 1) * width, count: 0 }))
  for (const score of scores) {
    const bin = bins[Math.min(bins.length - 1, Math.max(0, Math.floor(score / width)))]
    if (bin !== undefined) bin.count += 1
  }
  return bins
}
