import { describe, expect, it } from 'vitest'
import { aggregateBy, summarise } from './aggregates.ts'

describe('several cities in a few numbers', () => {
  it('are mean, median and quartiles by linear interpolation', () => {
    // sorted 10 20 30 40 100: mean 200 / 5; positions 1, 2 and 3
    expect(summarise('DE', [100, 10, 40, 20, 30])).toEqual({
      key: 'DE',
      n: 5,
      mean: 40,
      median: 30,
      q1: 20,
      q3: 40,
      isSmall: false,
      scores: [10, 20, 30, 40, 100],
    })
    // sorted 10 20 30 40 50 60: q1 at 1.25 = 22.5, q3 at 3.75 = 47.5
    expect(summarise('DE', [10, 20, 30, 40, 50, 60])).toMatchObject({ median: 35, q1: 22.5, q3: 47.5 })
  })

  it('have no quartiles below five, and say so', () => {
    expect(summarise('DE', [10, 20, 60, null])).toEqual({
      key: 'DE',
      n: 3,
      mean: 30,
      median: 20,
      q1: null,
      q3: null,
      isSmall: true,
      scores: [10, 20, 60],
    })
  })

  it('are nothing without a score', () => {
    expect(summarise(null, [null, null])).toEqual({
      key: null,
      n: 0,
      mean: null,
      median: null,
      q1: null,
      q3: null,
      isSmall: true,
      scores: [],
    })
  })
})

it('takes cities together in the order of their keys, those without one last', () => {
  const cities = [
    { region: null, score: 1 },
    { region: 'B', score: 2 },
    { region: 'A', score: 3 },
    { region: 'B', score: null },
  ]
  const rows = aggregateBy(
    cities,
    ({ region }) => region,
    ({ score }) => score,
    (a, b) => a.localeCompare(b),
  )
  expect(rows.map(({ key, n }) => [key, n])).toEqual([
    ['A', 1],
    ['B', 1],
    [null, 1],
  ])
})
