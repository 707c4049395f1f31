import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { registerIndexCommands } from './index-commands.ts'
import { readIndexInputs } from './index-inputs.ts'
import { composeReport, registerReportCommand } from './index-report.ts'

const FRAMEWORK = `iCode,iName,Level,Parent,Direction,Weight,Type
a,Alpha <b>&</b>,1,P,1,1,Indicator
b,Beta,1,P,-1,1,Indicator
c,Gamma,1,Q,1,1,Indicator
P,First part,2,I,1,1,Aggregate
Q,Second part,2,I,1,1,Aggregate
I,Whole,3,,1,1,Aggregate
`
// min-max 0-100, b turned round:
// a 0 50 100 25 ., b 100 50 0 75 25, c 0 100 50 25 75
const DATA = `uCode,uName,a,b,c
u,Ulm,10,10,0
v,Verl,30,30,80
w,<script>alert(1)</script>,50,50,40
x,Xanten,20,20,20
y,Yach,NA,40,60
`
const METHOD = `uncertainty:
  weights: { factor: [0.75, 1.25], levels: null }
  normalisation: ["minmax:0:100"]
  treatment: []
  imputation: []
  aggregation: [arithmetic, geometric]
`

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-report-'))
  for (const [name, text] of [
    ['f.csv', FRAMEWORK],
    ['d.csv', DATA],
    ['bad.csv', DATA.replace('30,30', '30,"3,5"')],
    ['m.yaml', METHOD],
  ]) {
    writeFileSync(join(folder, name as string), text as string)
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

async function compose(changes: { seed?: number; language?: 'de' | 'en'; method?: string } = {}): Promise<string> {
  const options = {
    framework: join(folder, 'f.csv'),
    data: join(folder, 'd.csv'),
    out: '',
    runs: 400,
    base: 32,
    seed: 7,
    language: 'en' as const,
    workers: 1,
    ...changes,
  }
  return composeReport(await readIndexInputs(options), options)
}

class Exit extends Error {}

async function tessera(args: readonly string[]): Promise<number> {
  const spies = [
    vi.spyOn(process.stderr, 'write').mockReturnValue(true),
    vi.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Exit(String(code))
    }),
  ]
  const program = new Command('tessera').option('--language <code>')
  const index = registerIndexCommands(program)
  if (!index.commands.some((command) => command.name() === 'report')) registerReportCommand(index)
  try {
    await program.parseAsync(['index', 'report', ...args], { from: 'user' })
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (!(error instanceof Exit)) throw error
    return Number(error.message)
  } finally {
    for (const spy of spies) spy.mockRestore()
    process.exitCode = undefined
  }
}

describe('index report', () => {
  it('is one page that needs nothing from elsewhere and runs no script', async () => {
    const page = await compose()
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|https?:/i)
    expect([...page.matchAll(/href="([^"]*)"/g)].every(([, target]) => target?.startsWith('#'))).toBe(true)
    expect(page).not.toContain(folder)
  })

  it('writes names as text, never as markup', async () => {
    const page = await compose()
    expect(page).toContain('&lt;script>alert(1)&lt;/script>')
    expect(page).toContain('Alpha &lt;b>&amp;&lt;/b>')
    expect(page).not.toContain('<script')
  })

  it('gives every chart a name, words and a table, and every anchor of the contents a part', async () => {
    const page = await compose()
    const charts = page.split('role="img"').length - 1
    expect(charts).toBe(8) // ranks, scores, sensitivity, leaving out, methods, map, weights of groups and of indicators
    expect([...page.matchAll(/role="img" aria-labelledby="([^"]+)"/g)].every(([, id]) => page.includes(`<title id="${id}">`))).toBe(true)
    expect(page.split('<figcaption>').length - 1).toBe(charts)
    for (const [, id] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${id}"`)
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('puts the units into the table in the order of their ranks', async () => {
    const page = await compose()
    const table = page.slice(page.indexOf('<table id="ranks-table"'), page.indexOf('</table>', page.indexOf('<table id="ranks-table"')))
    // part one: mean of a and b 50 everywhere, but y has b alone, 25; index (P + c) / 2: u 25, v 75, w 50, x 37.5, y 50
    const rows = [...table.matchAll(/<th scope="row">([^<]*)<\/th><td class="n">([^<]*)<\/td><td class="n">([^<]*)</g)].map(
      ([, ...cells]) => cells,
    )
    expect(rows).toEqual([
      ['Verl', '1', '75.00'],
      ['&lt;script>alert(1)&lt;/script>', '2', '50.00'],
      ['Yach', '2', '50.00'],
      ['Xanten', '4', '37.50'],
      ['Ulm', '5', '25.00'],
    ])
  })

  it('states seed, runs, method and engine version, and gives the same bytes for the same seed', async () => {
    const page = await compose()
    expect(page).toContain('seed 7; 400 runs')
    expect(page).toContain('normalisation:\n  kind: minmax')
    expect(await compose()).toBe(page)
    expect(await compose({ seed: 8 })).not.toBe(page)
  })

  it('counts runs that fail and says why', async () => {
    const page = await compose({ method: join(folder, 'm.yaml') })
    expect(page).toMatch(/\d+ runs had no result and count in no distribution: [^<]*geometric/i)
  })

  it('speaks German with German numbers', async () => {
    const page = await compose({ language: 'de' })
    expect(page).toContain('<html lang="de">')
    expect(page).toContain('Ränge mit Intervallen')
    expect(page).toContain('37,50')
    expect(page).not.toContain('37.50')
  })

  it('writes the page from the command line, or nothing at all', async () => {
    const out = join(folder, 'report.html')
    const files = ['--framework', join(folder, 'f.csv'), '--runs', '100', '--base', '16', '--workers', '1']
    expect(await tessera([...files, '--data', join(folder, 'bad.csv'), '--out', out])).toBe(1)
    expect(existsSync(out)).toBe(false)
    expect(await tessera([...files, '--data', join(folder, 'd.csv'), '--out', out])).toBe(0)
    expect(readFileSync(out, 'utf8')).toContain('<h1>Whole</h1>')
    expect(await tessera([...files, '--data', join(folder, 'd.csv'), '--out', out, '--language', 'de'])).toBe(0)
    expect(readFileSync(out, 'utf8')).toContain('<html lang="de">')
    expect(await tessera([...files, '--data', join(folder, 'd.csv'), '--out', out, '--language', 'xx'])).toBe(2)
    expect(await tessera([...files, '--data', join(folder, 'd.csv')])).toBe(2)
    expect(await tessera([...files, '--data', join(folder, 'd.csv'), '--out', out, '--seed', '1.5'])).toBe(2)
  })
})
