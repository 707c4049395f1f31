import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const FRAMEWORK = `iCode,Level,Parent,Direction,Weight,Type
a,1,P,1,1,Indicator
b,1,P,-1,3,Indicator
c,1,I,1,1,Indicator
P,2,I,1,1,Aggregate
I,3,,1,1,Aggregate
`
// w and x never change places: w is best everywhere, x worst
const DATA = `uCode,a,b,c
w,90,1,80
x,10,9,5
y,50,2,40
z,30,5,70
`

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-uncertainty-'))
  writeFileSync(join(folder, 'f.csv'), FRAMEWORK)
  writeFileSync(join(folder, 'd.csv'), DATA)
})
afterAll(() => rmSync(folder, { recursive: true }))

const urlOf = (name: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, name)).href)
const program = `
import { Command } from ${JSON.stringify(pathToFileURL(createRequire(import.meta.url).resolve('commander')).href)}
import { registerIndexCommands } from ${urlOf('index-commands.ts')}
import { registerUncertaintyCommands } from ${urlOf('index-uncertainty.ts')}
const program = new Command('tessera')
const index = registerIndexCommands(program)
if (!index.commands.some((command) => command.name() === 'uncertainty')) registerUncertaintyCommands(index)
await program.parseAsync(process.argv.slice(1), { from: 'user' })`
const tessera = (args: string) =>
  spawnSync(process.execPath, ['--input-type=module', '-e', program, '--', 'index', ...args.split(' ')], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, NODE_PATH: '' },
  })

describe('tessera index uncertainty', { timeout: 30_000 }, () => {
  it('writes ranks.csv with the same bytes whatever the number of workers, and others for another seed', () => {
    const files = ['--workers 1', '--workers 2', '--workers 3 --seed 43'].map((options, i) => {
      const { status, stdout } = tessera(`uncertainty --framework f.csv --data d.csv --runs 3000 --seed 42 ${options} --out r${i}.csv`)
      expect([status, stdout]).toEqual([0, ''])
      return readFileSync(join(folder, `r${i}.csv`), 'utf8')
    })
    expect(files[1]).toBe(files[0])
    expect(files[2]).not.toBe(files[0])
    const [header, w, x] = files[0]?.split('\n') ?? []
    expect(header).toBe('uCode,rank,score,rank_mean,rank_q5,rank_q25,rank_median,rank_q75,rank_q95,score_q5,score_median,score_q95')
    expect(w).toMatch(/^w,1,100,1,1,1,1,1,1,/)
    expect(x).toMatch(/^x,4,0,4,4,4,4,4,4,/)
  })

  it('prints the whole result as JSON, with probabilities, and explains runs without a result', () => {
    writeFileSync(
      join(folder, 'm.yaml'),
      'uncertainty: { weights: null, normalisation: [], treatment: [], aggregation: [arithmetic, geometric] }\n',
    )
    const { status, stdout, stderr } = tessera('uncertainty --framework f.csv --data d.csv --runs 400 --method m.yaml --json')
    const result = JSON.parse(stdout)
    expect(status).toBe(0)
    expect(result).toMatchObject({ runs: 400, seed: 42, units: [{ unit: 'w', rank: 1 }, {}, {}, {}] })
    expect(result.aheadShare[0][1]).toBe(1)
    expect(result.aheadShare[1][0]).toBe(0)
    expect(stderr).toMatch(
      /^Runs without a result: \d+ of 400 \(for example number \d+\): Unit "x" has 0 in element "a": a geometric mean needs positive scores/,
    )
  })

  it('writes nothing when it refuses, and ends with 2 on wrong usage', () => {
    writeFileSync(join(folder, 'bad.csv'), 'uCode,a,b,c\nw,1,2,3\nw,1,2,4\n')
    const refused = tessera('uncertainty --framework f.csv --data bad.csv --out none.csv')
    expect([refused.status, existsSync(join(folder, 'none.csv'))]).toEqual([1, false])
    expect(tessera('uncertainty --framework f.csv --data d.csv --runs 0').status).toBe(2)
    expect(tessera('uncertainty --framework f.csv --data d.csv --workers some').status).toBe(2)
  })
})

describe('tessera index sensitivity', { timeout: 30_000 }, () => {
  it('writes sobol.csv with the same bytes whatever the number of workers', () => {
    const [one, two] = [1, 2].map((workers) => tessera(`sensitivity --framework f.csv --data d.csv --base 64 --workers ${workers}`))
    expect(one?.status).toBe(0)
    expect(two?.stdout).toBe(one?.stdout)
    const lines = one?.stdout.trim().split('\n') ?? []
    expect(lines[0]).toBe('assumption,S1,S1_low,S1_high,ST,ST_low,ST_high')
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['treatment', 'normalisation', 'aggregation', 'weights'])
  })

  it('refuses a method in which nothing varies', () => {
    writeFileSync(join(folder, 'none.yaml'), 'uncertainty: { weights: null, normalisation: [], treatment: [], aggregation: [] }\n')
    const { status, stderr } = tessera('sensitivity --framework f.csv --data d.csv --method none.yaml')
    expect([status, stderr]).toEqual([1, expect.stringContaining('no assumption varies')])
  })
})
