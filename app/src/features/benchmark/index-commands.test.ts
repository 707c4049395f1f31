import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { registerIndexCommands } from './index-commands.ts'
import { IndexInputError } from './index-files.ts'
import { readIndexInputs, type IndexOptions } from './index-inputs.ts'
import { formatCsvLine, formatNumber } from './index-output.ts'

const FRAMEWORK = `iCode,Level,Parent,Direction,Weight,Type,Denominator,Target
a,1,P,1,1,Indicator,size,4
b,1,P,-1,3,Indicator,,0
P,2,I,1,1,Aggregate,,
I,3,,1,1,Aggregate,,
region,,,,,Group,,
size,,,,,Denominator,,
`
// a / size: 1, 2, 5, missing; minmax: 0, 25, 100, missing. b turned: 10 -> 100, 20 -> 50, 30 -> 0, 10 -> 100.
// P = (1 a + 3 b) / 4: 75, 43.75, 25, 100
const DATA = `uCode,region,size,a,b
w,n,10,10,10
x,n,10,20,20
"y, the 2nd",s,10,50,30
z,s,10,NA,10
`

let folder = ''
const put = (name: string, text: string | Uint8Array) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-index-'))
  put('f.csv', FRAMEWORK)
  put('d.csv', DATA)
})
afterAll(() => rmSync(folder, { recursive: true }))

class Exit extends Error {}

/** Runs the command line in this process and catches what it prints and how it ends. */
async function tessera(args: string): Promise<{ status: number; stdout: string; stderr: string }> {
  const printed = { stdout: '', stderr: '' }
  const catchText = (stream: 'stdout' | 'stderr') =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text)
      return true
    })
  const spies = [
    catchText('stdout'),
    catchText('stderr'),
    vi.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Exit(String(code))
    }),
  ]
  const program = new Command('tessera')
  registerIndexCommands(program)
  try {
    await program.parseAsync(['index', ...args.replaceAll('@', `${folder}/`).split(' ')], { from: 'user' })
    return { status: Number(process.exitCode ?? 0), ...printed }
  } catch (error) {
    if (!(error instanceof Exit)) throw error
    return { status: Number(error.message), ...printed }
  } finally {
    for (const spy of spies) spy.mockRestore()
    process.exitCode = undefined
  }
}
/** The same as a process of its own, for what only a process has: standard input and its end. */
const tesseraProcess = (args: string, input: string) => {
  const program = `
import { Command } from 'commander'
import { registerIndexCommands } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'index-commands.ts')).href)}
const program = new Command('tessera')
registerIndexCommands(program)
await program.parseAsync(process.argv.slice(1), { from: 'user' })`
  const words = ['index', ...args.replaceAll('@', `${folder}/`).split(' ')]
  return spawnSync(process.execPath, ['--input-type=module', '-e', program, '--', ...words], {
    input,
    encoding: 'utf8',
    cwd: import.meta.dirname,
  })
}

const problemsOf = async (options: Partial<IndexOptions>): Promise<string[]> => {
  try {
    await readIndexInputs({ framework: join(folder, 'f.csv'), data: join(folder, 'd.csv'), ...options })
  } catch (error) {
    if (error instanceof IndexInputError) return error.message.replaceAll(`${folder}/`, '').split('\n')
    throw error
  }
  return []
}

describe('readIndexInputs', () => {
  it('takes denominators and targets from the framework, flags over the method file', async () => {
    const method = put('m.yaml', 'normalisation: distance-to-target\nimputation: mean\naggregation: geometric\n')
    const inputs = await readIndexInputs({
      framework: join(folder, 'f.csv'),
      data: join(folder, 'd.csv'),
      method,
      aggregate: 'harmonic',
      screen: 0.5,
    })
    expect(inputs.method).toMatchObject({
      denomination: { a: 'size' },
      imputation: { kind: 'mean' },
      screening: { minAvailability: 0.5 },
      normalisation: { kind: 'distanceToTarget', targets: { a: 4, b: 0 } },
      aggregation: { byLevel: [{ kind: 'harmonic' }] },
    })
  })

  it('reads weights from a file, by code, and names what is wrong with them', async () => {
    const weights = put('w.csv', 'Weight,iCode\n2,b\n0.5,a\n')
    const { method } = await readIndexInputs({ framework: join(folder, 'f.csv'), data: join(folder, 'd.csv'), weights })
    expect(method.weighting).toEqual({ kind: 'byCode', weights: { b: 2, a: 0.5 } })
    put('w2.csv', 'iCode,Weight\nq,1\na,-2\nb,much\nb,1\nb,2\n')
    expect(await problemsOf({ weights: join(folder, 'w2.csv') })).toEqual([
      'w2.csv:2, column "iCode", value "q": this is no element of the framework; correct the code or remove the line',
      'w2.csv:3, column "Weight", value "-2": a weight is a number of at least 0',
      'w2.csv:4, column "Weight", value "much": text where a number is needed; leave the cell empty (or write NA) when the value is missing',
      'w2.csv:6, column "iCode", value "b": the element stands twice; remove one of the lines',
    ])
  })

  it('reads a byte-order mark, Windows line ends, quoted commas and empty lines', async () => {
    const data = put('bom.csv', `\ufeff${DATA.replaceAll('\n', '\r\n')}\r\n`)
    expect((await readIndexInputs({ framework: join(folder, 'f.csv'), data })).data.dataset.units).toEqual(['w', 'x', 'y, the 2nd', 'z'])
  })

  it.each<[string, string | Uint8Array, RegExp]>([
    ['empty', '', /^bad\.csv: the file is empty/],
    ['header only', 'uCode,region,size,a,b\n', /^bad\.csv: there are no units/],
    ['Latin-1', Uint8Array.of(0x75, 0x43, 0x6f, 0x64, 0x65, 0x2c, 0xe9, 0x0a), /^bad\.csv: the text is not UTF-8/],
    [
      'open quote',
      'uCode,region,size,a,b\nx,"n,1,2,3\n',
      /^bad\.csv:?\d*: not a CSV file: a quotation mark that opens on this line or before is never closed/,
    ],
    ['decimal comma', 'uCode,region,size,a,b\nx,n,1,"2,5",3\n', /^bad\.csv:2, column "a", value "2,5": decimal comma; write 2\.5/],
    ['semicolons', 'uCode;region;size;a;b\nx;n;1;2,5;3\n', /^bad\.csv:1: the columns are separated by semicolons/],
    ['ragged', 'uCode,region,size,a,b\nx,n,1,2\n', /^bad\.csv:2: the line has 4 cells, the header has 5/],
    ['twice', 'uCode,region,size,a,b\nx,n,1,2,3\nx,n,1,5,6\n', /^bad\.csv:3, column "uCode", value "x": the unit stands already on line 2/],
    [
      'no value',
      'uCode,region,size,a,b\nx,n,1,2,3\ny,n,1,,\nz,n,2,2,4\n',
      /^bad\.csv:3, column "uCode", value "y": the unit has no value at all/,
    ],
    ['constant', 'uCode,region,size,a,b\nx,n,1,2,3\nz,n,2,2,3\n', /^bad\.csv, column "b", value "3": all units have the same value/],
  ])('refuses a file that is %s, with the place', async (_, text, message) => {
    const data = put('bad.csv', text)
    expect((await problemsOf({ data }))[0]).toMatch(message)
  })

  it('names a file that does not exist, a key of the method that does not, and a group that does not', async () => {
    expect(await problemsOf({ data: join(folder, 'none.csv') })).toEqual(['none.csv: the file does not exist; correct the name'])
    expect((await problemsOf({ method: put('n.yaml', 'normalization: rank\n') }))[0]).toMatch(
      /^n\.yaml: unknown key "normalization" \(did you mean "normalisation"\?\)/,
    )
    expect((await problemsOf({ method: put('y.yaml', 'a: [1\nb: 2\n') }))[0]).toMatch(/^y\.yaml:\d+: /)
    expect(await problemsOf({ groups: 'continent' })).toEqual([
      'd.csv:1, column "continent": this is no group column of the framework (there are: region)',
    ])
  })
})

describe('formatNumber', () => {
  it('writes 17 significant digits that read back as the same number, and nothing for a gap', () => {
    expect([null, 0, 100, 0.1, 1 / 3, 1e-7, -2.5, 1e21].map(formatNumber)).toEqual([
      '',
      '0',
      '100',
      '0.10000000000000001',
      '0.33333333333333331',
      '9.9999999999999995e-08',
      '-2.5',
      '1e+21',
    ])
    for (const value of [Math.PI, 5e-324, 1.7976931348623157e308, 123456.789]) expect(Number(formatNumber(value))).toBe(value)
  })

  it('quotes what CSV needs quoted', () => {
    expect(formatCsvLine(['a', 'b,c', 'd"e', ''])).toBe('a,"b,c","d""e",\n')
  })
})

describe('tessera index', () => {
  it('computes from standard input to standard output, with ranks in groups', { timeout: 30_000 }, () => {
    const { status, stdout } = tesseraProcess('compute --framework @f.csv --data - --groups region', DATA)
    expect(stdout).toBe(
      'uCode,P,I,rank,region,rank_in_group\nw,75,75,2,n,1\nx,43.75,43.75,3,n,2\n"y, the 2nd",25,25,4,s,2\nz,100,100,1,s,1\n',
    )
    expect(status).toBe(0)
  })

  it('writes nothing when it refuses: a geometric mean of zero is named with file, line, column and value', async () => {
    const { status, stdout, stderr } = await tessera('compute --framework @f.csv --data @d.csv --aggregate geometric --out @r.csv')
    expect(stderr).toMatch(
      /d\.csv:2, column "a", value "10": Unit "w" has 0 in element "a": a geometric mean \(of "P"\) needs positive scores/,
    )
    expect([status, stdout, existsSync(join(folder, 'r.csv'))]).toEqual([1, '', false])
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('writes results.csv whole, and says what was estimated', async () => {
    const { status, stdout, stderr } = await tessera('compute --framework @f.csv --data @d.csv --impute group-mean:region --out @r2.csv')
    expect([status, stdout, stderr]).toEqual([0, '', 'Values imputed: 1\n'])
    expect(readFileSync(join(folder, 'r2.csv'), 'utf8').split('\n')[0]).toBe('uCode,P,I,rank')
    // a of z: the mean of its group, 5 of y; minmax 100; with b 100 the pillar is 100
    expect(readFileSync(join(folder, 'r2.csv'), 'utf8').split('\n')[4]).toBe('z,100,100,1')
  })

  it('checks: every problem, one line each, or as JSON', async () => {
    put('bad2.csv', 'uCode,region,size,a,b\nx,n,0,1,2\ny,n,1,"1,5",x\nz,n,1,,\n')
    const plain = await tessera('check --framework @f.csv --data @bad2.csv')
    expect(
      plain.stderr
        .replaceAll(`${folder}/`, '')
        .trim()
        .split('\n')
        .map((line) => line.split(':', 2).join(':')),
    ).toEqual([
      'bad2.csv:2, column "size", value "0"',
      'bad2.csv:3, column "a", value "1,5"',
      'bad2.csv:3, column "b", value "x"',
      'bad2.csv:4, column "uCode", value "z"',
    ])
    expect(plain.status).toBe(1)
    const json = await tessera('check --framework @f.csv --data @bad2.csv --json')
    expect(JSON.parse(json.stdout)).toMatchObject({ count: 4, problems: [{ line: 2, column: 'size', value: '0' }, {}, {}, {}] })
    expect((await tessera('check --framework @f.csv --data @d.csv')).stdout).toBe('No problems: 4 units, 2 indicators, 1 missing values\n')
  })

  it('ends with 2 on wrong usage', async () => {
    expect((await tessera('compute --framework @f.csv')).status).toBe(2)
    const { status, stderr } = await tessera('compute --framework @f.csv --data @d.csv --normalise minmx')
    expect([status, stderr]).toEqual([2, expect.stringContaining("argument 'minmx' is invalid")])
  })
})
