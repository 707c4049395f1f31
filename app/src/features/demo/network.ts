import { type AnswerFields, questionMap } from '../assessments/answer.ts'
import { slugOf } from '../cities/city.ts'
import type { Fact, Quality } from '../cities/fact.ts'
import type { Instrument } from '../instrument/instrument.ts'
import { type DemoTraits, inventAnswers } from './answers.ts'
import { type DemoCountry, demoCountries } from './names.ts'
import { createRandom, drawFrom, drawNormal, drawUuid } from './random.ts'
import { type DemoStage, presentCities, type PresentCity } from './present.ts'

export const demoSeed = 20_260_101

/** Cities evaluated in the two earlier waves only. */
export const earlierCityCount = 136

export interface DemoFact {
  fact: Fact
  value: number
  year: number
  quality: Quality
}

export interface DemoCity {
  id: string
  slug: string
  name: string
  country: string
  /** Invented code in the manner of NUTS; X never stands in a real one. Countries with many cities have two regions, south and north. */
  region: string
  latitude: number
  longitude: number
  facts: DemoFact[]
  /** How far it is in the present wave; null = it takes part in earlier waves only. */
  stage: DemoStage | null
}

export interface DemoWave {
  id: string
  slug: string
  name: string
  opensAt: Date
  closesAt: Date
}

export interface DemoAnswer extends AnswerFields {
  questionId: string
  version: number
  language: 'de' | 'en'
  updatedAt: Date
}

export interface DemoAssessment {
  id: string
  city: DemoCity
  wave: DemoWave
  invitedAt: Date
  submittedAt: Date | null
  /** Every saved version, oldest first; the newest of each question is the answer. */
  versions: DemoAnswer[]
}

export interface DemoNetwork {
  seed: number
  waves: DemoWave[]
  cities: DemoCity[]
  assessments: DemoAssessment[]
}

const day = 24 * 3600 * 1000 // ms

function inventWaves(seed: number, now: Date): DemoWave[] {
  const year = now.getUTCFullYear()
  const wave = (name: number, opensAt: Date, closesAt: Date): DemoWave => ({
    id: drawUuid(createRandom(seed, 'wave', name)),
    slug: `demonstration-${name}`,
    name: `Demonstration ${name}`,
    opensAt,
    closesAt,
  })
  return [
    wave(year - 4, new Date(Date.UTC(year - 4, 1, 1, 8)), new Date(Date.UTC(year - 4, 5, 30, 16))),
    wave(year - 2, new Date(Date.UTC(year - 2, 1, 1, 8)), new Date(Date.UTC(year - 2, 5, 30, 16))),
    wave(year, new Date(now.getTime() - 60 * day), new Date(now.getTime() + 150 * day)),
  ]
}

/** Log-normal, so that there are many small and few large cities; whole persons. */
const inventPopulation = (seed: number, key: string): number =>
  Math.round(Math.min(2_400_000, Math.max(28_000, 150_000 * 2.5 ** drawNormal(createRandom(seed, key, 'population')))))

/** Percent, one decimal; the middle city has 12.5. */
const inventShare = (seed: number, key: string): number =>
  Math.round(10 * Math.min(46, Math.max(1.2, 12.5 * 1.75 ** drawNormal(createRandom(seed, key, 'share'))))) / 10

function inventFacts(
  seed: number,
  key: string,
  year: number,
  given: Pick<PresentCity, 'population' | 'shareForeignBorn'> | null,
): DemoFact[] {
  const random = createRandom(seed, key, 'facts')
  const isBorn = given !== null || random() < 0.85
  const quality = (): Quality => drawFrom(random, ['official', 'official', 'official', 'estimate', 'own-count'])
  const gdp = Math.round((28_000 * 1.45 ** drawNormal(random)) / 100) * 100
  return [
    { fact: 'population', value: given?.population ?? inventPopulation(seed, key), year: year - 1, quality: quality() },
    {
      fact: isBorn ? 'share-foreign-born' : 'share-foreign-national',
      value: given?.shareForeignBorn ?? inventShare(seed, key),
      year: year - 1,
      quality: quality(),
    },
    { fact: 'gdp-per-capita', value: gdp, year: year - 2, quality: 'estimate' },
  ]
}

/** Invented names from which on a country has two regions. */
const manyNames = 9

function inventCity(seed: number, name: string, { country, box, names }: DemoCountry, year: number, present: PresentCity | null): DemoCity {
  const random = createRandom(seed, name, 'place')
  const [south, north, west, east] = box
  const degrees = (low: number, high: number) => Math.round((low + (high - low) * random()) * 1000) / 1000
  const latitude = degrees(south, north)
  return {
    id: drawUuid(createRandom(seed, name, 'id')),
    slug: slugOf(name),
    name,
    country,
    region: `${country}X${names.length < manyNames || latitude < (south + north) / 2 ? 1 : 2}`,
    latitude,
    longitude: degrees(west, east),
    facts: inventFacts(seed, name, year, present),
    stage: present?.stage ?? null,
  }
}

/** Names in an order that mixes the countries; more cities than names get a number. */
function listEarlierNames(seed: number, count: number): { name: string; country: DemoCountry }[] {
  const taken = new Set(presentCities.map(({ name }) => name))
  const named = demoCountries.flatMap((country) =>
    country.names.filter((name) => !taken.has(name)).map((name) => ({ name, country, order: createRandom(seed, name, 'order')() })),
  )
  named.sort((a, b) => a.order - b.order)
  return Array.from({ length: count }, (_, i) => {
    const { name, country } = named[i % named.length]!
    const round = Math.floor(i / named.length)
    return { name: round === 0 ? name : `${name} ${round + 1}`, country }
  })
}

/** A city's traits in a wave; it improves a little from wave to wave. */
function traitsOf(seed: number, city: DemoCity, year: number, wave: number): DemoTraits {
  const random = createRandom(seed, city.name, 'level')
  const level =
    0.17 +
    0.5 * (presentCities.find(({ name }) => name === city.name)?.level ?? drawNormal(random)) +
    wave * 0.14 * (1 + drawNormal(random))
  // Some cities left much open in the first wave, before they came again: their result of that wave is provisional.
  const isThin =
    city.stage === null && wave === 0 && earlierWavesOf(seed, city).length > 1 && createRandom(seed, city.name, 'thin')() < 0.14
  const language = city.country === 'DE' || city.country === 'AT' ? 'de' : 'en'
  return {
    city: city.name,
    level,
    year,
    language,
    openShare: isThin ? 0.42 : 0.012,
    notKnownShare: 0.02 + 0.05 * createRandom(seed, city.name, 'known')(),
  }
}

const versionsAt = (answers: ReadonlyMap<string, AnswerFields>, language: 'de' | 'en', at: (i: number) => Date): DemoAnswer[] =>
  [...answers].map(([questionId, answer], i) => ({ ...answer, questionId, version: 1, language, updatedAt: at(i) }))

function inventEarlier(seed: number, instrument: Instrument, city: DemoCity, wave: DemoWave, waveIndex: number): DemoAssessment {
  const traits = traitsOf(seed, city, wave.opensAt.getUTCFullYear(), waveIndex)
  const random = createRandom(seed, city.name, wave.slug)
  const submittedAt = new Date(wave.opensAt.getTime() + Math.floor((60 + 85 * random()) * day))
  const step = Math.floor((20 * day) / 86)
  const versions = versionsAt(
    inventAnswers(seed, instrument, traits),
    traits.language,
    (i) => new Date(submittedAt.getTime() - (90 - i) * step),
  )
  return { id: drawUuid(createRandom(seed, city.name, wave.slug, 'id')), city, wave, invitedAt: wave.opensAt, submittedAt, versions }
}

/** What a city has answered in the present wave, as far as it has come. */
function inventPresent(
  seed: number,
  instrument: Instrument,
  city: DemoCity,
  present: PresentCity,
  wave: DemoWave,
  now: Date,
): DemoAssessment {
  const traits = { ...traitsOf(seed, city, now.getUTCFullYear(), 2), openShare: 0 }
  const questions = questionMap(instrument)
  const answers = inventAnswers(seed, instrument, traits, present.isAsked)
  for (const [id, explanation] of Object.entries(present.explained ?? {}))
    if (answers.has(id)) answers.set(id, { ...answers.get(id)!, explanation })
  const submittedAt = present.submittedDaysAgo === null ? null : new Date(now.getTime() - present.submittedDaysAgo * day)
  const last = submittedAt ?? now
  const versions = versionsAt(answers, traits.language, (i) => new Date(last.getTime() - (answers.size - i + 1) * 6 * 3600 * 1000))
  const later = present.changed.flatMap((id): DemoAnswer[] => {
    const before = versions.find(({ questionId, options }) => questionId === id && options !== null)
    const best = [...(questions.get(id)?.options ?? [])].sort((a, b) => b.points - a.points)[0]
    return before === undefined || best === undefined
      ? []
      : [{ ...before, options: [best.id], version: 2, updatedAt: new Date(now.getTime() - day) }]
  })
  return {
    id: drawUuid(createRandom(seed, city.name, wave.slug, 'id')),
    city,
    wave,
    invitedAt: wave.opensAt,
    submittedAt,
    versions: [...versions, ...later],
  }
}

/** In which of the two earlier waves a city took part: at least one; most newer results are of the second. */
function earlierWavesOf(seed: number, city: DemoCity): number[] {
  const draw = createRandom(seed, city.name, 'waves')()
  return draw < 0.25 ? [0] : draw < 0.6 ? [1] : [0, 1]
}

/**
 * The demonstration: invented cities, facts, waves and answers. The same seed, year and instrument give the same cities,
 * facts and answers; the times of the present wave lie around `now`.
 * @param cityCount cities of the earlier waves; the six of the present wave come on top
 */
export function inventNetwork(seed: number, instrument: Instrument, now: Date, cityCount = earlierCityCount): DemoNetwork {
  const waves = inventWaves(seed, now)
  const year = now.getUTCFullYear()
  const earlier = listEarlierNames(seed, cityCount).map(({ name, country }) => inventCity(seed, name, country, year, null))
  const present = presentCities.map((each) => ({
    each,
    city: inventCity(
      seed,
      each.name,
      demoCountries.find(({ country }) => country === each.country)!,
      year,
      each,
    ),
  }))
  const assessments = [
    ...earlier.flatMap((city) => earlierWavesOf(seed, city).map((i) => inventEarlier(seed, instrument, city, waves[i]!, i))),
    ...present.flatMap(({ each, city }) => each.earlierWaves.map((i) => inventEarlier(seed, instrument, city, waves[i]!, i))),
    ...present.map(({ each, city }) => inventPresent(seed, instrument, city, each, waves[2]!, now)),
  ]
  return { seed, waves, cities: [...earlier, ...present.map(({ city }) => city)], assessments }
}
