import { emblemPlaces, emblemSide, pieceAt } from './emblem-shapes.ts'
import { pathOf } from './mosaic-tiling.ts'

/** One of the twelve areas. */
export interface EmblemPiece {
  /** 0–100; null leaves the place empty. */
  score: number | null
  /** The hue of its action field. */
  hue: 1 | 2 | 3 | 4 | 5
}

/** Props of CityEmblem. */
export interface CityEmblemProps {
  /** In words; an empty text where the same stands beside it. */
  label: string
  /** Twelve, in the order of the areas. */
  pieces: readonly EmblemPiece[]
  /** Pixels, 32 to 320. */
  size?: number
}

/** The city's own tessera: twelve pieces, each as large as the score of its area. */
export function CityEmblem({ label, pieces, size = 96 }: CityEmblemProps) {
  const name = label === '' ? ({ 'aria-hidden': 'true' } as const) : ({ role: 'img', 'aria-label': label } as const)
  return (
    <svg class="city-emblem" viewBox={`0 0 ${emblemSide} ${emblemSide}`} width={size} height={size} focusable="false" {...name}>
      <EmblemShapes pieces={pieces} hasPlaces={size > 48} />
    </svg>
  )
}

/** Props of EmblemShapes. */
export interface EmblemShapesProps {
  pieces: readonly EmblemPiece[]
  /** Whether the whole place of each piece shows behind it; too fine below 48 px. */
  hasPlaces?: boolean
  /** Colours of their own, for a file. */
  fills?: readonly string[]
}

/** The pieces alone. */
export function EmblemShapes({ pieces, hasPlaces = true, fills }: EmblemShapesProps) {
  return (
    <>
      {emblemPlaces.map((place, i) => {
        const { score, hue } = pieces[i] ?? { score: null, hue: 1 }
        const fill = fills?.[hue - 1]
        return (
          <g class={`emblem-hue-${hue}`} key={i} fill={fill}>
            {hasPlaces && <path class="emblem-place" d={pathOf(place)} fill-opacity="0.15" />}
            {score !== null && score > 0 && <path class="emblem-piece" d={pathOf(pieceAt(place, score))} />}
          </g>
        )
      })}
    </>
  )
}
