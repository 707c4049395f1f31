import { describe, expect, it } from 'vitest'
import { DataReader, MOST_PROBLEMS } from './coinr-data.ts'
import { readFrameworkTable } from './coinr-framework.ts'
import { parseNumberText } from './coinr.ts'
import { checkValues } from './check-values.ts'
import { toNullable } from './dataset.ts'
import { DEFAULT_METHOD } from './method.ts'
import { formatProblem } from './problem.ts'

const rows = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line, i) => ({ line: i + 1, cells: line.split(',') }))
const META = `
Level,iCode,iName,Direction,Weight,Target,Denominator,Parent,Type
1,a,Alpha,1,2,10,size,P,Indicator
1,b,Beta,-1,1,,,P,Indicator
2,P,Pillar,1,1,,,I,Aggregate
3,I,Index,1,1,,,NA,Aggregate
,region,Region,,,,,,Group
,size,Size,,,,,,Denominator
,note,Note,,,,,,Other`
const table = readFrameworkTable(rows(META))
const framework = (text: string) =>
  readFrameworkTable(rows(`iCode,Level,Parent,Direction,Weight,Type\n${text}`)).problems.map((problem) => formatProblem(problem))
const read = (text: string) => {
  const [header, ...body] = rows(text)
  const reader = new DataReader(header ?? null, table)
  for (const row of body) reader.addRow(row)
  return reader.finish()
}
const data = (text: string) => read(text).problems.map((problem) => formatProblem(problem, { data: 'd.csv' }))

describe('parseNumberText', () => {
  it.each([
    ['1', 1],
    [' -2.5 ', -2.5],
    ['.5', 0.5],
    ['3.', 3],
    ['1e-3', 0.001],
    ['+7E2', 700],
    ['', null],
    ['NA', null],
    ['  ', null],
  ])('reads %j', (text, value) => {
    expect(parseNumberText(text)).toBe(value)
  })

  it.each([
    ['1,5', /decimal comma; write 1\.5/],
    ['1,234,567', /thousands/],
    ["1'000", /thousands/],
    ['12 %', /text where a number/],
    ['abc', /text where/],
    ['Inf', /infinite/],
    ['NaN', /text where/],
    ['0x10', /text where/],
    ['1e999', /too large/],
    ['--1', /text where/],
    ['1_000', /text where/],
  ])('refuses %j and says why', (text, rule) => {
    expect(parseNumberText(text)).toMatch(rule)
  })
})

describe('readFrameworkTable', () => {
  it('reads the layout of iMeta: tree, sizes, targets, groups', () => {
    expect(table.problems).toEqual([])
    expect(table.framework.elements).toEqual([
      { code: 'a', level: 1, parent: 'P', weight: 2, direction: 1 },
      { code: 'b', level: 1, parent: 'P', weight: 1, direction: -1 },
      { code: 'P', level: 2, parent: 'I', weight: 1, direction: 1 },
      { code: 'I', level: 3, parent: null, weight: 1, direction: 1 },
    ])
    expect(table).toMatchObject({ denominators: { a: 'size' }, targets: { a: 10 }, groupColumns: ['region'], denominatorColumns: ['size'] })
    expect(table.names.get('b')).toBe('Beta')
  })

  it.each([
    ['a,1,I,1,-1,Indicator\nI,2,,1,1,Aggregate', 'framework:2, column "Weight", value "-1": a weight is a number of at least 0'],
    [
      'a,1,J,1,1,Indicator\nb,1,I,1,1,Indicator\nI,2,,1,1,Aggregate',
      'framework:2, column "Parent", value "J": a: the parent is no aggregate of this file (did you mean "I"?); add it or correct the code',
    ],
    [
      'a,1,I,2,1,Indicator\nI,2,,1,1,Aggregate',
      'framework:2, column "Direction", value "2": needs 1 (more is better) or -1 (less is better)',
    ],
    [
      'a,1,I,1,0,Indicator\nI,2,,1,1,Aggregate',
      'framework:2, column "Weight", value "0": all children of "I" have weight 0; give at least one a positive weight',
    ],
    [
      'a,1,I,1,1,Indicator\na,1,I,1,1,Indicator\nI,2,,1,1,Aggregate',
      'framework:3, column "iCode", value "a": the code stands already on line 2; every code is used once',
    ],
    [
      'a,1,I,1,1,Indicator\nI,2,,1,1,Aggregate\nJ,2,,1,1,Aggregate',
      'framework:4, column "iCode", value "J": the aggregate has no children; remove it or name it as a parent',
    ],
    [
      'a,1,P,1,1,Indicator\nP,2,I,1,1,Aggregate\nI,3,P,1,1,Aggregate',
      'framework:3, column "Parent", value "I": P -> I -> P is a cycle; an element cannot lie above itself',
    ],
    [
      'a,1,I,1,1,Indicater\nb,1,I,1,1,Indicator\nI,2,,1,1,Aggregate',
      'framework:2, column "Type", value "Indicater": needs one of Indicator, Aggregate, Group, Denominator, Other',
    ],
    ['a,2,I,1,1,Indicator\nI,3,,1,1,Aggregate', 'framework:2, column "Level", value "2": an indicator has level 1'],
    ['a,1,I,1,1\nb,1,I,1,1,Indicator\nI,2,,1,1,Aggregate', 'framework:2: the line has 5 cells, the header has 6'],
    [
      'a,1,I,1,x,Indicator\nI,2,,1,1,Aggregate',
      'framework:2, column "Weight", value "x": text where a number is needed; leave the cell empty (or write NA) when the value is missing',
    ],
  ])('names line, column, value and rule in %j', (text, message) => {
    expect(framework(text)).toContain(message)
  })

  it('names missing columns, a wrong separator and an empty file', () => {
    expect(readFrameworkTable(rows('iCode,Level')).problems.map(({ column }) => column)).toEqual(['Parent', 'Direction', 'Weight', 'Type'])
    expect(readFrameworkTable(rows('iCode;Level;Parent')).problems[0]?.rule).toMatch(/separated by semicolons/)
    expect(readFrameworkTable([]).problems[0]?.rule).toMatch(/the file is empty/)
  })
})

describe('DataReader', () => {
  it('reads the layout of iData, empty and NA as missing, and passes over what the framework does not name', () => {
    const { dataset, unused, lines, names, problems } = read('uCode,uName,region,extra,size,b,a\nx,Ex,n,?,4,NA,1.5\ny,,,!,5,3,\n')
    expect(problems).toEqual([])
    expect(dataset).toMatchObject({ units: ['x', 'y'], times: null, indicators: ['a', 'b'] })
    expect(dataset.columns.map(toNullable)).toEqual([
      [1.5, null],
      [null, 3],
    ])
    expect(dataset.groups.get('region')).toEqual(['n', null])
    expect([unused, lines, names]).toEqual([['extra'], [2, 3], ['Ex', null]])
  })

  it('takes a column Time, or year, for points in time, and then allows a unit once per point', () => {
    expect(read('uCode,year,region,size,a,b\nx,2019,n,1,1,2\nx,2020,n,1,1,2').dataset.times).toEqual(['2019', '2020'])
    expect(data('uCode,Time,region,size,a,b\nx,2019,n,1,1,2\nx,2019,n,1,1,2')[0]).toMatch(
      /^d\.csv:3, column "uCode", value "x": the unit stands already on line 2 for 2019/,
    )
  })

  it.each([
    ['uCode,region,size,a,b\nx,n,1,"2,b', /d\.csv:2, column "a", value ""2": text where a number/],
    ['uCode,region,size,a,b\nx,n,1,2', /d\.csv:2: the line has 4 cells, the header has 5/],
    ['uCode,region,size,a,b\nx,n,1,2,3\nx,n,1,2,3', /d\.csv:3, column "uCode", value "x": the unit stands already on line 2/],
    ['uCode,region,size,a,b\nx,n,0,2,3', /d\.csv:2, column "size", value "0": what divides an indicator must be above 0/],
    ['uCode,region,size,a\nx,n,1,2', /d\.csv:1, column "b": the framework names this column on line 3, the data do not have it/],
    ['uCode,region,size,a,a,b\nx,n,1,2,2,3', /d\.csv:1, column "a": the column stands twice/],
    ['uCode,region,size,a,b', /d\.csv: there are no units below the header/],
    ['uCode;region;size;a;b\nx;n;1;2;3', /d\.csv:1: the columns are separated by semicolons/],
    ['uCode,region,size,a,b\n,n,1,2,3', /d\.csv:2, column "uCode": the unit has no code/],
  ])('names the place of what is wrong in %j', (text, message) => {
    expect(data(text)[0]).toMatch(message)
  })

  it('keeps the first problems and counts them all', () => {
    const { problems, problemCount } = read(
      `uCode,region,size,a,b\n${Array.from({ length: 1500 }, (_, i) => `u${i},n,1,oops,2`).join('\n')}`,
    )
    expect([problems.length, problemCount]).toEqual([MOST_PROBLEMS, 1500])
  })
})

describe('checkValues', () => {
  const check = (text: string, method = DEFAULT_METHOD) => {
    const { dataset, lines } = read(text)
    return checkValues(dataset, table.framework, { ...method, denomination: {} }, lines).map((problem) => formatProblem(problem))
  }

  it('names units and indicators without values, and one value where units have to be told apart', () => {
    expect(check('uCode,region,size,a,b\nx,n,1,5,\ny,n,1,,\nz,n,1,5,')).toEqual([
      'data:3, column "uCode", value "y": the unit has no value at all; remove it or screen units by coverage',
      'data, column "a", value "5": all units have the same value, which minmax cannot spread; remove the indicator or use goalposts',
      'data, column "b": the indicator has no value at all; remove it from the framework or fill it',
    ])
  })

  it('lets screening deal with empty units, and other normalisations with one value', () => {
    const text = 'uCode,region,size,a,b\nx,n,1,5,1\ny,n,1,,\nz,n,1,5,2'
    expect(check(text, { ...DEFAULT_METHOD, screening: { minAvailability: 0.5 }, normalisation: { kind: 'none' } })).toEqual([])
  })
})
