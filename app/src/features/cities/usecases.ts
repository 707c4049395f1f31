import { inContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { recordEvent } from '../audit/queries.ts'
import { type City, freeSlug, slugOf } from './city.ts'
import type { CityFact, Fact, Quality } from './fact.ts'
import { authorOf } from './operator.ts'
import {
  deleteFact,
  findCity,
  findFact,
  hasCityNamed,
  insertCity,
  listFacts,
  listFigures,
  listSlugsLike,
  replaceFigures,
  writeFact,
} from './queries.ts'
import { readReferenceFigures } from './reference.ts'

/** Reads what everybody may read about every city: its name, its facts, published results; nothing else. */
export function inPublic<T>(services: Services, work: (db: Db) => Promise<T>): Promise<T> {
  return inContext(services.db, { scope: 'comparison' }, work)
}

/** @throws {AppError} CITY_NOT_FOUND */
export async function getCity(db: Db, slug: string): Promise<City> {
  const city = await findCity(db, slug)
  if (city === null) throw new AppError('CITY_NOT_FOUND')
  return city
}

/** A city with its facts, newest first; public. */
export async function getCityRecord(db: Db, slug: string): Promise<{ city: City; facts: CityFact[] }> {
  const city = await getCity(db, slug)
  return { city, facts: await listFacts(db, city.id) }
}

export interface NewCity {
  name: string
  country: string
  region: string | null
  officialCode: string | null
}

/**
 * Adds a city to the network under a free address.
 * @throws {AppError} NOT_ALLOWED, CITY_CODE_TAKEN
 */
export async function createCity(db: Db, person: Person, input: NewCity, now: Date): Promise<City> {
  const permission = can(person, 'cities.manage')
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  if (await hasCityNamed(db, input.name, input.country)) throw new AppError('CITY_CODE_TAKEN', { code: input.name })
  const slug = freeSlug(input.name, await listSlugsLike(db, slugOf(input.name)))
  const city = await insertCity(db, { ...input, slug, isSynthetic: false }, now)
  if (city === null) throw new AppError('CITY_CODE_TAKEN', { code: input.officialCode ?? input.name })
  await recordEvent(db, {
    action: 'city.created',
    personId: authorOf(person),
    cityId: city.id,
    subject: `city:${city.slug}`,
    payload: input,
    now,
  })
  return city
}

/** The city whose facts the person may edit. */
async function getEditableCity(db: Db, person: Person, slug: string): Promise<City> {
  const city = await getCity(db, slug)
  const permission = can(person, 'facts.edit', city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  return city
}

export interface FactKey {
  city: string
  fact: Fact
  year: number
}

/** A city with its facts, for whoever may edit them. */
export async function getEditableFacts(db: Db, person: Person, slug: string): Promise<{ city: City; facts: CityFact[] }> {
  const city = await getEditableCity(db, person, slug)
  return { city, facts: await listFacts(db, city.id) }
}

/** @throws {AppError} FACT_NOT_FOUND */
export async function getEditableFact(
  db: Db,
  person: Person,
  { city: slug, fact, year }: FactKey,
): Promise<{ city: City; fact: CityFact }> {
  const city = await getEditableCity(db, person, slug)
  const found = await findFact(db, city.id, fact, year)
  if (found === null) throw new AppError('FACT_NOT_FOUND')
  return { city, fact: found }
}

export interface FactInput extends FactKey {
  value: number
  source: string
  quality: Quality
  /** The version the person has seen; 0 = none. */
  version: number
}

const isSame = (a: FactInput, b: CityFact): boolean => a.value === b.value && a.source === b.source && a.quality === b.quality

/**
 * Adds a fact for a year, or changes it. Sending what is stored already changes nothing, so that a repeated request is harmless.
 * @throws {AppError} NOT_ALLOWED, FACT_CHANGED with the present fact
 */
export async function setCityFact(db: Db, person: Person, input: FactInput, now: Date): Promise<CityFact> {
  const city = await getEditableCity(db, person, input.city)
  const { fact, year, value, source, quality, version } = input
  const before = await findFact(db, city.id, fact, year)
  if (before !== null && isSame(input, before)) return before
  const written = await writeFact(db, version, { cityId: city.id, fact, year, value, source, quality, personId: authorOf(person), now })
  if (written === null) throw new AppError('FACT_CHANGED', {}, { current: await findFact(db, city.id, fact, year) })
  const payload = {
    fact,
    year,
    value,
    source,
    quality,
    version: written.version,
    before: before && { value: before.value, source: before.source, quality: before.quality },
  }
  await recordEvent(db, {
    action: 'fact.set',
    personId: authorOf(person),
    cityId: city.id,
    subject: `fact:${city.slug}/${fact}/${year}`,
    payload,
    now,
  })
  return written
}

/** @throws {AppError} NOT_ALLOWED, FACT_NOT_FOUND, FACT_CHANGED with the present fact */
export async function removeCityFact(db: Db, person: Person, key: FactKey & { version: number }, now: Date): Promise<void> {
  const { city, fact } = await getEditableFact(db, person, key)
  if (!(await deleteFact(db, city.id, key.fact, key.year, key.version))) throw new AppError('FACT_CHANGED', {}, { current: fact })
  const payload = { value: fact.value, source: fact.source, quality: fact.quality, version: fact.version }
  await recordEvent(db, {
    action: 'fact.removed',
    personId: authorOf(person),
    cityId: city.id,
    subject: `fact:${city.slug}/${key.fact}/${key.year}`,
    payload,
    now,
  })
}

/** Puts the published figures that come with the product into the database; does nothing when they are there. */
export async function loadReferenceFigures(db: Db): Promise<void> {
  const figures = readReferenceFigures()
  const stored = (await listFigures(db)).map(({ id: _id, ...figure }) => figure)
  const keys = (figure: object) => JSON.stringify(Object.entries(figure).sort(([a], [b]) => a.localeCompare(b)))
  const isSameList = stored.length === figures.length && stored.every((figure, i) => keys(figure) === keys(figures[i]!))
  if (!isSameList) await replaceFigures(db, figures)
}
