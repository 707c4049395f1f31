// Statistics of a sorted column with one value taken out and one put in, without copying it: a city's own live score stands
// among the others' results, which stay as they are.

/** How many values of an ascending column are smaller than `value`. */
export function countBelow(sorted: ArrayLike<number>, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Finite values of a column, ascending. */
export function sortColumn(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(Array.prototype.filter.call(values, (value: number) => !Number.isNaN(value)) as number[]).sort()
}

export interface Exchange {
  /** A value of the column that does not count; null = all do. */
  without: number | null
  /** A value that counts as well; null = none. */
  plus: number | null
}

/** An ascending sequence that is not stored. */
export interface Sequence {
  n: number
  at: (i: number) => number
}

/** The column after the exchange, in ascending order. */
export function exchange(sorted: ArrayLike<number>, { without, plus }: Exchange): Sequence {
  const gap = without === null ? sorted.length : countBelow(sorted, without)
  const left = sorted.length - (without === null ? 0 : 1)
  const rest = (i: number) => sorted[i < gap ? i : i + 1]!
  if (plus === null) return { n: left, at: rest }
  const place = countBelow(sorted, plus) - (without !== null && without < plus ? 1 : 0)
  return { n: left + 1, at: (i) => (i === place ? plus : rest(i < place ? i : i - 1)) }
}

export interface Quartiles {
  n: number
  q1: number
  median: number
  q3: number
}

/** Quartiles by linear interpolation (R type 7), as the engine's `quartiles`; null when there is no value. */
export function quartilesOf({ n, at }: Sequence): Quartiles | null {
  if (n === 0) return null
  const quantile = (p: number): number => {
    const position = (n - 1) * p
    const below = Math.floor(position)
    const low = at(below)
    const high = below + 1 < n ? at(below + 1) : low
    const part = position - below
    return Math.min(high, Math.max(low, (1 - part) * low + part * high))
  }
  return { n, q1: quantile(0.25), median: quantile(0.5), q3: quantile(0.75) }
}
