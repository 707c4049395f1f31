import { renderToString } from 'preact-render-to-string'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { textsUnder } from '../../text/text.ts'
import { findCityByText, listedCities, showRanks, typedWeights, type WeightsProps } from './pages/weights-state.ts'
import { WeightsView } from './pages/WeightsIsland.tsx'
import { packPlay, unpackPlay } from './play-data.ts'
import { type PlayData, presetWeights, toPlayRanks } from './weight-play.ts'

const areas = Array.from({ length: 12 }, (_, i) => ({ id: `area-${i}`, questions: 7 }))

/** Scores as they are: sums of points over sums of maxima, with all their digits. */
const network = (count: number): PlayData => ({
  areas,
  cities: Array.from({ length: count }, (_, i) => ({
    slug: `sankt-nikolaus-an-der-bruecke-${i}`,
    name: `Sankt Nikolaus an der Brücke ${i}`,
    country: 'DE',
    scores: areas.map((_area, k) => ((i * 7 + k) % 97 === 0 ? null : (100 * ((i * 37 + k * 11) % 43)) / 42)),
  })),
})

const ranksOf = ({ cities }: PlayData) => {
  const q = { q5: 1, q25: 2, median: 3, q75: 4, q95: 5 }
  return toPlayRanks(cities.map(({ slug }, i) => ({ unit: slug, rank: i + 1, score: 50, rankQuantiles: q })))
}

describe('the scores that a browser loads', () => {
  it('are exactly those of the server, what is missing too', () => {
    const data = network(300)
    expect(unpackPlay(JSON.parse(JSON.stringify(packPlay(data))))).toEqual(data)
    expect(data.cities.some(({ scores }) => scores.includes(null))).toBe(true)
  })

  it('are written once each: 5,000 cities in less than 200 kB on the line', () => {
    expect(gzipSync(JSON.stringify(packPlay(network(5000)))).length).toBeLessThan(200_000)
  })
})

describe('the page of 5,000 cities', () => {
  const data = network(5000)
  const state = { typed: typedWeights(presetWeights(data, 'areas')), city: data.cities[2500]!.slug, page: 3 }
  const props: WeightsProps = {
    language: 'de',
    texts: textsUnder('de', 'weights.live.'),
    areas,
    cities: listedCities(data),
    cityName: data.cities[2500]!.name,
    names: Object.fromEntries(areas.map(({ id }) => [id, 'Interkulturelle Kompetenz'])),
    state,
    shown: showRanks(ranksOf(data), data, state),
    failedRuns: 0,
    problems: [],
  }

  it('holds what it shows and no more: under 100 kB with the values of its script', () => {
    const html = renderToString(<WeightsView {...props} onChange={null} />)
    expect(Buffer.byteLength(html) + Buffer.byteLength(JSON.stringify(props))).toBeLessThan(100_000)
    expect(html).toContain('name="city"')
  })

  it('shows the chosen city among its neighbours and the page that was asked for', () => {
    expect(props.shown).toMatchObject({ total: 5000, page: 3, own: { rank: 2501 } })
    expect(props.shown!.neighbours.map(({ rank }) => rank)).toEqual([2498, 2499, 2500, 2501, 2502, 2503, 2504])
    expect(props.shown!.rows.map(({ rank }) => rank)).toEqual(Array.from({ length: 20 }, (_, i) => 41 + i))
    expect(showRanks(ranksOf(data), data, { ...state, page: 9999 }).page).toBe(250)
  })

  it('lists the cities of a smaller network', () => expect(listedCities(network(142))).toHaveLength(142))
})

describe('a city by its name', () => {
  const cities = [
    { slug: 'neu-halle', name: 'Neu-Halle' },
    { slug: 'halle-westfalen', name: 'Halle (Westfalen)' },
    { slug: 'halle', name: 'Halle' },
  ]
  it.each([
    ['halle', 'halle'],
    [' HALLE ', 'halle'],
    ['halle (w', 'halle-westfalen'],
    ['neu', 'neu-halle'],
    ['westfalen', undefined],
    ['', undefined],
  ])('%j is %s', (text, slug) => expect(findCityByText(cities, text)?.slug).toBe(slug))
})
