import type { CityLine } from './all-cities.ts'
import type { AllCities } from './all-cities-usecases.ts'

/** The columns of a city in tables of figures. */
export const lineColumns = [
  'city',
  'name',
  'country',
  'region',
  'population',
  'sizeGroup',
  'diversityGroup',
  'wave',
  'core',
  'coverage',
  'isProvisional',
  'rank',
  'of',
  'rankLow',
  'rankHigh',
  'verifiedCore',
  'verifiedShare',
  'level',
  'levelScore',
  'scheme',
  'instrument',
  'instrumentVersion',
  'isSynthetic',
] as const

/** A city as a row of figures, unrounded. */
export function lineCells({ instrument, scheme, level, levelOf }: AllCities, line: CityLine) {
  const { rank } = line
  return [
    line.slug,
    line.name,
    line.country,
    line.region,
    line.population,
    line.size,
    line.diversity,
    line.wave.slug,
    line.core,
    line.coverage,
    line.isProvisional,
    rank?.rank ?? null,
    rank?.of ?? null,
    rank?.low ?? null,
    rank?.high ?? null,
    line.verified?.score ?? null,
    line.verified?.share ?? null,
    level,
    levelOf(line),
    scheme,
    instrument.id,
    instrument.version,
    line.isSynthetic,
  ]
}
