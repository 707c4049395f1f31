/** One dot above the axis. */
export interface PlacedDot {
  /** Place in the list that was given. */
  index: number
  score: number
  /** 0 is the lowest. */
  level: number
}

/**
 * Stacks dots so that those on one level do not touch.
 * @param scores  0–100, in any order
 * @param spacing least distance of two dots on one level, in points
 * @returns lowest score first
 */
export function stackDots(scores: readonly number[], spacing: number): PlacedDot[] {
  const lastOfLevel: number[] = []
  const sorted = scores.map((score, index) => ({ index, score })).sort((a, b) => a.score - b.score || a.index - b.index)
  return sorted.map(({ index, score }) => {
    const free = lastOfLevel.findIndex((last) => score - last >= spacing)
    const level = free === -1 ? lastOfLevel.length : free
    lastOfLevel[level] = score
    return { index, score, level }
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
