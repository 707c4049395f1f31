import { AppError } from '../../errors.ts'
import type { Person } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { defaultScheme, type Instrument } from '../instrument/instrument.ts'
import { parseElement } from '../results/elements.ts'
import type { CityLine } from './all-cities.ts'
import type { FrozenWave } from './all-cities-queries.ts'
import { cityLines } from './city-lines.ts'
import type { ComparisonSample, SampleMode } from './sample.ts'
import type { Quartiles } from './sorted.ts'
import { quartilesOf } from './sorted.ts'
import { isMember, shownTo } from './shown.ts'
import type { ShownResults } from './store.ts'

/** What is asked of the comparison of all cities. */
export interface AllCitiesRequest {
  /** Slug; null = the newest with results. */
  wave: string | null
  mode: SampleMode
  /** Code of a level. */
  level: string
}

/** All cities whose results the reader may see. */
export interface AllCities {
  wave: FrozenWave
  mode: SampleMode
  /** Waves with results, newest first. */
  waves: readonly FrozenWave[]
  instrument: Instrument
  scheme: string
  level: string
  sample: ComparisonSample
  /** By name. */
  lines: readonly CityLine[]
  /** Codes of their countries. */
  countries: readonly string[]
  levelOf: (line: CityLine) => number | null
  /** The middle half of all cities at this level; null when no city has a score. */
  network: Quartiles | null
  /** The reader sees real cities, too. */
  isMember: boolean
  /** Why results are left out: the reader judges answers of these cities, or of cities at all; null = none is. */
  blind: 'judging' | 'expert' | null
  /** At least one result has been reviewed by experts. */
  hasVerified: boolean
  /** Every city shown is invented. */
  isSynthetic: boolean
  /** Cities whose only results are of other versions of the questionnaire; they are not ranked with these. */
  otherVersions: number
}

/** Score of a line at a level, as it counts in comparisons. */
export function levelReader(sample: ComparisonSample, level: string): (line: CityLine) => number | null {
  const column = sample.column(level)
  return ({ position }) => (Number.isNaN(column[position]) ? null : column[position]!)
}

/** The middle half of all cities of a sample at a level. */
export function networkBand(sample: ComparisonSample, level: string): Quartiles | null {
  const sorted = sample.sorted(level)
  return quartilesOf({ n: sorted.length, at: (i) => sorted[i]! })
}

interface Found {
  waves: FrozenWave[]
  wave: FrozenWave | null
  instrument: Instrument | null
  only: ShownResults
}

async function findWave(services: Services, person: Person | null, slug: string | null): Promise<Found> {
  const { db, instruments, results } = services
  const frozen = results.waves
  const only = await shownTo(services, person)
  const versions = [...new Set(frozen.map(({ instrumentVersionId }) => instrumentVersionId))]
  const known = new Map<string, Instrument>()
  for (const id of versions) known.set(id, await instruments.get(db, id)) // in memory after the first time
  const withResults = versions.map((id) => results.waveIds(id, defaultScheme(known.get(id)!).id, only))
  const waves = frozen.filter(({ id }) => withResults.some((ids) => ids.has(id)))
  const wave = slug === null ? (waves[0] ?? null) : (frozen.find((each) => each.slug === slug) ?? null)
  return { waves, wave, only, instrument: wave && known.get(wave.instrumentVersionId)! }
}

/**
 * The comparison of all cities of a wave that the reader may see.
 * @returns null when there is no result to be seen
 * @throws {AppError} WAVE_NOT_FOUND, RESULT_NOT_FOUND for a level that the questionnaire does not have
 */
export async function openAllCities(
  services: Services,
  person: Person | null,
  { wave: slug, mode, level }: AllCitiesRequest,
): Promise<AllCities | null> {
  const { db, results } = services
  await results.refresh(db)
  const { waves, wave, instrument, only } = await findWave(services, person, slug)
  if (slug !== null && wave === null) throw new AppError('WAVE_NOT_FOUND')
  if (wave === null || instrument === null) return null
  if (parseElement(instrument, level) === null) throw new AppError('RESULT_NOT_FOUND')
  const scheme = defaultScheme(instrument).id
  const { sample, lines } = cityLines(results, instrument, {
    instrumentVersionId: wave.instrumentVersionId,
    scheme,
    wave,
    mode,
    only,
  })
  const otherVersions = sample.once('other-versions', () => {
    const cities = results.citiesOfOtherVersions(wave.instrumentVersionId, wave, only)
    return [...cities].filter((city) => sample.positionOf(city) === null).length
  })
  return {
    wave,
    mode,
    waves,
    instrument,
    scheme,
    level,
    sample,
    lines,
    countries: sample.once('countries', () => [...new Set(lines.map(({ country }) => country))]),
    levelOf: levelReader(sample, level),
    network: networkBand(sample, level),
    isMember: isMember(person),
    blind: only.blind ?? null,
    hasVerified: sample.once('has-verified', () => lines.some(({ verified }) => verified !== null)),
    isSynthetic: sample.once('is-synthetic', () => lines.length > 0 && lines.every(({ isSynthetic }) => isSynthetic)),
    otherVersions,
  }
}
