import { expect, it } from 'vitest'
import { hilbertIndex } from './hilbert.ts'
import { mergeByFill, planMosaic, type Tessera } from './mosaic-plan.ts'
import { inset, tile } from './mosaic-tiling.ts'
import { hueAngle, hues, tintOf, toHex, toLab } from './tint.ts'

const cities = (count: number): Tessera[] =>
  Array.from({ length: count }, (_, i) => ({ id: `city-${i}`, label: `City ${i}`, shares: [1 + (i % 7), 3, 2 + (i % 3), 4, 1 + (i % 5)] }))

it.each([0, 1, 2, 5, 142, 5000])('gives each of %i cities one stone', (count) => {
  const stones = planMosaic(cities(count), 1216, 456)
  expect(new Set(stones.map(({ tessera }) => tessera.id)).size).toBe(count)
  expect(stones.every(({ fill, path }) => /^#[0-9a-f]{6}$/.test(fill) && !path.includes('NaN'))).toBe(true)
})

it('lays the same mosaic whatever order the cities come in', () => {
  expect(planMosaic(cities(30).reverse(), 600, 300)).toEqual(planMosaic(cities(30), 600, 300))
})

it('fills the rectangle: stones without joints have its surface', () => {
  const surface = tile(142, { width: 1000, height: 400, joint: 0 })
    .map(([a, b, c, d]) => ((c[0] - a[0]) * (d[1] - b[1]) - (d[0] - b[0]) * (c[1] - a[1])) / 2)
    .reduce((sum, one) => sum + one, 0)
  expect(surface / 400_000).toBeGreaterThan(0.98)
  expect(surface / 400_000).toBeLessThan(1.02)
})

it('moves every edge of a square inwards', () => {
  expect(
    inset(
      [
        [0, 0],
        [10, 0],
        [10, 10],
        [0, 10],
      ],
      2,
    ),
  ).toEqual([
    [2, 2],
    [8, 2],
    [8, 8],
    [2, 8],
  ])
})

it('merges stones of nearly one colour for a large mosaic', () => {
  const stones = planMosaic(cities(5000), 1216, 456)
  const merged = mergeByFill(stones)
  expect(merged.length).toBeLessThan(400)
  expect(merged.map(({ path }) => path.match(/M/g)!.length).reduce((sum, one) => sum + one, 0)).toBe(5000)
})

it('visits the quarters of the square one after the other', () => {
  const order = [
    [0.1, 0.1],
    [0.1, 0.9],
    [0.9, 0.9],
    [0.9, 0.1],
  ].map(([x, y]) => hilbertIndex(x!, y!))
  expect(order).toEqual([...order].sort((a, b) => a - b))
})

it('tints a city by what stands out against the network', () => {
  expect(toHex(tintOf([60, 0, 0, 0, 0], [20, 20, 20, 20, 20]))).toBe(hues[0])
  const [, greenRed, blueYellow] = tintOf([0, 0, 0, 0, 0], [20, 20, 20, 20, 20])
  expect(Math.hypot(greenRed, blueYellow)).toBeLessThan(0.01)
  expect(Math.abs(hueAngle(toLab('#ff0000')))).toBeLessThan(1)
})
