import { ShapeError } from './errors.ts'

/** What became of a question from one version of an instrument to the next. */
export type CrosswalkKind = 'same' | 'reworded' | 'split' | 'merged' | 'new' | 'dropped'

/** How far scores before and after may be compared: full, with care, not at all. */
export type Comparability = 'full' | 'limited' | 'none'

export interface CrosswalkEntry {
  readonly kind: CrosswalkKind
  /** Question ids of the earlier version: one; several when merged; none when new. */
  readonly from: readonly string[]
  /** Question ids of the later version: one; several when split; none when dropped. */
  readonly to: readonly string[]
  readonly comparability: Comparability
}

/** From one version of the instrument to the next; every question of both stands in exactly one entry. */
export interface Crosswalk {
  readonly from: string
  readonly to: string
  readonly entries: readonly CrosswalkEntry[]
}

/** A thing that was asked in every version, perhaps under several ids at once. */
export interface CoreMember {
  /** Question ids per version, in the order of the versions. */
  readonly ids: readonly (readonly string[])[]
  /** The worst comparability on the way. */
  readonly comparability: 'full' | 'limited'
}

export interface CommonCore {
  /** Versions, earliest first. */
  readonly versions: readonly string[]
  readonly members: readonly CoreMember[]
  /** Question ids per version that are outside the core. */
  readonly outside: readonly (readonly string[])[]
}

interface Strand {
  readonly ids: readonly (readonly string[])[]
  readonly grades: readonly Comparability[]
}

const expectedCounts: Readonly<Record<CrosswalkKind, { from: (n: number) => boolean; to: (n: number) => boolean; rule: string }>> = {
  same: { from: (n) => n === 1, to: (n) => n === 1, rule: 'one question on each side' },
  reworded: { from: (n) => n === 1, to: (n) => n === 1, rule: 'one question on each side' },
  split: { from: (n) => n === 1, to: (n) => n >= 2, rule: 'one question before and several after' },
  merged: { from: (n) => n >= 2, to: (n) => n === 1, rule: 'several questions before and one after' },
  new: { from: (n) => n === 0, to: (n) => n === 1, rule: 'no question before and one after' },
  dropped: { from: (n) => n === 1, to: (n) => n === 0, rule: 'one question before and none after' },
}

/**
 * The common core of an instrument over several versions: the questions that can be compared from the first to the
 * last, with the ids they had. Trends rest on these alone.
 * @param crosswalks one per step from version to version, earliest first, each starting where the last one ended
 * @param minimum    full: only fully comparable steps; limited: also those to be compared with care
 * @returns the members in the order of the first version, and what lies outside
 * @throws {ShapeError} without cross-walks, when one does not start where the last ended, when an entry's questions do
 *   not fit its kind, or when a question stands twice or is in one cross-walk but not in its neighbour
 */
export function findCommonCore(crosswalks: readonly Crosswalk[], minimum: 'full' | 'limited' = 'full'): CommonCore {
  const [first] = crosswalks
  if (first === undefined) throw new ShapeError('No cross-walk is given: a common core needs at least two versions')
  crosswalks.forEach((walk, i) => checkCrosswalk(walk, crosswalks[i - 1] ?? null))
  let strands = first.entries.map((entry): Strand => ({ ids: [entry.from, entry.to], grades: [gradeOf(entry)] }))
  for (const walk of crosswalks.slice(1)) strands = continueStrands(strands, walk)
  const accepted = (strand: Strand) =>
    strand.ids.every((ids) => ids.length > 0) &&
    strand.grades.every((grade) => grade === 'full' || (grade === 'limited' && minimum === 'limited'))
  const versions = [first.from, ...crosswalks.map((walk) => walk.to)]
  return {
    versions,
    members: strands.filter(accepted).map(({ ids, grades }) => ({
      ids,
      comparability: grades.includes('limited') ? 'limited' : 'full',
    })),
    outside: versions.map((_, v) => strands.filter((strand) => !accepted(strand)).flatMap(({ ids }) => ids[v] ?? [])),
  }
}

function gradeOf(entry: CrosswalkEntry): Comparability {
  return entry.kind === 'new' || entry.kind === 'dropped' ? 'none' : entry.comparability
}

/** Lead every strand one version further; strands that are merged become one. */
function continueStrands(strands: readonly Strand[], walk: Crosswalk): Strand[] {
  const versions = strands[0]?.ids.length ?? 0
  let current = strands.map((strand) => ({ ...strand, last: strand.ids[versions - 1] as readonly string[], to: [] as string[] }))
  for (const entry of walk.entries) {
    const touched = current.filter(({ last }) => last.some((id) => entry.from.includes(id)))
    const joined = {
      ids: Array.from({ length: versions }, (_, v) => touched.flatMap(({ ids }) => ids[v] ?? [])),
      grades: [...touched.flatMap(({ grades }) => grades), gradeOf(entry)],
      last: touched.flatMap(({ last }) => last),
      to: [...touched.flatMap(({ to }) => to), ...entry.to],
    }
    const place = touched[0] === undefined ? current.length : current.indexOf(touched[0])
    current = current.flatMap((strand, i) => (i === place ? [joined] : touched.includes(strand) ? [] : [strand]))
    if (place === current.length) current.push(joined)
  }
  return current.map(({ ids, grades, to }) => ({ ids: [...ids, to], grades }))
}

function checkCrosswalk(walk: Crosswalk, previous: Crosswalk | null): void {
  const name = `Cross-walk ${walk.from} to ${walk.to}`
  for (const entry of walk.entries) {
    const expected = expectedCounts[entry.kind]
    if (!expected.from(entry.from.length) || !expected.to(entry.to.length)) {
      throw new ShapeError(`${name}: ${entry.kind} [${entry.from.join(', ')}] to [${entry.to.join(', ')}] needs ${expected.rule}`)
    }
  }
  const from = walk.entries.flatMap((entry) => entry.from)
  const to = walk.entries.flatMap((entry) => entry.to)
  for (const ids of [from, to]) {
    const twice = ids.find((id, i) => ids.indexOf(id) !== i)
    if (twice !== undefined) throw new ShapeError(`${name}: question ${twice} stands in two entries, allowed is one`)
  }
  if (previous === null) return
  if (previous.to !== walk.from) {
    throw new ShapeError(`${name} follows the one that ends at ${previous.to}: give the steps in order, without a gap`)
  }
  const before = previous.entries.flatMap((entry) => entry.to)
  const lost = before.find((id) => !from.includes(id)) ?? from.find((id) => !before.includes(id))
  if (lost !== undefined) throw new ShapeError(`Question ${lost} of version ${walk.from} stands in only one of its two cross-walks`)
}

/**
 * Scores of the core in one version: the weighted mean of the questions that stand for each member.
 * @param core    from `findCommonCore`
 * @param version one of its versions
 * @param scores  score 0 to 100 by question id; null = no score, left out of the mean
 * @param weights weight >= 0 by question id; an id that is not named has weight 1
 * @returns one score per member; null when none of its questions has one
 * @throws {ShapeError} when the version is not in the core or a question has no entry; {RangeError} for a weight that is negative or not finite
 */
export function scoreCommonCore(
  core: CommonCore,
  version: string,
  scores: ReadonlyMap<string, number | null>,
  weights: ReadonlyMap<string, number> = new Map(),
): (number | null)[] {
  const place = core.versions.indexOf(version)
  if (place < 0) throw new ShapeError(`Version ${version} is not among ${core.versions.join(', ')}`)
  return core.members.map(({ ids }) => {
    let sum = 0
    let total = 0
    for (const id of ids[place] as readonly string[]) {
      const score = scores.get(id)
      const weight = weights.get(id) ?? 1
      if (score === undefined) throw new ShapeError(`Question ${id} of version ${version} has no entry: give a score, or null`)
      if (!Number.isFinite(weight) || weight < 0) throw new RangeError(`Weight ${weight} of ${id}: give a finite number of at least 0`)
      if (score === null) continue
      sum += weight * score
      total += weight
    }
    return total === 0 ? null : sum / total
  })
}
