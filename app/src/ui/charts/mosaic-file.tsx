import { type ChartFileTexts, plainFile } from './chart-file.tsx'
import { type EmblemPiece, EmblemShapes } from './CityEmblem.tsx'
import { emblemSide } from './emblem-shapes.ts'
import type { Tessera } from './mosaic-plan.ts'
import { MosaicShapes } from './Mosaic.tsx'
import { hues } from './tint.ts'

type FileWords = Pick<ChartFileTexts, 'title' | 'description' | 'language'>

/** The mosaic of the network as an SVG file. */
export function mosaicFile(words: FileWords, tesserae: readonly Tessera[], width = 1216, height = 456): string {
  return plainFile(words, width, height, <MosaicShapes tesserae={tesserae} width={width} height={height} />)
}

/** The emblem of a city as an SVG file, such as for the cover of its report. */
export function emblemFile(words: FileWords, pieces: readonly EmblemPiece[]): string {
  return plainFile(words, emblemSide, emblemSide, <EmblemShapes pieces={pieces} fills={hues} />)
}
