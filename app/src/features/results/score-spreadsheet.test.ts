import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { instrumentFolder } from '../../paths.ts'
import { translator } from '../../text/text.ts'
import { writeWorkbook } from '../../workbook.ts'
import { neverSaved } from '../assessments/answer.ts'
import { parseAnswerSheet } from '../assessments/answer-sheet.ts'
import { noExclusions } from '../assessments/scope.ts'
import { defaultScheme } from '../instrument/instrument.ts'
import { loadInstrument } from '../instrument/load.ts'
import { questionnaireCsv, questionnaireXlsx } from '../spreadsheets/questionnaire-file.ts'
import { readAnswers } from './commands.ts'
import { formatJson, scoreAnswers } from './score-sheet.ts'

const de = translator('de')
const instrument = loadInstrument(instrumentFolder, de)
const folder = mkdtempSync(join(tmpdir(), 'tessera-score-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const examples = join(instrumentFolder, 'examples')
const example = readdirSync(examples, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.csv'))!
const sheet = parseAnswerSheet(readFileSync(join(examples, example), 'utf8'), instrument)

function keep(name: string, content: Uint8Array | string): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

describe('tessera score with a spreadsheet', () => {
  const content = {
    instrument,
    whole: instrument,
    assessmentId: null,
    answers: new Map(sheet.answers.map((answer) => [answer.questionId, { ...neverSaved(answer.questionId), ...answer }])),
    isEmpty: false,
    exclusions: noExclusions,
  }
  const title = { title: 'Example', synthetic: null }
  const scored = (answers: Awaited<ReturnType<typeof readAnswers>>) =>
    formatJson('example', scoreAnswers(de, instrument, defaultScheme(instrument), answers))

  it('gives the same scores for the questionnaire as XLSX, as CSV and for the answer sheet', async () => {
    const expected = scored([...sheet.answers])
    expect(sheet.answers.length).toBeGreaterThan(80)
    expect(scored(await readAnswers(de, keep('a.xlsx', await questionnaireXlsx(de, content, title)), instrument))).toBe(expected)
    expect(scored(await readAnswers(de, keep('a.csv', questionnaireCsv(de, content, title)), instrument))).toBe(expected)
    expect(scored(await readAnswers(de, join(examples, example), instrument))).toBe(expected)
  })

  it('takes an answer sheet that was saved as XLSX', async () => {
    const rows = [
      ['question', 'answer'],
      ...sheet.answers.map(({ questionId, options, missing }) => [questionId, missing ?? options?.join(';') ?? '']),
    ]
    const file = keep('b.xlsx', await writeWorkbook([{ name: 'S', columns: [], rows: rows.map((row) => row.map((value) => ({ value }))) }]))
    expect(scored(await readAnswers(de, file, instrument))).toBe(scored([...sheet.answers]))
  })

  it('names every row that cannot be used and scores nothing', async () => {
    const rows = [
      ['id', 'answer'],
      ['edu-01', 'perhaps'],
      ['edu-99', 'yes'],
    ]
    const file = keep('c.xlsx', await writeWorkbook([{ name: 'S', columns: [], rows: rows.map((row) => row.map((value) => ({ value }))) }]))
    await expect(readAnswers(de, file, instrument)).rejects.toMatchObject({
      code: 'FILE_INVALID',
      values: {
        problems: expect.stringMatching(
          /c\.xlsx, Zeile 2: „perhaps“ ist keine Antwort.*\n.*Zeile 3: In diesem Fragebogen gibt es keine Frage „edu-99“/,
        ),
      },
    })
    await expect(readAnswers(de, keep('d.xlsx', 'PK\u0003\u0004 broken'), instrument)).rejects.toMatchObject({ code: 'FILE_INVALID' })
  })
})
