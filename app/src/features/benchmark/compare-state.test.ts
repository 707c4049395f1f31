import { describe, expect, it } from 'vitest'
import { comparePath, type CompareState, parseState, standardState } from './compare-state.ts'

/** Reads an address as the server does. */
function read(path: string): CompareState {
  const { searchParams } = new URL(path, 'http://localhost')
  return parseState(
    (name) => searchParams.get(name) ?? undefined,
    (name) => searchParams.getAll(name),
  )
}

const everything: CompareState = {
  wave: 'wave-2026',
  mode: 'wave',
  level: 'dimension:language',
  search: 'São & Söhne, 100 %',
  country: 'DE',
  size: 'under-100000',
  diversity: '20-and-more',
  group: '0f8fad5b-d9cb-469f-a165-70867728950e',
  sort: 'core',
  direction: 'ascending',
  page: 3,
  picks: ['lublin', 'riga'],
}

describe('the address of the comparison', () => {
  it('is short while nothing is asked for', () => {
    expect(comparePath('', standardState)).toBe('/compare')
    expect(read('/compare')).toEqual(standardState)
  })

  it('carries the whole state there and back', () => {
    expect(read(comparePath('/map', everything))).toEqual(everything)
    expect(comparePath('', { ...standardState, picks: ['a', 'b'], level: 'dimension:language' })).toBe(
      '/compare?level=dimension:language&pick=a,b',
    )
  })

  it.each(['name', 'country', 'size', 'core', 'rank', 'coverage', 'verified', 'level'] as const)(
    'carries both directions of %s',
    (sort) => {
      for (const direction of ['ascending', 'descending'] as const)
        expect(read(comparePath('', { ...standardState, sort, direction }))).toMatchObject({ sort, direction })
    },
  )

  it('reads picks as a list and as checkboxes send them, each city once', () => {
    expect(read('/compare?pick=b,a&pick=c&pick=a&pick=').picks).toEqual(['b', 'a', 'c'])
  })

  it('takes for the standard what it does not know', () => {
    expect(read('/compare?sort=fame&page=-1&sample=none&sort=')).toEqual(standardState)
    expect(read('/compare?page=1e9').page).toBe(1)
    expect(read('/compare?sort=rank.sideways')).toMatchObject({ sort: 'rank', direction: 'ascending' })
  })
})
