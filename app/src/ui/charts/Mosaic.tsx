import { ChartReading } from './ChartReading.tsx'
import { mergeByFill, planMosaic, type Stone, type Tessera } from './mosaic-plan.ts'

/** Props of Mosaic. */
export interface MosaicProps {
  /** What it shows, in words. The page has a list of the same cities: the mosaic is never the only way to them. */
  label: string
  tesserae: readonly Tessera[]
  /** The reader's own city: outlined. */
  ownId?: string
  readingHint: string
  /** What will be here, while there is no city. */
  emptyText: string
}

const linkLimit = 400
const wide = { width: 1152, height: 432 }
const narrow = { width: 360, height: 360 }

/**
 * The network as a mosaic. On wide screens, up to 400 cities, each stone is a link (one tab stop, then arrow keys and
 * Enter); on narrow ones, where stones are smaller than a finger, and above 400 it is a picture.
 */
export function Mosaic({ label, tesserae, ownId, readingHint, emptyText }: MosaicProps) {
  if (tesserae.length === 0) return <p class="mosaic-empty">{emptyText}</p>
  const isLinked = tesserae.length <= linkLimit
  if (!isLinked) return <MosaicPicture label={label} stones={planMosaic(tesserae, wide.width, wide.height)} {...wide} />
  return (
    <div class="mosaic">
      <div class="mosaic-linked" data-chart role="group" aria-label={label} data-hint={readingHint}>
        <svg viewBox={`0 0 ${wide.width} ${wide.height}`} aria-hidden="true" focusable="false">
          {planMosaic(tesserae, wide.width, wide.height).map((stone) => (
            <LinkedStone key={stone.tessera.id} stone={stone} isOwn={stone.tessera.id === ownId} />
          ))}
        </svg>
        <ChartReading />
      </div>
      <div class="mosaic-small">
        <MosaicPicture label={label} stones={planMosaic(tesserae, narrow.width, narrow.height)} {...narrow} />
      </div>
    </div>
  )
}

function LinkedStone({ stone, isOwn }: { stone: Stone; isOwn: boolean }) {
  const { tessera, path, fill } = stone
  const shape = <path class={isOwn ? 'tessera tessera-own' : 'tessera'} d={path} fill={fill} stroke={fill} data-reading={tessera.label} />
  if (tessera.href === undefined) return shape
  return (
    <a href={tessera.href} tabIndex={-1}>
      <title>{tessera.label}</title>
      {shape}
    </a>
  )
}

/** The mosaic without links. */
export function MosaicPicture({ label, stones, width, height }: { label: string; stones: readonly Stone[]; width: number; height: number }) {
  return (
    <svg class="mosaic-picture" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <MosaicShapes stones={stones} />
    </svg>
  )
}

/** The stones alone, for a page or a file. */
export function MosaicShapes({ stones }: { stones: readonly Stone[] }) {
  const shapes = stones.length > linkLimit ? mergeByFill(stones) : stones
  return (
    <>
      {shapes.map(({ path, fill }) => (
        <path class="tessera" key={path} d={path} fill={fill} stroke={fill} />
      ))}
    </>
  )
}
