import type { TextKey } from '../../text/catalogue.ts'

/** Facts about a city, in the order they are shown. They are not scored. */
export const facts = ['population', 'share-foreign-born', 'share-foreign-national', 'share-migrant-background', 'gdp-per-capita'] as const
export type Fact = (typeof facts)[number]

/** Where a value comes from: official statistics, an estimate, counted by the city itself, or official but not final. */
export const qualities = ['official', 'estimate', 'own-count', 'provisional'] as const
export type Quality = (typeof qualities)[number]

export const isFact = (text: string): text is Fact => (facts as readonly string[]).includes(text)

export interface CityFact {
  fact: Fact
  /** Persons, percent 0-100 or euro. */
  value: number
  year: number
  source: string
  quality: Quality
  /** Grows with every change; 0 = does not exist. */
  version: number
  updatedAt: Date
}

export type FactUnit = 'persons' | 'percent' | 'euro'

export function unitOf(fact: Fact): FactUnit {
  if (fact === 'population') return 'persons'
  return fact === 'gdp-per-capita' ? 'euro' : 'percent'
}

/** A value that was read, or a text key that names what is wrong with it. */
export type Parsed = { ok: true; value: number } | { ok: false; problem: TextKey }

const wrong = (problem: TextKey): Parsed => ({ ok: false, problem })

const units: Record<FactUnit, RegExp> = { persons: /$^/, percent: /\s*%$/, euro: /^€\s*|\s*(€|EUR)$/gi }

/** Reads "12,5", "12.5", "35 500", "35.500" and "1.234.567,8". Shares never have thousands, so their separator is a decimal one. */
function readNumber(text: string, hasThousands: boolean): number | null {
  const plain = text.replaceAll(/[\s'’]/g, '')
  if (!/^[-+]?\d+([.,]\d+)*$/.test(plain)) return null
  const separators = [...plain.replaceAll(/[^.,]/g, '')]
  const last = separators.at(-1)
  if (last === undefined) return Number(plain)
  const isGrouped = /^[-+]?\d{1,3}([.,]\d{3})+$/.test(plain) && new Set(separators).size === 1
  if (isGrouped && (hasThousands || separators.length > 1)) return Number(plain.replaceAll(/[.,]/g, ''))
  const [whole, decimals] = splitAtLast(plain, last)
  const isWhole = /^[-+]?\d+$/.test(whole) || (!whole.includes(last) && /^[-+]?\d{1,3}([.,]\d{3})+$/.test(whole))
  return isWhole ? Number(`${whole.replaceAll(/[.,]/g, '')}.${decimals}`) : null
}

function splitAtLast(text: string, separator: string): [string, string] {
  const at = text.lastIndexOf(separator)
  return [text.slice(0, at), text.slice(at + 1)]
}

const largest: Record<FactUnit, number> = { persons: 50_000_000, percent: 100, euro: 1_000_000 }

/**
 * A value as people type it, with a decimal comma or point and with or without its unit.
 * @returns persons, percent 0-100 or euro, or what is wrong
 */
export function parseFactValue(fact: Fact, text: string): Parsed {
  const unit = unitOf(fact)
  const typed = text.trim().replace(units[unit], '')
  if (typed === '') return wrong('cities.fact.value.missing')
  const value = readNumber(typed, unit !== 'percent')
  if (value === null) return wrong('cities.fact.value.noNumber')
  return checkFactValue(fact, value)
}

/** The rules a number keeps to be a value of the fact. */
export function checkFactValue(fact: Fact, value: number): Parsed {
  const unit = unitOf(fact)
  if (value < 0) return wrong('cities.fact.value.negative')
  if (unit === 'persons' && !Number.isInteger(value)) return wrong('cities.fact.value.notWhole')
  if (unit === 'persons' && value === 0) return wrong('cities.fact.value.nobody')
  if (value > largest[unit]) return wrong(`cities.fact.value.tooLarge.${unit}`)
  return { ok: true, value: Math.round(value * 100) / 100 }
}

export const firstYear = 1990

/** The year a value describes: not before 1990, not in the future. */
export function parseYear(text: string, now: Date): Parsed {
  const typed = text.trim()
  if (typed === '') return wrong('cities.fact.year.missing')
  if (!/^\d{4}$/.test(typed)) return wrong('cities.fact.year.noYear')
  return checkYear(Number(typed), now)
}

export function checkYear(year: number, now: Date): Parsed {
  if (year < firstYear) return wrong('cities.fact.year.tooEarly')
  return year > now.getFullYear() ? wrong('cities.fact.year.future') : { ok: true, value: year }
}

type FactValue = Pick<CityFact, 'fact' | 'value' | 'year'>

/** The value of the newest year of each fact. */
export function newestFacts<F extends FactValue>(all: readonly F[]): Map<Fact, F> {
  const newest = new Map<Fact, F>()
  for (const fact of all) if (fact.year > (newest.get(fact.fact)?.year ?? 0)) newest.set(fact.fact, fact)
  return newest
}

/** What decides to which clusters a city belongs; null = not known. */
export interface GroupFacts {
  population: { value: number; year: number } | null
  /** Percent of residents, and whether born abroad or, where only that is known, with a foreign nationality. */
  shareForeign: { value: number; year: number; basis: 'foreign-born' | 'foreign-national' } | null
}

const valueOf = (fact: FactValue | undefined) => (fact === undefined ? null : { value: fact.value, year: fact.year })

/** Newest inhabitants; newest share of foreign-born residents, or of foreign nationals where the first is not known. */
export function groupFacts(all: readonly FactValue[]): GroupFacts {
  const newest = newestFacts(all)
  const born = valueOf(newest.get('share-foreign-born'))
  const national = valueOf(newest.get('share-foreign-national'))
  const shareForeign =
    born !== null
      ? { ...born, basis: 'foreign-born' as const }
      : national !== null
        ? { ...national, basis: 'foreign-national' as const }
        : null
  return { population: valueOf(newest.get('population')), shareForeign }
}
