import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tessera } from '../test/command-line.ts'
import { appFolder, instrumentFolder } from './paths.ts'

const example = (name: string) => join(instrumentFolder, 'examples', `${name}.csv`)
const tiny = join(appFolder, 'test/tiny-instrument')
let scratch = ''
beforeAll(() => void (scratch = mkdtempSync(join(tmpdir(), 'tessera commands '))))
afterAll(() => rmSync(scratch, { recursive: true }))

describe('tessera', () => {
  it('explains itself in the language of the terminal or of --language', async () => {
    expect(await tessera(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('score an answer sheet') })
    expect(await tessera(['--help'], 'de_DE.UTF-8')).toMatchObject({ code: 0, out: expect.stringContaining('Befehle:') })
    expect((await tessera(['score', '--help', '--language', 'de'])).out).toContain('Aufruf: tessera score')
  })

  it.each([
    [['scor'], 'There is no command scor.'],
    [['score'], 'The option --answers <file> is missing.'],
    [['score', '--answers'], 'The option --answers <file> needs a value.'],
    [['score', '--answers', 'a.csv', '--speed'], 'There is no option --speed.'],
    [['score', '--answers', 'a.csv', '--out', 'a.txt'], 'The name must end with .json or .csv.'],
    [['instrument', 'check'], 'folder is missing.'],
    [['--language', 'xx', 'score', '--answers', 'a.csv'], 'It is one of: de, en.'],
  ])('ends with 2 when it is used in a wrong way: %s', async (args, message) => {
    const { code, err } = await tessera(args)
    expect(code).toBe(2)
    expect(err).toContain(message)
    expect(err).not.toContain('    at ')
  })
})

describe('tessera score', () => {
  it('prints index, areas and indicators with score, what could still be reached, and coverage', async () => {
    const { out, code } = await tessera(['score', '--answers', example('zwoelfbrueck')])
    expect(code).toBe(0)
    expect(out).toContain('3 of 86 questions answered')
    expect(out).toMatch(/^Core index +7\.7\* +97\.7 +10\.0 %$/m)
    expect(out).toMatch(/^ {2}Mediation and conflict resolution +76\.7 +76\.7 +100\.0 %$/m)
    expect(out).toMatch(/^ {4}Education +0\.0\* +100\.0 +0\.0 %$/m)
  })

  it('speaks German and takes another weight scheme', async () => {
    const { out } = await tessera(['score', '--answers', example('zwoelfbrueck'), '--weights', 'by-question'], 'de_AT')
    expect(out).toContain('Gewichte: Gleiche Fragen (by-question)')
    expect(out).toMatch(/^Kernindex +3,1\* +99,1 +4,1 %$/m)
  })

  it('scores another instrument', async () => {
    const sheet = join(scratch, 'tiny.csv')
    writeFileSync(sheet, 'question,answer\nlib-01,yes\nlib-02,books\nlib-04,paid\npar-01,not-applicable\n')
    const { out, code } = await tessera(['score', '--answers', sheet, '--instrument', tiny])
    expect(code).toBe(0)
    expect(out).toMatch(/^Core index +46\.7 +46\.7 +100\.0 %$/m) // (100·1 + 100/3·0.5 + 0·1) / 2.5
    expect(out).toMatch(/^ {2}Park +not applicable$/m)
  })

  it('writes all figures, exact and rounded, as JSON or CSV', async () => {
    const [json, csv] = [join(scratch, 'a.json'), join(scratch, 'a.csv')]
    await tessera(['score', '--answers', example('zwoelfbrueck'), '--out', json])
    await tessera(['score', '--answers', example('zwoelfbrueck'), '--out', csv])
    const written = JSON.parse(readFileSync(json, 'utf8')) as {
      weights: string
      rows: { level: string; id: string; scoreExact: string; state?: string }[]
    }
    expect(written.weights).toBe('by-dimension')
    expect(written.rows.find(({ id }) => id === 'core')).toMatchObject({
      scoreExact: '23/3',
      upperExact: '293/3',
      coverageExact: '1/10',
      score: 7.7,
      isProvisional: true,
    })
    expect(written.rows.find(({ id }) => id === 'com-03')).toMatchObject({ state: 'hiddenOpen', points: 0, max: 4 })
    expect(readFileSync(csv, 'utf8').split('\n')[1]).toBe('index,core,Core index,,,,7.7,97.7,0.1,true,23/3,293/3,1/10,1/1,0/1,,')
  })

  it('ends with 1 and names file, line, value and nearest match when the sheet cannot be used', async () => {
    const sheet = join(scratch, 'broken.csv')
    writeFileSync(sheet, 'question,answer\nmed-1,no\nmed-02,shools\n')
    const { code, err, out } = await tessera(['score', '--answers', sheet])
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(err).toContain(`${sheet}, line 2: there is no question "med-1". Did you mean "med-01"?`)
    expect(err).toContain(`${sheet}, line 3: question med-02 has no option "shools". Did you mean "schools"?`)
  })

  it.each([
    [['--answers', 'nowhere.csv'], 'nowhere.csv: there is no such file'],
    [['--answers', example('zwoelfbrueck'), '--weights', 'equal'], 'equal is no weight scheme of this instrument. It has: by-dimension'],
    [['--answers', example('zwoelfbrueck'), '--instrument', 'nowhere'], 'instrument.yaml: this file is missing'],
    [['--answers', example('zwoelfbrueck'), '--out', '/nowhere/a.json'], '/nowhere/a.json: this file cannot be written'],
  ])('ends with 1 and a reason: %s', async (args, message) => {
    const { code, err } = await tessera(['score', ...args])
    expect(code).toBe(1)
    expect(err).toContain(message)
    expect(err).not.toContain('    at ')
  })
})

describe('tessera instrument check', () => {
  it('says that an instrument is sound, with its fingerprint', async () => {
    const { out, code } = await tessera(['instrument', 'check', instrumentFolder])
    expect(code).toBe(0)
    expect(out).toContain('12 areas, 17 indicators, 86 questions; languages: de, en')
    expect(out).toMatch(/SHA-256 of the content: [0-9a-f]{64}/)
  })

  it('ends with 1 and a line for each broken rule', async () => {
    const { err, code } = await tessera(['instrument', 'check', scratch], 'de')
    expect(code).toBe(1)
    expect(err).toContain('instrument.yaml: diese Datei fehlt')
  })
})

describe('tessera index report', () => {
  it('writes the page in the language of --language or of the terminal', async () => {
    const file = (name: string) => join(scratch, name)
    writeFileSync(file('f.csv'), 'iCode,Level,Parent,Direction,Weight,Type\na,1,I,1,1,Indicator\nb,1,I,1,1,Indicator\nI,2,,1,1,Aggregate\n')
    writeFileSync(file('d.csv'), 'uCode,a,b\nu,1,3\nv,2,1\nw,3,2\nx,5,9\n')
    const report = [
      'index',
      'report',
      '--framework',
      file('f.csv'),
      '--data',
      file('d.csv'),
      '--runs',
      '100',
      '--base',
      '16',
      '--out',
      file('r.html'),
    ]
    for (const [args, lang] of [
      [[...report, '--language', 'de'], 'en_GB.UTF-8'],
      [report, 'de_DE.UTF-8'],
    ] as const) {
      expect(await tessera([...args], lang)).toMatchObject({ err: expect.not.stringContaining('error'), code: 0 })
      expect(readFileSync(file('r.html'), 'utf8')).toContain('<html lang="de"')
    }
  })
})
