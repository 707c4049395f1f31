import type { Translator } from '../../../text/text.ts'
import type { MapPoint, PointMapDrawing } from '../../../ui/charts/PointMap.tsx'
import type { CityLine } from '../all-cities.ts'
import { europeOutlines, kilometresPerPixel, mapSize, placeOnMap } from '../europe-map.ts'
import type { CompareView } from './compare-view.ts'
import { lineReading, points as pointsText } from './compare-words.ts'

/** More marks than this cannot be read one by one; the others are drawn as plain points. */
export const mostMarks = 200

/** Sizes of a mark, by the score: the first size is for cities without one. Scores from, pixels. */
const sizes = [
  { from: null, radius: 2 },
  { from: 0, radius: 3 },
  { from: 25, radius: 5 },
  { from: 50, radius: 7.5 },
  { from: 75, radius: 10.5 },
] as const

/** Pixels; the area of a mark grows with the score. */
export function radiusOf(score: number | null): number {
  if (score === null) return sizes[0].radius
  return sizes.findLast(({ from }) => from !== null && score >= from)?.radius ?? sizes[1].radius
}

/** What the sizes mean. */
export function mapKeys(t: Translator): { radius: number; text: string }[] {
  return sizes.map(({ from, radius }) => ({
    radius,
    text: from === null ? t('compare.map.key.none') : t('compare.map.key', { from, to: from === 75 ? 100 : from + 25 }),
  }))
}

/** The map with what is said about it. */
export interface CityMap {
  drawing: PointMapDrawing
  /** Cities on the map. */
  placed: number
  /** Cities whose place is not known, or lies outside of the map. */
  unplaced: number
  /** How the cities are drawn that are not on this page; null = all of them can be read one by one. */
  plain: PlainDots | null
}

interface PlainDots {
  cities: number
  /** Cities of one size that would cover each other share a dot. */
  dots: number
}

interface Placed {
  line: CityLine
  x: number
  y: number
}

/** Where a line lies never changes, and projecting thousands of them takes time. */
const known = new WeakMap<CityLine, { x: number; y: number } | null>()

function pointOf(line: CityLine): { x: number; y: number } | null {
  const before = known.get(line)
  if (before !== undefined) return before
  const point = line.latitude === null || line.longitude === null ? null : placeOnMap(line.latitude, line.longitude)
  known.set(line, point)
  return point
}

const place = (lines: readonly CityLine[]): Placed[] =>
  lines.flatMap((line) => {
    const point = pointOf(line)
    return point === null ? [] : [{ line, ...point }]
  })

/** Pixels between the places of plain dots of one size: the page has to stay small, and dots nearer to each other look like one. */
const gridOf = (radius: number): number => Math.max(5, Math.ceil(radius))

/** How far the middle of a plain dot can lie from its city: half a diagonal of the widest grid. In kilometres. */
const mostShiftKm = Math.ceil((gridOf(sizes[sizes.length - 1]!.radius) / Math.SQRT2) * kilometresPerPixel())

/** Places of a grid, each once, row by row. */
function gridPlaces(places: readonly { x: number; y: number }[], grid: number): { x: number; y: number }[] {
  const columns = 1 + Math.ceil(mapSize.width / grid)
  const cells = new Set(places.map(({ x, y }) => Math.round(y / grid) * columns + Math.round(x / grid)))
  return [...Int32Array.from(cells).sort()].map((cell) => ({ x: (cell % columns) * grid, y: Math.floor(cell / columns) * grid }))
}

/** A path of lines without length, whose round ends are the dots; in steps from one to the next. */
function dotPath(places: readonly { x: number; y: number }[]): string {
  let at = { x: 0, y: 0 }
  return places
    .map((next) => {
      const step = `m${next.x - at.x} ${next.y - at.y}h0`
      at = next
      return step
    })
    .join('')
}

/** Dots of one size as one path. */
function toDots(placed: readonly Placed[], levelOf: (line: CityLine) => number | null): { radius: number; path: string; count: number }[] {
  const bySize = Map.groupBy(placed, ({ line }) => radiusOf(levelOf(line)))
  return [...bySize]
    .sort(([a], [b]) => b - a)
    .map(([radius, same]) => {
      const places = gridPlaces(same, gridOf(radius))
      return { radius, path: dotPath(places), count: places.length }
    })
}

/** Large marks first, so that small ones lie above them. */
function toPoint({ t, compared, ownIds }: CompareView, { line, x, y }: Placed): MapPoint {
  return {
    id: line.slug,
    x,
    y,
    radius: radiusOf(compared.levelOf(line)),
    isOwn: ownIds.has(line.id),
    href: `/cities/${line.slug}`,
    reading: lineReading(t, compared, line),
  }
}

/** Every city that fits the filter, marked by its score; when there are too many, only those of the page can be read one by one. */
export function drawMap(view: CompareView): CityMap {
  const { compared, found, shown } = view
  const placed = place(found)
  const isPartly = placed.length > mostMarks
  const onPage = new Set(shown)
  const marked = isPartly ? placed.filter(({ line }) => onPage.has(line)) : placed
  const rest = isPartly ? placed.filter(({ line }) => !onPage.has(line)) : []
  const points = marked.map((each) => toPoint(view, each)).sort((a, b) => b.radius - a.radius)
  const dots = toDots(rest, compared.levelOf)
  return {
    drawing: { ...mapSize, ...europeOutlines(), points, dots },
    placed: placed.length,
    unplaced: found.length - placed.length,
    plain: isPartly ? { cities: rest.length, dots: dots.reduce((sum, { count }) => sum + count, 0) } : null,
  }
}

/** What a dot is. */
export const mapSubtitle = (t: Translator, { plain }: CityMap): string =>
  t(plain === null ? 'compare.map.subtitle' : 'compare.map.subtitle.shared')

/** The map in words. */
export function mapSummary({ t, found, compared }: CompareView, { placed, unplaced, plain }: CityMap): string {
  const scores = found.map(compared.levelOf).filter((score) => score !== null)
  return [
    t('compare.map.summary', { count: placed }),
    scores.length > 0 ? t('compare.map.range', { low: pointsText(t, Math.min(...scores)), high: pointsText(t, Math.max(...scores)) }) : '',
    unplaced > 0 ? t('compare.map.unplaced', { count: unplaced }) : '',
    plain === null ? '' : t('compare.map.partly', { ...plain, km: mostShiftKm }),
    compared.isSynthetic ? t('compare.map.invented') : '',
  ]
    .filter(Boolean)
    .join(' ')
}
