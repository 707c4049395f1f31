import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Handler } from 'hono'
import type { Env } from './web.ts'

type Manifest = Record<string, { file: string }>

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.svg': 'image/svg+xml',
}

/** Looks up the built address of a script or style by its source name. */
export function assetFinder(folder: string): (source: string) => string {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest
  return (source) => {
    const entry = manifest[source]
    if (!entry) throw new Error(`${source} is not built`)
    return `/assets/${entry.file}`
  }
}

/** Serves built files; their names carry a hash, so browsers may keep them. */
export function serveAssets(folder: string): Handler<Env> {
  return async (c) => {
    const name = c.req.param('file') ?? ''
    const type = types[extname(name)]
    if (!/^[\w.-]+$/.test(name) || type === undefined) return c.text('Not found', 404)
    const content = await readFile(join(folder, name)).catch(() => null)
    if (content === null) return c.text('Not found', 404)
    // a worker follows the policy that comes with its own file; this one computes with WebAssembly
    if (name.startsWith('uncertainty-worker'))
      c.header('Content-Security-Policy', "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'")
    return c.body(content, 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' })
  }
}
