import { type Group, type WidenedGroup, widenGroup } from '@tessera/engine'
import type { GroupFacts } from '../cities/fact.ts'
import type { ClusterScheme } from '../instrument/instrument.ts'
import type { ComparisonSample } from './sample.ts'
import { type Sequence, exchange, sortColumn } from './sorted.ts'
import type { CityFacts } from './store.ts'

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

/** The groups as the engine understands them: from 0 means no lower limit. */
export const engineGroups = ({ groups }: Pick<ClusterScheme, 'groups'>): Group[] => groups.map(({ id, from, below }, i) => ({ id, from: i === 0 ? null : (from ?? null), below: below ?? null }))

/** A city's cluster: its comparable cities in a sample, itself among them. */
export interface Cluster {
  fact: ClusterFact
  widened: Pick<WidenedGroup, 'own' | 'joined' | 'extent'>
  /** Rows of the sample that belong to it, the city's own left out. */
  others: readonly number[]
}

/**
 * The comparable cities of a city in a sample, widened when they are fewer than five.
 * @returns null when the fact is not known of the city itself
 */
export function findCluster(scheme: ClusterScheme, sample: ComparisonSample, facts: CityFacts, cityId: string): Cluster | null {
  const fact = clusterFact(scheme, facts.get(cityId))
  if (fact === null) return null
  const positions = sample.rows.flatMap((row, i) => (row.cityId === cityId ? [] : [i]))
  const values = positions.map((i) => clusterFact(scheme, facts.get(sample.rows[i]!.cityId))?.value ?? null)
  const { own, joined, extent, members } = widenGroup(fact.value, engineGroups(scheme), [...values, fact.value])
  return { fact, widened: { own, joined, extent }, others: members.flatMap((member) => positions[member] ?? []) }
}

/** Scores of the others that count, ascending, with the own one among them. */
export function clusterScores(sample: ComparisonSample, { others }: Cluster, element: string, own: number | null): Sequence {
  const column = sample.column(element)
  return exchange(sortColumn(Float64Array.from(others, (i) => column[i]!)), { without: null, plus: own })
}
