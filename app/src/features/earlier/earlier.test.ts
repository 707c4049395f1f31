import { describe, expect, it } from 'vitest'
import { bandOf, figureKey, findPlaces, kinshipOf, slugFinder } from './earlier.ts'

const own = { id: 'tessera', version: '1.0.0' }

describe('the questionnaire behind a figure', () => {
  it.each([
    ['Tessera', ' 1.0.0 ', 'same'],
    ['tessera', '0.9.0', 'other-version'],
    ['Intercultural Cities Index', '1.0.0', 'other-instrument'],
  ])('%s %s is %s', (instrument, instrumentVersion, kinship) => {
    expect(kinshipOf({ instrument, instrumentVersion }, own)).toBe(kinship)
  })
})

describe('a figure', () => {
  const figure = { city: 'Riga', country: 'LV', year: 2020, instrument: 'ICC', instrumentVersion: '2019', code: 'index' }

  it('is the same one whatever the letters of its names', () => {
    expect(figureKey({ ...figure, city: ' RIGA', instrument: 'icc' })).toBe(figureKey(figure))
  })

  it.each([
    ['year', 2021],
    ['country', 'EE'],
    ['instrumentVersion', '2020'],
    ['code', 'language'],
  ])('is another one with another %s', (name, value) => {
    expect(figureKey({ ...figure, [name]: value })).not.toBe(figureKey(figure))
  })
})

describe('the address of a city', () => {
  const places = [
    { city: 'Linköping', country: 'SE' },
    { city: 'Cartagena', country: 'ES' },
    { city: 'Cartagena', country: 'CO' },
  ]

  it('is its name, with the country where two share it', () => {
    expect(places.map(slugFinder(places))).toEqual(['linkoeping', 'cartagena-es', 'cartagena-co'])
  })

  it('finds one city, several of a name, or none', () => {
    expect(findPlaces(places, 'linkoeping')).toEqual([places[0]])
    expect(findPlaces(places, 'linkoeping-se')).toEqual([places[0]])
    expect(findPlaces(places, 'cartagena')).toEqual([places[1], places[2]])
    expect(findPlaces(places, 'cartagena-co')).toEqual([places[2]])
    expect(findPlaces(places, 'nowhere')).toEqual([])
  })
})

describe('the band of the published cities', () => {
  const score = (city: string, year: number | null, value: number | null) => ({ city, country: 'SE', year, value })

  it('takes the newest score of each city, one without a year too, and leaves out what has no score', () => {
    const figures = [score('A', 2010, 10), score('A', 2020, 50), score('B', null, 60), score('C', 2020, null), score('D', 2018, 80)]
    // 50, 60, 80: position (3 - 1) x 0.25 = 0.5 -> 55; 0.75 -> 1.5 -> 70
    expect(bandOf(figures)).toEqual({ n: 3, q1: 55, median: 60, q3: 70, scores: [50, 60, 80] })
  })

  it('is nothing without a score', () => {
    expect(bandOf([score('A', 2020, null)])).toBeNull()
  })
})
