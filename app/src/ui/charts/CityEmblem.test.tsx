import { renderToString } from 'preact-render-to-string'
import { expect, it } from 'vitest'
import { CityEmblem, type EmblemPiece } from './CityEmblem.tsx'
import { emblemPlaces, pieceAt } from './emblem-shapes.ts'
import type { Quad } from './mosaic-tiling.ts'

const square: Quad = [
  [0, 0],
  [20, 0],
  [20, 20],
  [0, 20],
]

it('has twelve places', () => {
  expect(emblemPlaces).toHaveLength(12)
})

it('makes the surface of a piece the share of its score', () => {
  expect(pieceAt(square, 25)).toEqual([
    [5, 5],
    [15, 5],
    [15, 15],
    [5, 15],
  ]) // a quarter of the surface: half the side
  expect(pieceAt(square, 100)).toEqual(square)
})

it('leaves a place empty where there is no score', () => {
  const pieces = Array.from({ length: 12 }, (_, i): EmblemPiece => ({ score: i === 3 ? null : 50, hue: 2 }))
  const html = renderToString(<CityEmblem label="Lindenburg, twelve areas" pieces={pieces} />)
  expect(html.match(/class="emblem-place"/g)).toHaveLength(12)
  expect(html.match(/class="emblem-piece"/g)).toHaveLength(11)
  expect(html).toContain('role="img" aria-label="Lindenburg, twelve areas"')
})

it('is hidden from screen readers where the same stands beside it', () => {
  expect(renderToString(<CityEmblem label="" pieces={[]} />)).toContain('aria-hidden="true"')
})
