import { describe, expect, it } from 'vitest'
import { type Fact, groupFacts, newestFacts, parseFactValue, parseYear } from './fact.ts'

const value = (fact: Fact, text: string) => {
  const parsed = parseFactValue(fact, text)
  return parsed.ok ? parsed.value : parsed.problem
}

describe('values as people type them', () => {
  it.each([
    ['population', '35500', 35500],
    ['population', '35.500', 35500],
    ['population', '35 500', 35500],
    ['population', '1,620,943', 1620943],
    ['population', '1.620.943', 1620943],
    ['share-foreign-born', '12,5', 12.5],
    ['share-foreign-born', '12.5 %', 12.5],
    ['share-foreign-born', '12,345', 12.35],
    ['share-foreign-national', '0', 0],
    ['share-migrant-background', '100', 100],
    ['gdp-per-capita', '38.500', 38500],
    ['gdp-per-capita', '38.500,50 €', 38500.5],
    ['gdp-per-capita', '€ 38,500.50', 38500.5],
    ['gdp-per-capita', '41 200 EUR', 41200],
  ] as const)('reads %s "%s" as %d', (fact, text, expected) => expect(value(fact, text)).toBe(expected))

  it.each([
    ['population', '', 'cities.fact.value.missing'],
    ['population', 'about 35000', 'cities.fact.value.noNumber'],
    ['population', '1,2,3', 'cities.fact.value.noNumber'],
    ['population', '35000,5', 'cities.fact.value.notWhole'],
    ['population', '-3', 'cities.fact.value.negative'],
    ['population', '0', 'cities.fact.value.nobody'],
    ['population', '350000000', 'cities.fact.value.tooLarge.persons'],
    ['share-foreign-born', '%', 'cities.fact.value.missing'],
    ['share-foreign-born', '101', 'cities.fact.value.tooLarge.percent'],
    ['share-foreign-born', '1e2', 'cities.fact.value.noNumber'],
    ['gdp-per-capita', 'NaN', 'cities.fact.value.noNumber'],
  ] as const)('names what is wrong with %s "%s"', (fact, text, problem) => expect(value(fact, text)).toBe(problem))
})

describe('years', () => {
  const now = new Date('2026-07-01T00:00:00Z')
  it('are four digits from 1990 to this year', () => {
    expect(parseYear(' 2024 ', now)).toEqual({ ok: true, value: 2024 })
    expect(parseYear('2026', now)).toEqual({ ok: true, value: 2026 })
    expect(parseYear('', now)).toEqual({ ok: false, problem: 'cities.fact.year.missing' })
    expect(parseYear('24', now)).toEqual({ ok: false, problem: 'cities.fact.year.noYear' })
    expect(parseYear('1989', now)).toEqual({ ok: false, problem: 'cities.fact.year.tooEarly' })
    expect(parseYear('2027', now)).toEqual({ ok: false, problem: 'cities.fact.year.future' })
  })
})

describe('facts that form groups', () => {
  it('are the newest of each, whatever their order', () => {
    const all = [
      { fact: 'population', value: 35251, year: 2015 },
      { fact: 'population', value: 35500, year: 2017 },
      { fact: 'population', value: 34000, year: 2011 },
    ] as const
    expect(newestFacts(all).get('population')?.value).toBe(35500)
    expect(groupFacts(all)).toEqual({ population: { value: 35500, year: 2017 }, shareForeign: null })
  })

  it('take foreign-born residents before foreign nationals, even when the latter are newer, and say which', () => {
    const national = { fact: 'share-foreign-national', value: 12.29, year: 2024 } as const
    const born = { fact: 'share-foreign-born', value: 14, year: 2014 } as const
    expect(groupFacts([national, born]).shareForeign).toEqual({ value: 14, year: 2014, basis: 'foreign-born' })
    expect(groupFacts([national]).shareForeign).toEqual({ value: 12.29, year: 2024, basis: 'foreign-national' })
  })

  it('know the difference between no figure and a share of 0', () => {
    expect(groupFacts([{ fact: 'share-foreign-born', value: 0, year: 2020 }]).shareForeign).toEqual({
      value: 0,
      year: 2020,
      basis: 'foreign-born',
    })
    expect(groupFacts([]).shareForeign).toBeNull()
  })
})
