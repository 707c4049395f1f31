import { ChartReading } from './ChartReading.tsx'

/** One place on the map. */
export interface MapPoint {
  id: string
  /** In pixels of the map. */
  x: number
  y: number
  /** Pixels. */
  radius: number
  isOwn: boolean
  href: string
  /** The place in words. */
  reading: string
}

/** What is drawn. */
export interface PointMapDrawing {
  width: number
  height: number
  /** Outlines as SVG paths. */
  land: string
  borders: string
  /** Places that can be read one by one. */
  points: readonly MapPoint[]
  /** Further places of one size, too many to be read one by one: a path of points for each size. */
  dots: readonly { radius: number; path: string }[]
}

/** Props of PointMap. */
export interface PointMapProps extends PointMapDrawing {
  label: string
  readingHint: string
  /** Sizes and what they mean. */
  keys: readonly { radius: number; text: string }[]
}

/** Places on a map of land and borders; each leads to its page. */
export function PointMap({ label, readingHint, keys, ...drawing }: PointMapProps) {
  return (
    <div class="chart point-map">
      <ul class="chart-key">
        {keys.map(({ radius, text }) => (
          <li key={text}>
            <svg width="24" height="24" aria-hidden="true" focusable="false">
              <circle class="map-city" cx="12" cy="12" r={radius} />
            </svg>
            {text}
          </li>
        ))}
      </ul>
      <figure class="chart-plot" data-chart aria-label={label} data-hint={readingHint}>
        <svg class="point-map-drawing" viewBox={`0 0 ${drawing.width} ${drawing.height}`} aria-hidden="true" focusable="false">
          <MapMarks {...drawing} isLinked />
        </svg>
        <ChartReading />
      </figure>
    </div>
  )
}

/** The map without its frame; in a file without links. */
export function MapMarks({ land, borders, dots, points, isLinked }: PointMapDrawing & { isLinked: boolean }) {
  return (
    <>
      <path class="map-land" d={land} />
      <path class="map-border" d={borders} />
      {dots.map(({ radius, path }) => (
        <path class="map-dots" key={radius} stroke-width={2 * radius} d={path} />
      ))}
      <g class="map-city">
        {points.map((point) =>
          isLinked ? (
            <a key={point.id} href={point.href} tabIndex={-1} data-reading={point.reading}>
              <Mark {...point} />
            </a>
          ) : (
            <Mark key={point.id} {...point} />
          ),
        )}
      </g>
    </>
  )
}

function Mark({ x, y, radius, isOwn }: MapPoint) {
  return <circle class={isOwn ? 'map-city-own' : undefined} cx={x} cy={y} r={radius} />
}
