import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import { instrumentFolder } from '../../../paths.ts'
import { translator } from '../../../text/text.ts'
import { loadInstrument } from '../../instrument/load.ts'
import { type CityLine, linesBelowMap, linesPerPage, pageOfLines, searchTextOf } from '../all-cities.ts'
import { type AllCities, levelReader, networkBand } from '../all-cities-usecases.ts'
import { type CompareState, standardState } from '../compare-state.ts'
import { ComparisonSample, ResultColumnsStore } from '../sample.ts'
import { openAggregates } from './aggregate-view.ts'
import { AggregatesPage } from './AggregatesPage.tsx'
import { AllCitiesPage } from './AllCitiesPage.tsx'
import { linesFor, type CompareView } from './compare-view.ts'
import { drawMap, mapSubtitle, mapSummary } from './map-view.ts'
import { MapPage } from './MapPage.tsx'
import { pickCities } from './picked.ts'
import { PickedCitiesPage } from './PickedCitiesPage.tsx'

const instrument = loadInstrument(instrumentFolder)
const cityCount = 5000
const countries = ['DE', 'FR', 'PL', 'IT', 'ES', 'SE', 'NL', 'BA', 'GB', 'MK']
const wave = { id: 'w', slug: 'wave-2026', name: 'Wave 2026', opensAt: new Date(0), closesAt: new Date(1), closedAt: null }

/** Spread over Europe, always the same way. */
function lineOf(i: number): CityLine {
  const name = `Sankt Nikolaus an der Brücke ${i}`
  const slug = `sankt-nikolaus-an-der-bruecke-${i}`
  const core = (i * 37) % 101
  return {
    position: i,
    id: `city-${i}`,
    slug,
    name,
    country: countries[i % countries.length]!,
    region: `${countries[i % countries.length]!}X${i % 70}`,
    latitude: 38 + ((i * 7919) % 3000) / 100,
    longitude: -8 + ((i * 104_729) % 3600) / 100,
    isSynthetic: true,
    wave,
    population: 1000 * i,
    size: '100000-to-200000',
    diversity: null,
    core,
    coverage: 0.9,
    isProvisional: false,
    rank: { rank: 1 + (i % 900), of: cityCount, low: 1, high: 4999 },
    verified: { score: core, share: 0.5 },
    searchText: searchTextOf(name, slug),
  }
}

function allCities(level: string): AllCities {
  const codes = ['core', 'extended', ...instrument.dimensions.map(({ id }) => `dimension:${id}`)]
  const store = new ResultColumnsStore()
  const lines = Array.from({ length: cityCount }, (_, i) => lineOf(i))
  for (const { id, position } of lines)
    store.add({
      seq: position,
      cityId: id,
      instrumentVersionId: 'v',
      scheme: 's',
      wave,
      createdAt: wave.opensAt,
      elements: codes.join(' '),
      scores: codes.map((_, k) => (position * 37 + k * 11) % 101),
      coverages: codes.map(() => 0.9),
      exactIndices: [],
    })
  const sample = new ComparisonSample(store, store.rows, new Map())
  return {
    wave: { ...wave, instrumentVersionId: 'v' },
    mode: 'all',
    waves: [],
    instrument,
    scheme: instrument.schemes[0]!.id,
    level,
    sample,
    lines,
    countries,
    levelOf: levelReader(sample, level),
    network: networkBand(sample, level),
    isMember: false,
    blind: null,
    hasVerified: true,
    isSynthetic: true,
    otherVersions: 3,
  }
}

function viewOf(language: 'de' | 'en', change: Partial<CompareState>, size = linesPerPage): CompareView {
  const state = { ...standardState, ...change }
  const t = translator(language)
  const compared = allCities(state.level)
  const found = linesFor(t, state, compared, [])
  const part = pageOfLines(found, state.page, size)
  return { t, state, compared, groups: [], isSignedIn: true, ownIds: new Set(), found, ...part, now: new Date(0) }
}

const frameBytes = 12_000 // header, banner and footer around every page
const bytesOf = (content: VNode): number => Buffer.byteLength(renderToString(content)) + frameBytes

describe('with 5,000 cities every page stays under 100 kB', () => {
  const level = `dimension:${instrument.dimensions[0]!.id}`
  const states: Partial<CompareState>[] = [{}, { level, sort: 'level', page: 60 }, { search: 'nikolaus', country: 'DE' }]

  it.each(states.flatMap((state) => [['de', state] as const, ['en', state] as const]))('in %s: %o', (language, state) => {
    const view = viewOf(language, state)
    expect(bytesOf(<AllCitiesPage view={view} />)).toBeLessThan(100_000)
    expect(bytesOf(<MapPage view={viewOf(language, state, linesBelowMap)} />)).toBeLessThan(100_000)
    for (const kind of ['country', 'region', 'network'] as const)
      expect(bytesOf(<AggregatesPage aggregates={openAggregates(view, kind)} />)).toBeLessThan(100_000)
  })

  it('with five picked cities', () => {
    const picks = [7, 70, 700, 1700, 2700].map((i) => lineOf(i).slug)
    const picked = pickCities(viewOf('de', { picks }))
    expect(picked.cities).toHaveLength(5)
    expect(bytesOf(<PickedCitiesPage picked={picked} />)).toBeLessThan(100_000)
  })
})

describe('the map of 5,000 cities', () => {
  it('says how many dots stand for how many cities, and how far they can lie off', () => {
    const view = viewOf('en', {})
    const map = drawMap(view)
    const drawn = map.drawing.dots.reduce((sum, { path }) => sum + path.split('h0').length - 1, 0)
    expect(map.plain).toEqual({ cities: map.placed - map.drawing.points.length, dots: drawn })
    expect(drawn).toBeLessThan(map.plain!.cities)
    expect(mapSubtitle(view.t, map)).toContain('one dot stands for several')
    expect(mapSummary(view, map)).toContain(`${drawn.toLocaleString('en')} dots for`)
    expect(mapSummary(view, map)).toMatch(/at most \d\d kilometres/)
  })

  it('draws every city by itself when there are few', () => {
    const view = viewOf('en', { search: 'bruecke 12' })
    const few = { ...view, found: view.compared.lines.slice(0, 30), shown: view.compared.lines.slice(0, 30) }
    const { drawing, plain, placed } = drawMap(few)
    expect([plain, drawing.dots, drawing.points.length]).toEqual([null, [], placed])
  })
})
