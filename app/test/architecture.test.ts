import { globSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const source = resolve(root, 'app/src')

/** Features in their order: rules, queries and use cases import only from earlier ones. */
const order = [
  'audit',
  'accounts',
  'notices',
  'tokens',
  'instrument',
  'cities',
  'earlier',
  'waves',
  'assessments',
  'departments',
  'evidence',
  'inbox',
  'threads',
  'guests',
  'partners',
  'joint',
  'translations',
  'signoff',
  'results',
  'reviews',
  'evaluations',
  'dialogue',
  'agreement',
  'corrections',
  'calibration',
  'benchmark',
  'spreadsheets',
  'quickcheck',
  'practices',
  'strategies',
  'reports',
  'publication',
  'operations',
  'record',
  'privacy',
  'demo',
]

const files = globSync('**/*.{ts,tsx}', { cwd: source }).filter((file) => !/\.test\.tsx?$/.test(file))

function importsOf(file: string): string[] {
  const text = readFileSync(resolve(source, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, path]) =>
    relative(source, resolve(source, dirname(file), path!)).replaceAll(sep, '/'),
  )
}

const featureOf = (file: string): string | null => /^features\/([^/]+)\//.exec(file)?.[1] ?? null
const isPage = (file: string): boolean => file.includes('/pages/') || file.endsWith('.tsx')

describe('imports point one way', () => {
  it('knows every feature folder', () => {
    const folders = new Set(files.map(featureOf).filter((feature) => feature !== null))
    expect([...folders].filter((feature) => !order.includes(feature))).toEqual([])
  })

  it('lets rules, queries and use cases import only from earlier features', () => {
    const wrong = files
      .filter((file) => featureOf(file) !== null && !isPage(file))
      .flatMap((file) =>
        importsOf(file)
          .filter((path) => featureOf(path) !== null && order.indexOf(featureOf(path)!) > order.indexOf(featureOf(file)!))
          .map((path) => `${file} -> ${path}`),
      )
    expect(wrong).toEqual([])
  })

  it('keeps domain words out of ui: it imports nothing but itself', () => {
    const wrong = files
      .filter((file) => file.startsWith('ui/'))
      .flatMap((file) =>
        importsOf(file)
          .filter((path) => !path.startsWith('ui/'))
          .map((path) => `${file} -> ${path}`),
      )
    expect(wrong).toEqual([])
  })

  it('keeps database and server out of what runs in the browser', () => {
    const seen = new Set<string>()
    const follow = (file: string) => {
      if (seen.has(file)) return
      seen.add(file)
      if (files.includes(file)) importsOf(file).forEach(follow)
    }
    files.filter((file) => file.startsWith('client/')).forEach(follow)
    const wrong = [...seen].filter((file) => file.startsWith('db/') || /(queries|usecases|routes|services|config)\.ts$/.test(file))
    expect(wrong).toEqual([])
  })

  it('keeps SQL in the query files of a feature and in db/', () => {
    const wrong = files.filter(
      (file) =>
        file.startsWith('features/') &&
        !file.endsWith('queries.ts') &&
        /\b(db|tx|owner)\.(select|insert|update|delete|execute)\(|\bsql`/.test(readFileSync(resolve(source, file), 'utf8')),
    )
    expect(wrong).toEqual([])
  })
})

describe('the engine is pure', () => {
  it('reads no clock, draws no unseeded chance and does no input or output', () => {
    const engine = globSync('src/**/*.ts', { cwd: resolve(root, 'engine') }).filter((file) => !file.endsWith('.test.ts'))
    const wrong = engine.filter((file) =>
      /Math\.random|Date\.now|new Date\(|from 'node:|process\.|fetch\(/.test(
        withoutComments(readFileSync(resolve(root, 'engine', file), 'utf8')),
      ),
    )
    expect(wrong).toEqual([])
  })
})

describe('the instrument is data', () => {
  it('holds only YAML, JSON, CSV and Markdown', () => {
    const wrong = globSync('**/*', { cwd: resolve(root, 'instrument'), withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(yaml|json|csv|md)$|^LICENSE$/.test(entry.name))
      .map((entry) => entry.name)
    expect(wrong).toEqual([])
  })
})

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\/\/.*$/gm, '')
