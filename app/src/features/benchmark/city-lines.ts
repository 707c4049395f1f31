import { compareFractions, fractionFrom } from '@tessera/engine'
import { clusterSchemes } from './comparison.ts'
import { type ClusterScheme, defaultScheme, type Instrument } from '../instrument/instrument.ts'
import { geometricElement } from '../results/elements.ts'
import { type CityLine, rankAll, type RankSpan, searchTextOf } from './all-cities.ts'
import { groupOf } from './groups.ts'
import type { ComparisonSample } from './sample.ts'
import type { ResultStore, SampleRequest } from './store.ts'

const numberOf = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value)

/** The declared scheme with the most groups for a fact; null when the instrument has none. */
export const finestScheme = (instrument: Instrument, fact: ClusterScheme['fact']): ClusterScheme | null =>
  clusterSchemes(instrument).find((scheme) => scheme.fact === fact) ?? null

/** Places of all rows under one weighting; scores that are equal as numbers are compared exactly. */
function coreRanks(sample: ComparisonSample): Int32Array {
  const fraction = (i: number) => fractionFrom(sample.rows[i]!.exactIndices[0]!)
  return rankAll(sample.column('core'), (a, b) => compareFractions(fraction(a), fraction(b)))
}

/** Places by geometric mean, whose scores are snapped and so compared as they are. */
const geometricRanks = (sample: ComparisonSample): Int32Array => rankAll(sample.column(geometricElement('core')), () => 0)

/** Place under the default weighting, and the best and worst place under all weightings and by geometric mean. */
function rankSpans(sample: ComparisonSample, others: readonly ComparisonSample[]): (RankSpan | null)[] {
  const own = coreRanks(sample)
  const of = own.reduce((count, rank) => count + (rank > 0 ? 1 : 0), 0)
  const geometric = geometricRanks(sample)
  const checks = others.map((other) => ({ other, ranks: coreRanks(other) }))
  return sample.rows.map(({ cityId }, i) => {
    if (own[i] === 0) return null
    const places = checks.map(({ other, ranks }) => ranks[other.positionOf(cityId) ?? -1] ?? 0)
    const known = [own[i]!, geometric[i]!, ...places].filter((place) => place > 0)
    return { rank: own[i]!, of, low: Math.min(...known), high: Math.max(...known) }
  })
}

function toLine(
  store: ResultStore,
  sample: ComparisonSample,
  position: number,
  rank: RankSpan | null,
  schemes: Record<'size' | 'diversity', ClusterScheme | null>,
): CityLine {
  const row = sample.rows[position]!
  const city = store.cities.get(row.cityId)!
  const facts = sample.facts.get(row.cityId)
  const core = numberOf(sample.column('core')[position])
  const coverage = numberOf(row.coverages[0])
  return {
    ...city,
    position,
    wave: { slug: row.wave.slug, name: row.wave.name },
    population: facts?.population?.value ?? null,
    size: schemes.size && groupOf(schemes.size, facts),
    diversity: schemes.diversity && groupOf(schemes.diversity, facts),
    core,
    coverage,
    isProvisional: core === null,
    rank,
    verified: store.verifiedOf(row),
    searchText: searchTextOf(city.name, city.slug),
  }
}

const byName = new Intl.Collator('en')

/** All cities of a sample by name, with their places; made once for each sample. */
export function cityLines(
  store: ResultStore,
  instrument: Instrument,
  request: SampleRequest,
): { sample: ComparisonSample; lines: readonly CityLine[] } {
  const sample = store.sample(request)
  const lines = sample.once('city-lines', () => {
    const standard = defaultScheme(instrument).id
    const others = instrument.schemes.filter(({ id }) => id !== standard).map(({ id }) => store.sample({ ...request, scheme: id }))
    const spans = rankSpans(sample, others)
    const schemes = { size: finestScheme(instrument, 'population'), diversity: finestScheme(instrument, 'share-foreign') }
    return sample.rows
      .map((_, i) => toLine(store, sample, i, spans[i]!, schemes))
      .sort((a, b) => byName.compare(a.name, b.name) || (a.id < b.id ? -1 : 1))
  })
  return { sample, lines }
}
