import fc from 'fast-check'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { instrumentFolder } from '../../paths.ts'
import { readFileTables, type FileTables } from '../../sheet-file.ts'
import { translator } from '../../text/text.ts'
import { type AnswerFields, neverSaved, type StoredAnswer } from '../assessments/answer.ts'
import { readAnswerTable } from '../assessments/answer-table.ts'
import { noExclusions } from '../assessments/scope.ts'
import { type QuestionRules, questionsOf } from '../instrument/instrument.ts'
import { loadInstrument } from '../instrument/load.ts'
import { judgeRow } from './comparison.ts'
import { questionnaireCsv, questionnaireXlsx } from './questionnaire-file.ts'
import type { SheetContent } from './questionnaire-rows.ts'
import { readStamp, stampOf } from './stamp.ts'

const en = translator('en')
const de = translator('de')
const instrument = loadInstrument(instrumentFolder, en)
const assessmentId = '3f0c5a52-64a4-4c9d-9a3f-111111111111'
const title = { title: 'Test', synthetic: null }
const utf8 = (text: string) => new TextEncoder().encode(text)

const contentWith = (answers: ReadonlyMap<string, StoredAnswer>, isEmpty = false): SheetContent => ({
  instrument,
  whole: instrument,
  assessmentId,
  answers,
  isEmpty,
  exclusions: noExclusions,
})

async function tablesOf(bytes: Uint8Array): Promise<FileTables['tables']> {
  const read = await readFileTables(bytes)
  if ('rule' in read) throw new Error(read.rule)
  return read.tables
}

const files = { xlsx: questionnaireXlsx, csv: async (...all: Parameters<typeof questionnaireCsv>) => utf8(questionnaireCsv(...all)) }

/** What an import of these bytes would say about each question. */
async function statesAfter(bytes: Uint8Array, answers: ReadonlyMap<string, StoredAnswer>) {
  const { answers: rows, problems } = readAnswerTable(await tablesOf(bytes), instrument, 'en')
  const states = rows.map((row) => {
    const current = answers.get(row.questionId)
    expect(readStamp(row.version, assessmentId)).toEqual({ version: current?.version ?? 0, isForeign: false })
    return [row.questionId, judgeRow({ row, current, base: current ?? neverSaved(row.questionId), isOwn: true }).state] as const
  })
  return { states: new Map(states), problems }
}

/** Text that people write, and text that files stumble over. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '=',
        '+',
        '-',
        '@',
        "'",
        '"',
        ';',
        ',',
        '\t',
        '\r',
        '\n',
        '\r\n',
        '\u00A0',
        ' ',
        '<',
        '&',
        ']]>',
        '_x0041_',
        'valueOf',
        '__proto__',
        'Wort',
        '😀',
        '\u0007',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
)

function anyAnswer(question: QuestionRules): fc.Arbitrary<AnswerFields> {
  const ids = question.options.map(({ id }) => id)
  const several = fc.subarray(
    ids.filter((id) => id !== 'none'),
    { minLength: 1 },
  )
  const options =
    question.type === 'multiple'
      ? fc.oneof(
          several,
          fc.constantFrom(...ids).map((id) => [id]),
        )
      : fc.constantFrom(...ids).map((id) => [id])
  const text = fc.option(anyText).map((each) => (each === null || each.trim() === '' ? null : each))
  const missing = fc.constantFrom<'not-known' | 'not-applicable'>(
    'not-known',
    ...(question.allowsNotApplicable ? (['not-applicable'] as const) : []),
  )
  return fc.oneof(
    fc.record({ options, missing: fc.constant(null), reason: text, explanation: text }),
    fc.record({ options: fc.constant(null), missing, reason: text, explanation: text }),
    fc.record({ options: fc.constant(null), missing: fc.constant(null), reason: text, explanation: text }),
  )
}

const anySheet = fc
  .tuple(
    ...questionsOf(instrument).map((question) =>
      fc.option(fc.record({ fields: anyAnswer(question), version: fc.integer({ min: 1, max: 400 }) })),
    ),
  )
  .map(
    (each) =>
      new Map(
        each.flatMap((answer, i): [string, StoredAnswer][] => {
          const { id } = questionsOf(instrument)[i]!
          return answer === null ? [] : [[id, { ...neverSaved(id), ...answer.fields, version: answer.version }]]
        }),
      ),
  )

describe('a questionnaire that goes out and comes back', () => {
  it.each([
    ['xlsx', 'en'],
    ['xlsx', 'de'],
    ['csv', 'en'],
    ['csv', 'de'],
  ] as const)(
    'changes nothing when nobody has touched it: %s, %s',
    async (format, language) => {
      await fc.assert(
        fc.asyncProperty(anySheet, async (answers) => {
          const bytes = await files[format](translator(language), contentWith(answers), title)
          const { states, problems } = await statesAfter(bytes, answers)
          expect(problems).toEqual([])
          expect(states.size).toBe(questionsOf(instrument).length)
          expect([...states].filter(([, state]) => state !== 'same')).toEqual([])
        }),
        { numRuns: format === 'xlsx' ? 5 : 15 },
      )
    },
    60_000,
  )

  it('says nothing when it was empty, whatever stands here', async () => {
    const answers = new Map([['edu-01', { ...neverSaved('edu-01'), options: ['under-25'], version: 3 }]])
    const { answers: rows } = readAnswerTable(
      await tablesOf(await questionnaireXlsx(de, contentWith(answers, true), title)),
      instrument,
      'de',
    )
    expect(rows.map((row) => judgeRow({ row, current: answers.get(row.questionId), base: null, isOwn: true }).state)).not.toContain(
      'cleared',
    )
    expect(new Set(rows.map(({ version }) => version))).toEqual(new Set(['']))
  })

  it.each(['constructor', '__proto__', 'valueOf', '_x0041_', '\u0007\t', "'\t", "'=1", '  =1', ' a\r\nb '])(
    'keeps a text over which libraries stumble: %j',
    async (explanation) => {
      const answers = new Map([['edu-01', { ...neverSaved('edu-01'), explanation, version: 2 }]])
      for (const build of Object.values(files)) {
        const { states } = await statesAfter(await build(de, contentWith(answers), title), answers)
        expect([...states].filter(([, state]) => state !== 'same')).toEqual([])
      }
    },
  )

  it('knows a row of another assessment', () => {
    expect(readStamp(stampOf('another', 4), assessmentId)).toEqual({ version: null, isForeign: true })
    expect(readStamp('4', assessmentId)).toEqual({ version: null, isForeign: false })
    expect(stampOf(assessmentId, 4)).toMatch(/^v4-[0-9a-f]{8}$/)
  })
})

describe('the workbook', () => {
  const answers = new Map([
    ['edu-01', { ...neverSaved('edu-01'), options: ['under-25'], explanation: '=HYPERLINK("https://example.org")', version: 3 }],
  ])
  const parts = async () =>
    unzipSync(await questionnaireXlsx(de, contentWith(answers), { title: 'Lublin', synthetic: 'Synthetische Daten' }))

  it('protects the wording, opens the cells to fill in and hides the version', async () => {
    const files = await parts()
    const sheet = strFromU8(files['xl/worksheets/sheet1.xml']!)
    const styles = strFromU8(files['xl/styles.xml']!)
    const looks = [...styles.matchAll(/<xf [^>]*>.*?<\/xf>/g)].map(([xf]) => xf)
    const lookOf = (cell: string) => looks[Number(new RegExp(`<c r="${cell}" s="(\\d+)"`).exec(sheet)![1])]!
    expect(sheet).toContain('<sheetProtection sheet="1"')
    for (const cell of ['H3', 'I3', 'J3', 'H88']) expect(lookOf(cell)).toContain('<protection locked="0"/>')
    for (const cell of ['A3', 'B3', 'D3', 'G3', 'K3']) expect(lookOf(cell)).not.toContain('locked="0"')
    expect(/<col hidden="1" min="11" max="11"/.test(sheet)).toBe(true)
  })

  it('offers the options of each question as a list that lies in another sheet', async () => {
    const files = await parts()
    const sheet = strFromU8(files['xl/worksheets/sheet1.xml']!)
    const lists = [...sheet.matchAll(/<dataValidation [^>]*sqref="(\w+)"><formula1>([^<]*)<\/formula1>/g)]
    expect(lists).toHaveLength(questionsOf(instrument).length)
    const tables = await tablesOf(await questionnaireXlsx(de, contentWith(answers), title))
    const choices = tables.find(({ name }) => name === 'Erlaubte Antworten')!.rows
    const [, cell, source] = lists[0]!
    const [from, to] = /\$B\$(\d+):\$B\$(\d+)$/.exec(source!)!.slice(1).map(Number)
    expect(cell).toBe('H3')
    const first = questionsOf(instrument)[0]!
    const wording = instrument.texts.de!.questions[first.id]!.options
    expect(choices.slice(from! - 1, to!).map((row) => row[1])).toEqual([
      ...first.options.map(({ id }) => wording[id]),
      'Wissen wir nicht',
      ...(first.allowsNotApplicable ? ['Trifft auf unsere Stadt nicht zu'] : []),
    ])
  })

  it('holds no formula, keeps elements in the order that Excel asks for, and says that data are synthetic', async () => {
    const files = await parts()
    const all = Object.entries(files).filter(([name]) => name.startsWith('xl/worksheets/sheet'))
    for (const [, bytes] of all) {
      const order = [
        ...strFromU8(bytes).matchAll(/<(sheetViews|cols|sheetData|sheetProtection|dataValidations|pageMargins|pageSetup)[ >]/g),
      ].map(([, name]) => name)
      expect(order).toEqual(
        ['sheetViews', 'cols', 'sheetData', 'sheetProtection', 'dataValidations', 'pageMargins', 'pageSetup'].filter((name) =>
          order.includes(name),
        ),
      )
      expect(strFromU8(bytes)).not.toContain('<f>')
    }
    expect(strFromU8(files['xl/sharedStrings.xml']!)).toContain('=HYPERLINK(&quot;https://example.org&quot;)'.replaceAll('&quot;', '"'))
    expect(strFromU8(files['xl/sharedStrings.xml']!)).toContain('Synthetische Daten')
  })

  it('is a CSV that no office program takes for formulas', () => {
    const csv = questionnaireCsv(en, contentWith(answers), title)
    expect(csv).toContain(`"'=HYPERLINK(""https://example.org"")"`)
    expect(csv.split(/[,\r\n]/).filter((cell) => /^"?[=+@\t]/.test(cell))).toEqual([])
  })

  it('names merged cells that reach over several questions', async () => {
    const files = await parts()
    const sheet = strFromU8(files['xl/worksheets/sheet1.xml']!).replace(
      '</sheetData>',
      '</sheetData><mergeCells count="2"><mergeCell ref="H4:H5"/><mergeCell ref="C6:C9"/></mergeCells>',
    )
    const merged = zipSync({ ...files, 'xl/worksheets/sheet1.xml': strToU8(sheet) })
    const { problems } = readAnswerTable(await tablesOf(merged), instrument, 'en')
    expect(problems.map(({ row, rule }) => [row, rule])).toEqual([
      [4, 'spreadsheets.problem.merged'],
      [5, 'spreadsheets.problem.merged'],
    ])
  })
})
