import { expect, it } from 'vitest'
import { laneCount, lanesOf } from './letter-lanes.ts'

const mark = (letter: string, score: number) => ({ letter, score })

it('puts letters that would cover each other below each other', () => {
  const marks = [mark('A', 50), mark('B', 52), mark('C', 59), mark('D', 51)]
  expect(lanesOf(marks).map(({ letter, lane }) => `${letter}${lane}`)).toEqual(['A0', 'D1', 'B2', 'C0'])
  expect(laneCount(marks)).toBe(3)
})

it('needs one lane for letters that stand apart, and for none', () => {
  expect(laneCount([mark('A', 0), mark('B', 100)])).toBe(1)
  expect(laneCount([])).toBe(1)
})
