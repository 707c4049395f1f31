import { expect, it } from 'vitest'
import { europeOutlines, mapSize, placeOnMap } from './europe-map.ts'

it('places the middle of the projection at equal distance from places equally far away', () => {
  const middle = placeOnMap(52, 10)!
  const distance = (place: { x: number; y: number }) => Math.hypot(place.x - middle.x, place.y - middle.y)
  expect(Math.abs(distance(placeOnMap(57, 10)!) - distance(placeOnMap(47, 10)!))).toBeLessThan(0.3)
})

it('keeps places in their order: Lisbon in the south-west, Helsinki in the north-east', () => {
  const lisbon = placeOnMap(38.7, -9.1)!
  const helsinki = placeOnMap(60.2, 24.9)!
  expect(lisbon.x).toBeLessThan(helsinki.x)
  expect(lisbon.y).toBeGreaterThan(helsinki.y)
})

it('knows what lies outside: Mexico, Japan', () => {
  expect(placeOnMap(19.4, -99.1)).toBeNull()
  expect(placeOnMap(35, 135)).toBeNull()
})

it('draws land and borders in few bytes', () => {
  const { land, borders } = europeOutlines()
  expect(land.length + borders.length).toBeLessThan(40_000)
  expect(land.length).toBeGreaterThan(5_000)
  const numbers = land.match(/-?\d+(\.\d+)?/g)!.map(Number)
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...numbers)).toBeLessThanOrEqual(mapSize.width)
})
