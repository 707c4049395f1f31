import writeXlsxFile from 'write-excel-file/node'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { translator } from '../../text/text.ts'
import { checkFile, groupProblems } from './check-file.ts'
import { columns } from './earlier.ts'
import { templateCsv, templateXlsx } from './template.ts'

const now = new Date('2026-07-01T10:00:00Z')
const head = columns.join(',')
const good = 'Linköping,SE,2020,ICC,2019,index,53,https://example.org/report,'
const utf8 = (text: string) => new TextEncoder().encode(text)
const check = (...rows: string[]) => checkFile(utf8([head, ...rows].join('\r\n')), now)

/** Letters of western Europe as office programs used to write them: one byte each. */
const windows1252 = (text: string) => Uint8Array.from(text, (letter) => (letter === '–' ? 0x96 : letter.charCodeAt(0)))

const linkoeping = {
  city: 'Linköping',
  country: 'SE',
  year: 2020,
  instrument: 'ICC',
  instrumentVersion: '2019',
  code: 'index',
  value: 53,
  source: 'https://example.org/report',
  remark: null,
}

/** Problems as "row column rule". */
const named = ({ problems }: Awaited<ReturnType<typeof checkFile>>) =>
  problems.map(({ row, column, rule }) => `${row} ${column ?? '-'} ${rule.replace(/^earlier\.(rule|file)\./, '')}`)

describe('a file of earlier results', () => {
  it('gives one figure per row', async () => {
    const { figures, problems, rows } = await check(good, 'Riga,lv,2019,ICC,2019,language,"57,5","Report, p. 4",a remark')
    expect(problems).toEqual([])
    expect(rows).toBe(2)
    expect(figures).toEqual([
      { row: 2, ...linkoeping },
      {
        ...linkoeping,
        row: 3,
        city: 'Riga',
        country: 'LV',
        year: 2019,
        code: 'language',
        value: 57.5,
        source: 'Report, p. 4',
        remark: 'a remark',
      },
    ])
  })

  it.each([
    ['a byte order mark', utf8(`\uFEFF${head}\n${good}`), 'utf-8'],
    ['semicolons', utf8([head, good].join('\n').replaceAll(',', ';')), 'utf-8'],
    ['tabs', utf8([head, good].join('\n').replaceAll(',', '\t')), 'utf-8'],
    ['line ends of old computers', utf8([head, good].join('\r')), 'utf-8'],
    ['Windows-1252', windows1252(`${head}\n${good}`), 'windows-1252'],
    [
      'UTF-16',
      new Uint8Array([0xff, 0xfe, ...new Uint8Array(Uint16Array.from(`${head}\n${good}`, (l) => l.charCodeAt(0)).buffer)]),
      'utf-16',
    ],
    ['German names of the columns', utf8(`Stadt;Land;Jahr;Fragebogen;Fassung;Kennung;Wert;Quelle\n${good.replaceAll(',', ';')}`), 'utf-8'],
    [
      'columns in another order',
      utf8(`source,value,code,instrument version,INSTRUMENT,Year,Country,City\n${good.split(',').slice(0, 8).reverse().join(',')}`),
      'utf-8',
    ],
  ])('is understood with %s', async (_, bytes, encoding) => {
    expect(await checkFile(bytes, now)).toMatchObject({ problems: [], figures: [{ row: 2, ...linkoeping }], encoding })
  })

  it('may have empty rows and columns of its own, which are named', async () => {
    const file = utf8(`\n${head},Our notes\n\n${good},x\n,,,,,,,,,\n${good.replace('2020', '2021')},`)
    const { figures, problems, emptyRows, extraColumns } = await checkFile(file, now)
    expect([problems, emptyRows, extraColumns, figures.map(({ row }) => row)]).toEqual([[], 2, ['Our notes'], [4, 6]])
  })

  it('may be a spreadsheet with numbers and texts', async () => {
    const bytes = await writeXlsxFile([
      [...columns],
      ['Linköping', 'SE', 2020, 'ICC', '2019', 'index', 53, 'https://example.org/report', null],
      [null],
      ['Riga', 'LV', '2020', 'ICC', 2019, 'index', '57,5', 'Letter of 3 May', '=1+1'],
    ]).toBuffer()
    const { figures, problems, format } = await checkFile(new Uint8Array(bytes), now)
    expect([problems, format]).toEqual([[], 'xlsx'])
    expect(figures[0]).toEqual({ row: 2, ...linkoeping })
    expect(figures[1]).toMatchObject({ row: 4, year: 2020, instrumentVersion: '2019', value: 57.5, remark: '=1+1' })
  })

  it.each(['de', 'en'] as const)('may be the template, in both formats (%s)', async (language) => {
    const t = translator(language)
    for (const bytes of [utf8(templateCsv(t)), new Uint8Array(await templateXlsx(t))])
      expect(await checkFile(bytes, now)).toMatchObject({
        problems: [],
        figures: [
          { code: 'index', value: 57.5 },
          { code: 'education', value: 61 },
        ],
      })
  })
})

describe('what is wrong with a file', () => {
  it.each([
    ['Linköping,SE,2020,ICC,2019,index,101,source', '2 value valueRange'],
    ['Linköping,SE,2020,ICC,2019,index,-1,source', '2 value valueRange'],
    ['Linköping,SE,2020,ICC,2019,index,53 %,source', '2 value valueNumber'],
    ['Linköping,SE,2020,ICC,2019,index,,source', '2 value valueMissing'],
    ['Linköping,UK,2020,ICC,2019,index,53,source', '2 country countryMeant'],
    ['Linköping,Schweden,2020,ICC,2019,index,53,source', '2 country countryMeant'],
    ['Linköping,ZZ,2020,ICC,2019,index,53,source', '2 country country'],
    ['Linköping,,2020,ICC,2019,index,53,source', '2 country countryMissing'],
    ['Linköping,SE,20,ICC,2019,index,53,source', '2 year year'],
    ['Linköping,SE,1989,ICC,2019,index,53,source', '2 year yearEarly'],
    ['Linköping,SE,2027,ICC,2019,index,53,source', '2 year yearFuture'],
    ['Linköping,SE,,ICC,2019,index,53,source', '2 year yearMissing'],
    ['Linköping,SE,2020,,2019,index,53,source', '2 instrument instrumentMissing'],
    ['Linköping,SE,2020,ICC,,index,53,source', '2 instrument_version versionMissing'],
    ['Linköping,SE,2020,ICC,2019,Language area,53,source', '2 code code'],
    ['Linköping,SE,2020,ICC,2019,,53,source', '2 code codeMissing'],
    ['Linköping,SE,2020,ICC,2019,index,53,', '2 source sourceMissing'],
    ['Linköping,SE,2020,ICC,2019,index,53,x', '2 source sourceShort'],
    [',SE,2020,ICC,2019,index,53,source', '2 city cityMissing'],
    [`${'x'.repeat(121)},SE,2020,ICC,2019,index,53,source`, '2 city tooLong'],
    ['Linköping,SE,2020,ICC,2019,index,53,Report, page 4, 2020', '2 - beyond'],
  ])('is named by row, column and rule: %s', async (row, problem) => {
    const checked = await check(row)
    expect(named(checked)).toEqual([problem])
    expect(checked.figures).toEqual([])
  })

  it('is named everywhere at once, several times in one row', async () => {
    expect(named(await check('Linköping,XX,20,ICC,2019,index,many,', good, 'Riga,LV,2020,ICC,2019,index,200,source'))).toEqual([
      '2 country country',
      '2 year year',
      '2 value valueNumber',
      '2 source sourceMissing',
      '4 value valueRange',
    ])
  })

  it('is a figure that stands there twice, even with another value and other letters', async () => {
    const { problems } = await check(good, 'LINKÖPING,se,2020,icc,2019,overall,54,another source,')
    expect(problems).toMatchObject([{ row: 3, column: null, rule: 'earlier.rule.twice', values: { first: '2' } }])
  })

  it('is a head that lacks a column, has one twice or one with a slip', async () => {
    const lacking = await checkFile(
      utf8('city,city,country,year,instrument,instrument_version,code,valeu\nRiga,,LV,2020,ICC,1,index,5'),
      now,
    )
    expect(named(lacking)).toEqual(['1 city columnTwice', '1 value columnMissingNear', '1 source columnMissing'])
    expect(lacking.problems[1]!.values).toEqual({ column: 'value', near: 'valeu' })
  })

  it.each([
    ['nothing', utf8(''), 'empty'],
    ['only a head', utf8(head), 'noRows'],
    ['open quotation marks', utf8(`${head}\n"Linköping,SE`), 'quotes'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 1), 'binary'],
    ['an old workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), 'oldExcel'],
    ['a packed file that is no workbook', zipSync({ 'a.txt': utf8('hello') }), 'spreadsheet'],
    ['half a workbook', zipSync({ 'a.txt': utf8('hello') }).slice(0, 40), 'spreadsheet'],
    ['a packed file that would grow without end', zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(101 * 1024 * 1024) }), 'unpacked'],
  ])('is the file itself: %s', async (_, bytes, rule) => {
    expect(named(await checkFile(bytes, now))).toEqual([`null - ${rule}`])
  })

  it('is said in groups, and at most a hundred places are written out', async () => {
    const { problems } = await check(...Array.from({ length: 150 }, (_, i) => `City ${i},XX,2020,ICC,2019,index,${i < 3 ? 200 : 5},source`))
    const groups = groupProblems(problems)
    expect(groups.map(({ column, count, examples }) => [column, count, examples.length])).toEqual([
      ['country', 150, 100],
      ['value', 3, 1],
    ])
  })
})
