import { expect, it } from 'vitest'
import { binScores, stackDots } from './distribution.ts'

it('stacks cities that are shown with the same score', () => {
  expect(stackDots([50.2, 30, 49.6])).toEqual([
    { index: 1, score: 30, level: 0 },
    { index: 2, score: 50, level: 0 },
    { index: 0, score: 50, level: 1 },
  ])
})

it('counts an edge in the higher bin and 100 in the last', () => {
  const bins = binScores([0, 9.9, 10, 100], 10)
  expect(bins.map(({ count }) => count)).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 1])
  expect(bins[9]).toEqual({ from: 90, to: 100, count: 1 })
})
