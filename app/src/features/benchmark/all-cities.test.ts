import { describe, expect, it } from 'vitest'
import { type CityLine, filterLines, pageOfLines, rankAll, searchTextOf, sortLines } from './all-cities.ts'

const line = (slug: string, rest: Partial<CityLine> = {}): CityLine => ({
  position: 0,
  id: slug,
  slug,
  name: slug,
  country: 'DE',
  region: null,
  latitude: null,
  longitude: null,
  isSynthetic: true,
  wave: { slug: 'w', name: 'W' },
  population: null,
  size: null,
  diversity: null,
  core: null,
  coverage: null,
  isProvisional: false,
  rank: null,
  verified: null,
  searchText: searchTextOf(rest.name ?? slug, slug),
  ...rest,
})

const lines = [
  line('aarhus', { country: 'DK', core: 40, verified: { score: 38, share: 1 }, size: 'large', population: 300 }),
  line('bern', { country: 'CH', core: null, verified: { score: null, share: 0 }, size: 'small', population: 100 }),
  line('riga', { name: 'Rīga', country: 'LV', core: 70, size: 'large' }),
  line('tartu', { country: 'EE', core: 40, verified: { score: 61, share: 0.5 }, diversity: 'high', population: 100 }),
]
const slugs = (found: readonly CityLine[]) => found.map(({ slug }) => slug).join(' ')
const nothing = { search: '', country: '', size: '', diversity: '', members: null }

describe('narrowing down', () => {
  it('finds names without accents and in any case, and addresses', () => {
    expect(slugs(filterLines(lines, { ...nothing, search: 'RIGA' }))).toBe('riga')
    expect(slugs(filterLines(lines, { ...nothing, search: ' rīg ' }))).toBe('riga')
    expect(slugs(filterLines(lines, { ...nothing, search: 'r' }))).toBe('aarhus bern riga tartu')
  })

  it('joins all parts; a city whose fact is not known is in no group', () => {
    expect(slugs(filterLines(lines, { ...nothing, size: 'large' }))).toBe('aarhus riga')
    expect(slugs(filterLines(lines, { ...nothing, size: 'large', country: 'LV' }))).toBe('riga')
    expect(slugs(filterLines(lines, { ...nothing, diversity: 'high' }))).toBe('tartu')
    expect(slugs(filterLines(lines, { ...nothing, members: new Set(['bern', 'gone']) }))).toBe('bern')
    expect(slugs(filterLines(lines, { ...nothing, members: new Set() }))).toBe('')
  })
})

describe('the order', () => {
  const sort = (by: Parameters<typeof sortLines>[1]['sort'], direction: 'ascending' | 'descending') =>
    slugs(sortLines(lines, { sort: by, direction, levelOf: ({ slug }) => slug.length, countries: ['EE', 'LV', 'DK', 'CH'] }))

  it('keeps the names of equal ones, and has those without a value last in either direction', () => {
    expect(sort('core', 'descending')).toBe('riga aarhus tartu bern')
    expect(sort('core', 'ascending')).toBe('aarhus tartu riga bern')
    expect(sort('size', 'ascending')).toBe('bern tartu aarhus riga')
    expect(sort('rank', 'ascending')).toBe('aarhus bern riga tartu')
    expect(sort('verified', 'descending')).toBe('tartu aarhus bern riga')
  })

  it('follows the level that is shown, and the names of countries as the reader’s language has them', () => {
    expect(sort('level', 'descending')).toBe('aarhus tartu bern riga')
    expect(sort('country', 'ascending')).toBe('tartu riga aarhus bern')
    expect(sort('name', 'descending')).toBe('tartu riga bern aarhus')
  })
})

describe('a page of the table', () => {
  const many = Array.from({ length: 120 }, (_, i) => i)

  it('holds fifty cities; the last page what is left; a page behind the end is the last one', () => {
    expect(pageOfLines(many, 1)).toMatchObject({ page: 1, pages: 3, first: 0 })
    expect(pageOfLines(many, 3).shown).toEqual(many.slice(100))
    expect(pageOfLines(many, 99)).toMatchObject({ page: 3, first: 100 })
    expect(pageOfLines([], 5)).toEqual({ shown: [], page: 1, pages: 1, first: 0 })
  })
})

describe('places', () => {
  it('go to the highest first; equal scores share the best place; without a score there is none', () => {
    const equal = () => 0
    expect([...rankAll(Float64Array.of(50, 70, NaN, 70, 20), equal)]).toEqual([3, 1, 0, 1, 4])
    expect([...rankAll(new Float64Array(), equal)]).toEqual([])
  })

  it('ask exactly where numbers cannot tell', () => {
    // 0 is a little higher than 2, 1 equal to 2
    const exact = [2, 1, 1]
    expect([...rankAll(Float64Array.of(60, 60, 60), (a, b) => exact[a]! - exact[b]!)]).toEqual([1, 2, 2])
  })
})
