import { renderPng } from '../../../chart-png.ts'
import type { WebContext } from '../../../web.ts'

const types = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  png: 'image/png',
} as const

/** A file to keep: never shown inside our pages, and without rights if opened by itself. */
export function fileResponse(c: WebContext, content: string | Uint8Array<ArrayBuffer>, kind: keyof typeof types, name: string): Response {
  return c.body(content, 200, {
    'Content-Type': types[kind],
    'Content-Disposition': `attachment; filename="${name}.${kind}"`,
    'Content-Security-Policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
  })
}

/** The kinds of file that every chart has. */
export const chartKinds = ['svg', 'png', 'csv'] as const
export type ChartKind = (typeof chartKinds)[number]

const keptPictures = 16

/** Drawings that were asked for last, with their pictures: painting takes far longer than drawing. */
const pictures = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()

function pictureOf(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const known = pictures.get(svg)
  if (known) return known
  const picture = renderPng(svg)
  if (pictures.size >= keptPictures) pictures.delete(pictures.keys().next().value!)
  pictures.set(svg, picture)
  picture.catch(() => pictures.delete(svg))
  return picture
}

/** A chart as numbers, drawing or picture; only what is asked for is made. */
export async function chartResponse(
  c: WebContext,
  kind: ChartKind,
  { name, csv, svg }: { name: string; csv: () => string; svg: () => string },
): Promise<Response> {
  if (kind === 'csv') return fileResponse(c, csv(), kind, name)
  return fileResponse(c, kind === 'svg' ? svg() : await pictureOf(svg()), kind, name)
}
