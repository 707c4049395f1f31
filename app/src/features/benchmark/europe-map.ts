import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { geoAzimuthalEqualArea, type GeoPermissibleObjects, geoPath, type GeoProjection, type GeoStream } from 'd3-geo'
import { merge, mesh } from 'topojson-client'

/** Size of the map, in pixels. */
export const mapSize = { width: 800, height: 760 } as const

/** Corners of the part of the world that is shown, in degrees: from Iceland to the Black Sea, from Crete to the North Cape. */
const frame: GeoPermissibleObjects = {
  type: 'MultiPoint',
  coordinates: [
    [-23, 64.5],
    [-10, 36],
    [29, 34.8],
    [34, 45],
    [31, 69],
    [20, 70.8],
  ],
}

/** Lambert's azimuthal equal-area projection around the middle of Europe, so that no country looks larger than it is. */
const projection: GeoProjection = geoAzimuthalEqualArea()
  .rotate([-10, -52])
  .fitExtent(
    [
      [8, 8],
      [mapSize.width - 8, mapSize.height - 8],
    ],
    frame,
  )
  .clipExtent([
    [0, 0],
    [mapSize.width, mapSize.height],
  ])

/** Leaves out points of an outline that lie nearer to the last one than this; in pixels. */
const nearest = 4

/** The projection with thinner outlines, so that the page stays small. */
const thinned = {
  stream(out: GeoStream): GeoStream {
    let last: [number, number] | null = null
    return projection.stream({
      point(x, y) {
        if (last !== null && Math.hypot(x - last[0], y - last[1]) < nearest) return
        last = [x, y]
        out.point(x, y)
      },
      lineStart() {
        last = null
        out.lineStart()
      },
      lineEnd: () => out.lineEnd(),
      polygonStart: () => out.polygonStart(),
      polygonEnd: () => out.polygonEnd(),
      sphere: () => out.sphere?.(),
    })
  },
}

/** Rings with fewer points than this are islets of a pixel. */
const isletPoints = 4

const withoutIslets = (path: string): string =>
  path
    .split('M')
    .filter((ring) => ring.split('L').length > isletPoints)
    .map((ring) => `M${ring}`)
    .join('')

type Topology = Parameters<typeof merge>[0]
type GeometryCollection = Extract<NonNullable<Parameters<typeof mesh>[1]>, { type: 'GeometryCollection' }>

export interface Outlines {
  land: string
  borders: string
}

let outlines: Outlines | null = null

/** Land and borders of Europe (Natural Earth, 1 : 50 million) as SVG paths; made with the first map. */
export function europeOutlines(): Outlines {
  if (outlines !== null) return outlines
  const file = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json')
  const world = JSON.parse(readFileSync(file, 'utf8')) as Topology
  const countries = world.objects['countries'] as GeometryCollection
  const path = geoPath(thinned).digits(0)
  const shapes = countries.geometries as Parameters<typeof merge>[1]
  outlines = {
    land: withoutIslets(path(merge(world, shapes)) ?? ''),
    borders: path(mesh(world, countries, (a, b) => a !== b)) ?? '',
  }
  return outlines
}

const earthRadiusKm = 6371

/** Length of a pixel in the middle of the map; the projection's scale is the radius of its globe in pixels. */
export const kilometresPerPixel = (): number => earthRadiusKm / projection.scale()

/** Where a place lies on the map; null outside of it. */
export function placeOnMap(latitude: number, longitude: number): { x: number; y: number } | null {
  const point = projection([longitude, latitude])
  if (point === null) return null
  const [x, y] = point.map((pixels) => Math.round(pixels * 10) / 10) as [number, number]
  return x >= 0 && y >= 0 && x <= mapSize.width && y <= mapSize.height ? { x, y } : null
}
