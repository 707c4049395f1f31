import { assignGroup, type Group, SMALLEST_GROUP, type WidenedGroup, widenGroup } from '@tessera/engine'
import type { GroupFacts } from '../cities/fact.ts'
import type { ClusterScheme } from '../instrument/instrument.ts'
import type { ComparisonSample } from './sample.ts'
import { type Sequence, exchange, sortColumn } from './sorted.ts'

/** What is known of a city about the fact of a cluster scheme. */
export interface ClusterFact {
  value: number
  year: number
  /** For shares: born abroad or, where only that is known, of foreign nationality. */
  basis: 'population' | 'foreign-born' | 'foreign-national'
}

export function clusterFact({ fact }: Pick<ClusterScheme, 'fact'>, facts: GroupFacts | undefined): ClusterFact | null {
  if (fact === 'population') return facts?.population ? { ...facts.population, basis: 'population' } : null
  return facts?.shareForeign ?? null
}

/** The groups as the engine understands them: the first has no lower limit. */
const engineGroups = ({ groups }: Pick<ClusterScheme, 'groups'>): Group[] =>
  groups.map(({ id, from, below }, i) => ({ id, from: i === 0 ? null : (from ?? null), below: below ?? null }))

/** The group in which a city lies by its own fact; null when the fact is not known. */
export function groupOf(scheme: ClusterScheme, facts: GroupFacts | undefined): string | null {
  return assignGroup(clusterFact(scheme, facts)?.value ?? null, engineGroups(scheme))?.id ?? null
}

/** Rows of a sample by group; those whose fact is not known stand under null. */
function rowsByGroup(scheme: ClusterScheme, sample: ComparisonSample): ReadonlyMap<string | null, readonly number[]> {
  return sample.once(`groups/${scheme.id}`, () =>
    Map.groupBy(sample.rows.keys(), (i) => groupOf(scheme, sample.facts.get(sample.rows[i]!.cityId))),
  )
}

/** A city's cluster: its comparable cities in a sample, itself among them. */
export interface Cluster {
  fact: ClusterFact
  widened: Pick<WidenedGroup, 'own' | 'joined' | 'extent'>
  /** Names the cities of the cluster in this sample. */
  key: string
  /** Rows of the sample that belong to it, the city's own among them if it has one. */
  rows: readonly number[]
  cityId: string
}

/** A value that lies in a group. */
const valueIn = ({ from, below }: Group): number => from ?? (below === null ? 0 : below - 1)

/**
 * The comparable cities of a city in a sample, widened when they are fewer than five. For the engine's decision as many
 * cities of each group as are enough stand for all, so that it does not take longer in a large network.
 * @returns null when the fact is not known of the city itself
 */
export function findCluster(scheme: ClusterScheme, sample: ComparisonSample, cityId: string): Cluster | null {
  const fact = clusterFact(scheme, sample.facts.get(cityId))
  if (fact === null) return null
  const groups = engineGroups(scheme)
  const byGroup = rowsByGroup(scheme, sample)
  const isOther = (i: number) => sample.rows[i]!.cityId !== cityId
  const enough = groups.flatMap((group) =>
    (byGroup.get(group.id) ?? [])
      .slice(0, SMALLEST_GROUP + 1)
      .filter(isOther)
      .map(() => valueIn(group)),
  )
  const { own, joined, extent } = widenGroup(fact.value, groups, [...enough, fact.value])
  const ids = groups.map(({ id }) => id).filter((id) => id === own || joined.includes(id))
  const rows = extent === 'all' ? [...sample.rows.keys()] : ids.flatMap((id) => byGroup.get(id) ?? [])
  return { fact, widened: { own, joined, extent }, key: `${scheme.id}/${extent === 'all' ? 'all' : ids.join('+')}`, rows, cityId }
}

/** Other cities of the cluster. */
export const othersOf = (sample: ComparisonSample, { rows, cityId }: Cluster): number[] =>
  rows.filter((i) => sample.rows[i]!.cityId !== cityId)

/** Scores of the cluster that count, ascending, with the own live one in the place of the own earlier one. */
export function clusterScores(sample: ComparisonSample, { key, rows, cityId }: Cluster, element: string, own: number | null): Sequence {
  const column = sample.column(element)
  const sorted = sample.once(`sorted/${key}/${element}`, () => sortColumn(Float64Array.from(rows, (i) => column[i]!)))
  const position = sample.positionOf(cityId)
  const earlier = position === null ? NaN : column[position]!
  return exchange(sorted, { without: Number.isNaN(earlier) ? null : earlier, plus: own })
}
