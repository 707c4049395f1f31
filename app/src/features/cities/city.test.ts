import { describe, expect, it } from 'vitest'
import { freeSlug, slugOf, withoutMarks } from './city.ts'
import { countryCodes, countryName, isCountryCode } from './countries.ts'

describe('names in addresses', () => {
  it.each([
    ['Linköping', 'linkoeping'],
    ['Neumarkt i.d.OPf.', 'neumarkt-i-d-opf'],
    ['Donostia/San Sebastián', 'donostia-san-sebastian'],
    ['Łódź', 'lodz'],
    ['Rīga', 'riga'],
    ['Großröhrsdorf', 'grossroehrsdorf'],
    ["L'Hospitalet de Llobregat", 'lhospitalet-de-llobregat'],
    ['  Tromsø  ', 'tromsoe'],
    ['Одеса', 'city'],
    ['New', 'new-1'],
    ['o\u0308', 'oe'],
  ])('spell %s as %s', (name, slug) => expect(slugOf(name)).toBe(slug))

  it('have at most 60 characters and no hyphen at their ends', () => {
    const slug = slugOf(`${'a'.repeat(59)} ${'b'.repeat(20)}`)
    expect(slug).toBe('a'.repeat(59))
  })

  it('take the next free number when the name is taken', () => {
    expect(freeSlug('Frankfurt', new Set())).toBe('frankfurt')
    expect(freeSlug('Frankfurt', new Set(['frankfurt', 'frankfurt-2']))).toBe('frankfurt-3')
  })

  it('are found without accents', () => expect(withoutMarks('Kluż-Nāpoca')).toBe('Kluz-Napoca'))
})

describe('countries', () => {
  it('have a name in both languages', () => {
    expect(countryName('de', 'SE')).toBe('Schweden')
    expect(countryName('en', 'SE')).toBe('Sweden')
    expect(countryCodes.filter((code) => countryName('de', code) === code || countryName('en', code) === code)).toEqual([])
  })

  it('are known by their code', () => {
    expect(isCountryCode('LV')).toBe(true)
    expect(isCountryCode('ZZ')).toBe(false)
  })
})
