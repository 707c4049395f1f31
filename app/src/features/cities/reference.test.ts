import { describe, expect, it } from 'vitest'
import { readReferenceFigures, sourceParts } from './reference.ts'

const figures = readReferenceFigures()

describe('published figures', () => {
  it('come with a source each', () => {
    expect(figures.length).toBeGreaterThan(80)
    expect(figures.filter(({ source }) => source.trim().length < 10)).toEqual([])
  })

  it('are read with their year, and shares as percent', () => {
    const dietzenbach = figures.filter(({ city, year }) => city === 'Dietzenbach' && year === 2017).map(({ code, value }) => [code, value])
    expect(dietzenbach).toEqual([
      ['population', 35500],
      ['share-foreign-national', 30.8],
      ['share-migrant-background', 58],
    ])
    expect(figures.find(({ city, code }) => city === 'Linköping' && code === 'overall')).toMatchObject({
      value: 53,
      year: 2020,
      country: 'SE',
    })
  })

  it('keep a rank that was published without a score, and the averages apart from the cities', () => {
    expect(figures.find(({ city, code }) => city === 'Duisburg' && code === 'overall')).toMatchObject({
      value: null,
      remark: '7 of 12',
      sampleSize: 12,
    })
    expect(figures.filter(({ city }) => city === null).map(({ value }) => value)).toEqual([69, 74])
    expect(figures.some(({ value, remark }) => value === null && remark === null)).toBe(false)
  })

  it('link only what is an address', () => {
    expect(sourceParts('paper (2016) ; https://www.example.org/a?b=1')).toEqual([
      { text: 'paper (2016) ; ', href: null },
      { text: 'example.org', href: 'https://www.example.org/a?b=1' },
    ])
    expect(sourceParts('javascript:alert(1)')).toEqual([{ text: 'javascript:alert(1)', href: null }])
  })
})
