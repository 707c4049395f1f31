/** One thing that can be chosen, at most one per group. */
export interface KnapsackOption {
  /** Options of the same group exclude each other. */
  readonly group: string
  /** >= 0; what is not worth anything is never chosen. */
  readonly gain: number
  /** > 0. */
  readonly effort: number
}

export interface KnapsackSolution {
  /** Positions of the chosen options, ascending. */
  readonly chosen: readonly number[]
  readonly gain: number
  readonly effort: number
  /** No choice within the budget can gain more than this; equal to `gain` when that is proven best. */
  readonly bound: number
  readonly isOptimal: boolean
}

interface Step {
  readonly group: number
  readonly gain: number
  readonly effort: number
}

interface Candidate {
  readonly place: number
  readonly gain: number
  readonly effort: number
}

const BUDGET_SLACK = 1e-12

/**
 * Best set of options within a budget, one per group at most: branch and bound with the bound of the relaxed problem, in
 * which options may be taken in part. Exact unless the limit of steps is reached; then the bound says how far off it can be.
 * @param options gains >= 0 and efforts > 0, both finite, in any unit
 * @param budget  >= 0, in the unit of the efforts
 * @param limit   steps after which the search ends; left out: 2 million
 * @throws {RangeError} when a gain, an effort or the budget is out of range
 * @see Kellerer, Pferschy and Pisinger (2004), Knapsack Problems, chapter 11 (multiple-choice knapsack)
 */
export function chooseBest(options: readonly KnapsackOption[], budget: number, limit = 2_000_000): KnapsackSolution {
  checkOptions(options, budget)
  const room = budget * (1 + BUDGET_SLACK)
  const groups = groupOptions(options, room)
  const steps = groups.flatMap((candidates, group) => concaveSteps(candidates, group)).sort((a, b) => b.gain / b.effort - a.gain / a.effort)
  let best = { gain: 0, effort: 0, places: [] as number[] }
  let left = limit,
    openBound = 0
  const places: number[] = []
  /** Greatest gain that groups from `first` on can add when options may be taken in part. */
  function relaxed(first: number, budgetLeft: number): number {
    let gain = 0,
      remaining = budgetLeft
    for (const step of steps) {
      if (step.group < first) continue
      if (step.effort > remaining) return gain + step.gain * (remaining / step.effort)
      gain += step.gain
      remaining -= step.effort
    }
    return gain
  }
  function visit(group: number, gain: number, effort: number): void {
    if (gain > best.gain || (gain === best.gain && effort < best.effort)) best = { gain, effort, places: [...places] }
    const candidates = groups[group]
    if (candidates === undefined) return
    const bound = gain + relaxed(group, room - effort)
    if (bound <= best.gain * (1 + 1e-15)) return
    if (left-- <= 0) {
      openBound = Math.max(openBound, bound)
      return
    }
    for (const candidate of candidates) {
      if (effort + candidate.effort > room) continue
      places.push(candidate.place)
      visit(group + 1, gain + candidate.gain, effort + candidate.effort)
      places.pop()
    }
    visit(group + 1, gain, effort)
  }
  visit(0, 0, 0)
  return {
    chosen: best.places.sort((a, b) => a - b),
    gain: best.gain,
    effort: best.effort,
    bound: Math.max(best.gain, openBound),
    isOptimal: openBound <= best.gain,
  }
}

function checkOptions(options: readonly KnapsackOption[], budget: number): void {
  if (!(budget >= 0 && Number.isFinite(budget))) throw new RangeError(`Budget ${budget}: must be a number of at least 0.`)
  for (const { group, gain, effort } of options) {
    if (!(effort > 0 && Number.isFinite(effort)))
      throw new RangeError(`Effort ${effort} of "${group}": must be a number above 0; an effort is given, never assumed.`)
    if (!(gain >= 0 && Number.isFinite(gain))) throw new RangeError(`Gain ${gain} of "${group}": must be a number of at least 0.`)
  }
}

/** Options by group, those that cannot be afforded or are beaten by a cheaper one left out; the groups worth most per effort first. */
function groupOptions(options: readonly KnapsackOption[], room: number): Candidate[][] {
  const byGroup = new Map<string, Candidate[]>()
  options.forEach(({ group, gain, effort }, place) => {
    if (gain > 0 && effort <= room) byGroup.set(group, [...(byGroup.get(group) ?? []), { place, gain, effort }])
  })
  const groups = [...byGroup.values()].map((candidates) => {
    const ascending = candidates.sort((a, b) => a.effort - b.effort || b.gain - a.gain || a.place - b.place)
    let most = 0
    return ascending.filter(({ gain }) => gain > most && ((most = gain), true)).reverse()
  })
  const worth = (candidates: readonly Candidate[]) => Math.max(...candidates.map(({ gain, effort }) => gain / effort))
  return groups.sort((a, b) => worth(b) - worth(a) || (a[0]?.place ?? 0) - (b[0]?.place ?? 0))
}

/** Upper concave hull of a group's options as steps of falling gain per effort. */
function concaveSteps(candidates: readonly Candidate[], group: number): Step[] {
  const hull: { gain: number; effort: number }[] = [{ gain: 0, effort: 0 }]
  for (const next of [...candidates].reverse()) {
    while (hull.length >= 2) {
      const last = hull[hull.length - 1] ?? next,
        before = hull[hull.length - 2] ?? next
      if ((last.gain - before.gain) * (next.effort - last.effort) > (next.gain - last.gain) * (last.effort - before.effort)) break
      hull.pop()
    }
    hull.push(next)
  }
  return hull
    .slice(1)
    .map((point, i) => ({ group, gain: point.gain - (hull[i]?.gain ?? 0), effort: point.effort - (hull[i]?.effort ?? 0) }))
}
