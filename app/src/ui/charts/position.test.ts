import { expect, it } from 'vitest'
import { at, between } from './position.ts'

it('places scores along a track of 0 to 100', () => {
  expect([at(0), at(62.5), at(100)]).toEqual(['0%', '62.5%', '100%'])
})

it('keeps a value outside of the axis at its edge', () => {
  expect([at(-3), at(104)]).toEqual(['0%', '100%'])
})

it('runs backwards for ranks, where the first stands at the right', () => {
  expect(at(1, [142, 1])).toBe('100%')
  expect(at(142, [142, 1])).toBe('0%')
  expect(at(71.5, [142, 1])).toBe('50%')
})

it('gives the width between two values, never less than nothing', () => {
  expect(between(45, 65)).toBe('20%')
  expect(between(65, 45)).toBe('0%')
  expect(between(37, 16, [142, 1])).toBe('14.89%') // 21 / 141
})
