import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { serveThread } from './thread.ts'

const packageFile = (path: string): Promise<Buffer> => readFile(createRequire(import.meta.url).resolve(path))

const family = '@expo-google-fonts/atkinson-hyperlegible-next'

async function prepare() {
  const [{ initWasm, Resvg }, program, ...fonts] = await Promise.all([
    import('@resvg/resvg-wasm'),
    packageFile('@resvg/resvg-wasm/index_bg.wasm'),
    packageFile(`${family}/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf`),
    packageFile(`${family}/700Bold/AtkinsonHyperlegibleNext_700Bold.ttf`),
  ])
  await initWasm(program)
  return { Resvg, fonts: fonts.map((font) => new Uint8Array(font)) }
}

let prepared: ReturnType<typeof prepare> | null = null

/** Twice the size of the drawing, so that it is sharp on paper and on slides. */
const zoom = 2

/** A drawing file as a picture with the same words, in our typeface. The renderer is loaded with the first picture. */
async function renderPng(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  prepared ??= prepare().catch((error: unknown) => {
    prepared = null
    throw error
  })
  const { Resvg, fonts } = await prepared
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: { fontBuffers: fonts, defaultFontFamily: 'Atkinson Hyperlegible Next', sansSerifFamily: 'Atkinson Hyperlegible Next' },
  })
  const image = drawing.render()
  try {
    return new Uint8Array(image.asPng())
  } finally {
    image.free()
    drawing.free()
  }
}

serveThread(renderPng, (png) => [png.buffer])
