/** Height of one lane of letters, in pixels. */
export const laneHeight = 21

/** Letters nearer than this would cover each other on a narrow screen. In points of the axis. */
const nearest = 7

/** Puts marks that lie near each other into lanes, each in the first lane that is free there. */
export function lanesOf<T extends { score: number }>(marks: readonly T[]): (T & { lane: number })[] {
  const ends: number[] = [] // the last score of each lane
  return [...marks]
    .sort((a, b) => a.score - b.score)
    .map((mark) => {
      const free = ends.findIndex((end) => mark.score - end >= nearest)
      const lane = free === -1 ? ends.length : free
      ends[lane] = mark.score
      return { ...mark, lane }
    })
}

export const laneCount = (marks: readonly { score: number }[]): number => Math.max(1, ...lanesOf(marks).map(({ lane }) => lane + 1))
