import { type ChartFileTexts, plainFile } from './chart-file.tsx'
import { type EmblemPiece, EmblemShapes } from './CityEmblem.tsx'
import { emblemSide } from './emblem-shapes.ts'
import { planMosaic, type Tessera } from './mosaic-plan.ts'
import { MosaicShapes } from './Mosaic.tsx'
import { hues } from './tint.ts'

type FileWords = Pick<ChartFileTexts, 'title' | 'description' | 'language'>

/** The mosaic of the network as an SVG file. */
export function mosaicFile(words: FileWords, tesserae: readonly Tessera[], width = 1152, height = 432): string {
  return plainFile(words, width, height, <MosaicShapes stones={planMosaic(tesserae, width, height)} />)
}

/** The emblem of a city as an SVG file, such as for the cover of its report. */
export function emblemFile(words: FileWords, pieces: readonly EmblemPiece[]): string {
  return plainFile(words, emblemSide, emblemSide, <EmblemShapes pieces={pieces} fills={hues} />)
}
