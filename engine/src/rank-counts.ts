/**
 * Mid-ranks: 1 is the smallest value, ties share the mean of their places.
 * @param values n finite numbers
 * @returns n ranks, 1 to n, multiples of one half
 */
export function midranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number))
  const ranks = new Array<number>(values.length)
  let start = 0
  while (start < order.length) {
    let end = start
    while (end + 1 < order.length && values[order[end + 1] as number] === values[order[start] as number]) end++
    for (let i = start; i <= end; i++) ranks[order[i] as number] = (start + end) / 2 + 1
    start = end + 1
  }
  return ranks
}

/**
 * Number of pairs that are equal in the first list, and in the second if there is one.
 * @param first  n numbers, sorted
 * @param second n numbers, sorted within equal values of the first
 * @returns 0 to n (n - 1) / 2
 */
export function tiedPairs(first: readonly number[], second: readonly number[] = first): number {
  let pairs = 0
  let run = 1
  for (let i = 1; i <= first.length; i++) {
    if (i < first.length && first[i] === first[i - 1] && second[i] === second[i - 1]) {
      run++
    } else {
      pairs += (run * (run - 1)) / 2
      run = 1
    }
  }
  return pairs
}

/**
 * Number of pairs that stand in the wrong order (merge sort). Sorts the list in place, ascending.
 * @param values n finite numbers; sorted afterwards
 * @returns 0 to n (n - 1) / 2
 */
export function countInversions(values: number[]): number {
  const buffer = new Array<number>(values.length)
  let inversions = 0
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length)
      inversions += mergeRuns(values, buffer, start, middle, Math.min(start + 2 * width, values.length))
    }
    for (let i = 0; i < values.length; i++) values[i] = buffer[i] as number
  }
  return inversions
}

function mergeRuns(values: readonly number[], into: number[], start: number, middle: number, end: number): number {
  let left = start
  let right = middle
  let inversions = 0
  for (let i = start; i < end; i++) {
    if (right >= end || (left < middle && (values[left] as number) <= (values[right] as number))) {
      into[i] = values[left++] as number
    } else {
      inversions += middle - left
      into[i] = values[right++] as number
    }
  }
  return inversions
}
