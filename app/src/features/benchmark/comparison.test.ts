import { clusterStatistics, quartiles, widenGroup } from '@tessera/engine'
import { describe, expect, it } from 'vitest'
import type { ClusterScheme } from '../instrument/instrument.ts'
import type { AssessmentScores, LevelScore } from '../results/results.ts'
import { compareCluster, networkQuartiles, rankAmong, rankGeometric } from './comparison.ts'
import { findCluster, othersOf } from './groups.ts'
import type { StoredResult } from './queries.ts'
import { type CityFacts, ComparisonSample, ResultColumnsStore, selectSample } from './sample.ts'
import { countBelow, exchange, quartilesOf, sortColumn } from './sorted.ts'

const wave = (year: number) => ({ id: `w${year}`, slug: `${year}`, name: `${year}`, opensAt: new Date(Date.UTC(year, 0, 1)) })

let seq = 0
/** A stored result with a core score as a fraction; the geometric check is the same number. */
function result(cityId: string, year: number, exact: string, coverage = 1): StoredResult {
  const [numerator, denominator] = exact.split('/').map(Number)
  const score = exact === '' ? NaN : numerator! / denominator!
  return {
    seq: ++seq,
    cityId,
    instrumentVersionId: 'i',
    scheme: 's',
    wave: wave(year),
    createdAt: new Date(),
    elements: 'core extended geometric:core',
    scores: [score, score, score],
    coverages: [coverage, coverage, NaN],
    exactIndices: [exact, exact],
  }
}

function sampleOf(...rows: StoredResult[]): ComparisonSample {
  return sampleWith(new Map(), ...rows)
}

function sampleWith(facts: CityFacts, ...rows: StoredResult[]): ComparisonSample {
  const store = new ResultColumnsStore()
  for (const row of rows) store.add(row)
  return new ComparisonSample(store, rows, facts)
}

const level = (exact: string, isProvisional = false): LevelScore => {
  const [numerator, denominator] = exact.split('/').map(Number)
  return {
    id: 'core',
    score: numerator! / denominator!,
    upper: 100,
    coverage: 1,
    isProvisional,
    exact: { score: exact, upper: '100/1', coverage: '1/1' },
  }
}

describe('the sample of a wave', () => {
  const rows = [
    result('a', 2022, '10/1'),
    result('a', 2024, '20/1'),
    result('b', 2022, '30/1'),
    result('c', 2026, '40/1'),
    result('c', 2026, '41/1'),
    result('gone', 2022, '50/1'),
  ]
  const isKnown = (city: string) => city !== 'gone'
  const scores = (year: number, mode: 'all' | 'wave') =>
    selectSample(rows, wave(year), mode, isKnown).map(({ cityId, scores: [core] }) => `${cityId} ${core}`)

  it('has each city once, with its newest result up to the wave; in the same wave the one handed in last', () => {
    expect(scores(2026, 'all')).toEqual(['a 20', 'b 30', 'c 41'])
    expect(scores(2024, 'all')).toEqual(['a 20', 'b 30'])
    expect(scores(2022, 'all')).toEqual(['a 10', 'b 30'])
  })

  it('has only the wave itself when asked, and never a city that was removed', () => {
    expect(scores(2026, 'wave')).toEqual(['c 41'])
    expect(scores(2025, 'wave')).toEqual([])
  })
})

describe('the rank among a sample', () => {
  const sample = sampleOf(
    result('a', 2024, '200/3'),
    result('b', 2024, '200/3'),
    result('c', 2024, '50/1'),
    result('d', 2024, '90/1', 0.64),
    result('own', 2022, '80/1'),
  )

  it('puts the live score in the place of the own earlier one; ties share the best rank', () => {
    // others with a rank: 66.67, 66.67, 50 (d is provisional)
    expect(rankAmong(sample, 'own', 'core', level('70/1'))).toEqual({ rank: 1, of: 4, tiedWith: 0 })
    expect(rankAmong(sample, 'own', 'core', level('200/3'))).toEqual({ rank: 1, of: 4, tiedWith: 2 })
    expect(rankAmong(sample, 'own', 'core', level('60/1'))).toEqual({ rank: 3, of: 4, tiedWith: 0 })
    expect(rankAmong(sample, 'own', 'core', level('50/1'))).toEqual({ rank: 3, of: 4, tiedWith: 1 })
    expect(rankAmong(sample, 'own', 'core', level('40/1'))).toEqual({ rank: 4, of: 4, tiedWith: 0 })
  })

  it('tells apart scores that a rounded number cannot', () => {
    // 200/3 and 200/3 + 1e-20 are the same double
    expect(rankAmong(sample, 'own', 'core', level('20000000000000000000003/300000000000000000000'))).toEqual({
      rank: 1,
      of: 4,
      tiedWith: 0,
    })
  })

  it('gives a city without an earlier result a place of its own, and a provisional one none', () => {
    expect(rankAmong(sample, 'new', 'core', level('85/1'))).toEqual({ rank: 1, of: 5, tiedWith: 0 })
    expect(rankAmong(sample, 'new', 'core', level('75/1'))).toEqual({ rank: 2, of: 5, tiedWith: 0 })
    expect(rankAmong(sample, 'own', 'core', level('70/1', true))).toBeNull()
  })

  it('takes the geometric check on scores snapped to 1e-9', () => {
    expect(rankGeometric(sample, 'own', 'core', 200 / 3 + 1e-11)).toEqual({ rank: 1, of: 4, tiedWith: 2 })
    expect(rankGeometric(sample, 'own', 'core', 66)).toEqual({ rank: 3, of: 4, tiedWith: 0 })
    expect(rankGeometric(sample, 'own', 'core', null)).toBeNull()
  })
})

describe('statistics with one value exchanged', () => {
  it('are those of the column written out', () => {
    const column = [12, 3, 3, 40, 77, 51, 8]
    for (const without of [null, 3, 77, 12]) {
      for (const plus of [null, 0, 3, 45, 100]) {
        const left = without === null ? [...column] : column.toSpliced(column.indexOf(without), 1)
        const written = [...left, ...(plus === null ? [] : [plus])]
        expect(quartilesOf(exchange(sortColumn(column), { without, plus }))).toEqual({ n: written.length, ...quartiles(written) })
      }
    }
  })

  it('ignore missing scores and say nothing about an empty column', () => {
    expect([...sortColumn([NaN, 2, NaN, 1])]).toEqual([1, 2])
    expect(quartilesOf(exchange(new Float64Array(), { without: null, plus: null }))).toBeNull()
    expect(countBelow([1, 2, 2, 3], 2)).toBe(1)
  })

  it('leave out provisional results of other cities and count the own live score', () => {
    const sample = sampleOf(
      result('a', 2024, '10/1'),
      result('b', 2024, '30/1'),
      result('c', 2024, '99/1', 0.5),
      result('own', 2022, '80/1'),
    )
    expect(networkQuartiles(sample, 'own', 'core', 20)).toEqual({ n: 3, q1: 15, median: 20, q3: 25 }) // 10, 20, 30
    expect(networkQuartiles(sample, 'own', 'core', null)).toEqual({ n: 2, q1: 15, median: 20, q3: 25 }) // 10, 30
  })
})

describe('similar cities', () => {
  const scheme: ClusterScheme = {
    id: 'size',
    fact: 'population',
    groups: [
      { id: 'small', from: 0, below: 100 },
      { id: 'middle', from: 100, below: 200 },
      { id: 'large', from: 200 },
    ],
  }
  const populations: Record<string, number | null> = { own: 190, a: 150, b: 120, c: 199, d: 200, e: 1000, f: 50, g: null }
  const facts = new Map(
    Object.entries(populations).map(([city, value]) => [
      city,
      { population: value === null ? null : { value, year: 2024 }, shareForeign: null },
    ]),
  )
  const rows = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((city, i) => result(city, 2024, `${10 * (i + 1)}/1`))
  const sample = sampleWith(facts, ...rows)
  const members = (own: number) => {
    const known = sampleWith(new Map(facts).set('own', { population: { value: own, year: 2024 }, shareForeign: null }), ...rows)
    const cluster = findCluster(scheme, known, 'own')!
    return {
      ...cluster.widened,
      others: othersOf(known, cluster)
        .map((i) => known.rows[i]!.cityId)
        .toSorted()
        .join(''),
    }
  }

  it('are those of the group when there are five, the own one among them', () => {
    const known = new Map(facts).set('x', { population: { value: 100, year: 2024 }, shareForeign: null })
    const five = sampleWith(known, ...['a', 'b', 'c', 'x'].map((city) => result(city, 2024, '1/1')))
    expect(findCluster(scheme, five, 'own')).toMatchObject({ widened: { own: 'middle', joined: [], extent: 'own' }, rows: [0, 1, 2, 3] })
    // an own earlier result is not another city
    const four = sampleWith(known, ...['a', 'b', 'c', 'own'].map((city) => result(city, 2024, '1/1')))
    expect(findCluster(scheme, four, 'own')).toMatchObject({ widened: { extent: 'all' } })
  })

  it('take in the nearer neighbouring group below five, and say so', () => {
    // middle: own, a, b, c = 4 cities; 190 is nearer to large (200) than to small (100)
    expect(members(190)).toEqual({ own: 'middle', joined: ['large'], extent: 'neighbour', others: 'abcde' })
    expect(members(110)).toEqual({ own: 'middle', joined: ['small'], extent: 'neighbour', others: 'abcf' })
  })

  it('are all cities when that is still too few, those without the fact among them', () => {
    const two = sampleWith(facts, result('f', 2024, '1/1'), result('g', 2024, '2/1'))
    expect(findCluster(scheme, two, 'own')).toMatchObject({ widened: { extent: 'all' }, rows: [0, 1] })
  })

  it('do not exist for a city whose fact is not known', () => {
    expect(findCluster(scheme, sample, 'g')).toBeNull()
    expect(findCluster(scheme, sample, 'nowhere')).toBeNull()
  })

  it('decide alike for every city as when the engine is given all values', () => {
    const many = sampleWith(
      new Map(
        Array.from({ length: 60 }, (_, i) => [
          `c${i}`,
          { population: i % 7 === 0 ? null : { value: (i * 37) % 260, year: 2024 }, shareForeign: null },
        ]),
      ),
      ...Array.from({ length: 60 }, (_, i) => result(`c${i}`, 2024, '1/1')),
    )
    const groups = scheme.groups.map(({ id, from, below }) => ({ id, from: from ?? null, below: below ?? null }))
    const values = many.rows.map(({ cityId }) => many.facts.get(cityId)!.population?.value ?? null)
    for (const [i, value] of values.entries()) {
      if (value === null) continue
      const expected = widenGroup(value, groups, values)
      const { widened, rows: found } = findCluster(scheme, many, `c${i}`)!
      expect([widened, found.toSorted((a, b) => a - b)]).toEqual([
        { own: expected.own, joined: expected.joined, extent: expected.extent },
        expected.members,
      ])
    }
  })

  it('are compared with the own live score among them', () => {
    const scores = {
      scheme: 's',
      indices: { core: level('45/1'), extended: level('45/1') },
      dimensions: [],
      indicators: [],
      questions: [],
    } as AssessmentScores
    const compared = compareCluster(scheme, sample, { cityId: 'own', scores }, true)
    expect(compared).toMatchObject({ n: 6, own: { group: 'middle', joined: ['large'], extent: 'neighbour', value: 190 } })
    // a 10, b 20, c 30, d 40, own 45, e 50
    expect(compared.levels[0]).toEqual({
      element: 'core',
      n: 6,
      median: clusterStatistics([10, 20, 30, 40, 45, 50]).median,
      others: [10, 20, 30, 40, 50],
    })
  })
})
