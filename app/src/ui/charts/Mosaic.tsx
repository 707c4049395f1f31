/* oxlint-disable jsx-a11y/prefer-tag-over-role -- an inline drawing cannot be an img element */
import { ChartReading } from './ChartReading.tsx'
import { jointOf, mergeByFill, planMosaic, type Stone, type Tessera } from './mosaic-plan.ts'

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

/** Width and height of a mosaic of so many stones: few stones make a small piece, not a few large slabs. */
function extent(count: number, width: number, height: number, largestStone: number) {
  const scale = Math.min(1, Math.sqrt((count * largestStone ** 2) / (width * height)))
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}

/**
 * The network as a mosaic. On wide screens, up to 400 cities, each stone is a link (one tab stop, then arrow keys and
 * Enter); on narrow ones, where stones are smaller than a finger, and above 400 it is a picture.
 */
export function Mosaic({ label, tesserae, ownId, readingHint, emptyText }: MosaicProps) {
  if (tesserae.length === 0) return <p class="mosaic-empty">{emptyText}</p>
  const isLinked = tesserae.length <= linkLimit
  const wide = extent(tesserae.length, 1216, 456, 88)
  const narrow = extent(tesserae.length, 360, 360, 64)
  if (!isLinked) return <MosaicPicture label={label} tesserae={tesserae} {...wide} />
  return (
    <div class="mosaic">
      <figure class="mosaic-linked" data-chart aria-label={label} data-hint={readingHint}>
        <svg
          viewBox={`0 0 ${wide.width} ${wide.height}`}
          width={wide.width}
          height={wide.height}
          stroke-width={cornerWidth(tesserae.length, wide)}
          aria-hidden="true"
          focusable="false"
        >
          {planMosaic(tesserae, wide.width, wide.height).map((stone) => (
            <LinkedStone key={stone.tessera.id} stone={stone} isOwn={stone.tessera.id === ownId} />
          ))}
        </svg>
        <ChartReading />
      </figure>
      <div class="mosaic-small">
        <MosaicPicture label={label} tesserae={tesserae} {...narrow} />
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

/** Props of MosaicPicture. */
export interface MosaicPictureProps {
  label: string
  tesserae: readonly Tessera[]
  width: number
  height: number
}

/** The mosaic without links. */
export function MosaicPicture({ label, tesserae, width, height }: MosaicPictureProps) {
  return (
    <svg class="mosaic-picture" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      <MosaicShapes tesserae={tesserae} width={width} height={height} />
    </svg>
  )
}

/** The stones alone, for a page or a file. */
export function MosaicShapes({ tesserae, width, height }: Omit<MosaicPictureProps, 'label'>) {
  const stones = planMosaic(tesserae, width, height)
  const shapes = stones.length > linkLimit ? mergeByFill(stones) : stones
  return (
    <g stroke-width={cornerWidth(stones.length, { width, height })} stroke-linejoin="round">
      {shapes.map(({ path, fill }) => (
        <path class="tessera" key={path} d={path} fill={fill} stroke={fill} />
      ))}
    </g>
  )
}

/** A line in the colour of the stone rounds its corners; it takes a part of the joint. */
function cornerWidth(count: number, { width, height }: { width: number; height: number }): number {
  return Math.round(jointOf(count, width, height) * 6.5) / 10
}
