import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appFolder } from '../../paths.ts'
import { translator } from '../../text/text.ts'
import { loadInstrument } from '../instrument/load.ts'
import { parseAnswerSheet, sheetProblemLine } from './answer-sheet.ts'

const tiny = loadInstrument(join(appFolder, 'test/tiny-instrument'))
const problems = (text: string) =>
  parseAnswerSheet(text, tiny).problems.map((problem) => sheetProblemLine(translator('en'), 'a.csv', problem))

describe('an answer sheet', () => {
  it('gives one answer per line, with all kinds of missing kept apart', () => {
    const { answers, problems: none } = parseAnswerSheet(
      'question,answer,explanation\nlib-01,yes,"Since 1901, with a gap"\nlib-02,books; games,\nlib-04,,\npar-01,not-applicable,We are a park.\n',
      tiny,
    )
    expect(none).toEqual([])
    expect(answers).toEqual([
      { questionId: 'lib-01', line: 2, options: ['yes'], missing: null, reason: null, explanation: 'Since 1901, with a gap' },
      { questionId: 'lib-02', line: 3, options: ['books', 'games'], missing: null, reason: null, explanation: null },
      { questionId: 'lib-04', line: 4, options: null, missing: null, reason: null, explanation: null },
      { questionId: 'par-01', line: 5, options: null, missing: 'not-applicable', reason: 'We are a park.', explanation: null },
    ])
    expect(parseAnswerSheet('question,answer\nlib-01,not-known\n', tiny).answers[0]).toMatchObject({ options: null, missing: 'not-known' })
  })

  it('may come from a spreadsheet: byte order mark, semicolons, tabs, Windows line ends, blank lines, columns in another order', () => {
    const expected = [
      { questionId: 'lib-02', line: 2, options: ['books', 'games'] },
      { questionId: 'lib-01', line: 4, options: ['no'] },
    ]
    for (const text of [
      '\uFEFFquestion;answer;explanation\r\nlib-02;"books;games";\r\n;;\r\nlib-01;no;\r\n',
      'Question\tAnswer\nlib-02\tbooks;games\n\nlib-01\tno',
      'answer,question\nbooks;games,lib-02\n\nno,lib-01',
    ])
      expect(parseAnswerSheet(text, tiny)).toMatchObject({ answers: expected, problems: [] })
  })

  it('counts lines right after an explanation of several lines', () => {
    expect(problems('question,answer,explanation\nlib-01,yes,"first\nsecond"\nlib-02,boks,\n')).toEqual([
      'a.csv, line 4: question lib-02 has no option "boks". Did you mean "books"?',
    ])
  })

  it.each([
    ['an unknown question', 'question,answer\nlib-1,yes', 'a.csv, line 2: there is no question "lib-1". Did you mean "lib-01"?'],
    ['a question far from any name', 'question,answer\nswimming,yes', 'a.csv, line 2: there is no question "swimming".'],
    [
      'an unknown option among several',
      'question,answer\nlib-02,books;film',
      'a.csv, line 2: question lib-02 has no option "film". Did you mean "films"?',
    ],
    [
      'a mistyped word for missing',
      'question,answer\nlib-01,notknown',
      'a.csv, line 2: question lib-01 has no option "notknown". Did you mean "not-known"?',
    ],
    [
      'not applicable where that is not allowed',
      'question,answer\nlib-01,not-applicable',
      'a.csv, line 2: question lib-01 does not allow "not-applicable"; choose an option or not-known.',
    ],
    [
      'two options where one is due',
      'question,answer\nlib-01,yes;no',
      'a.csv, line 2: "yes;no": question lib-01 takes exactly one option.',
    ],
    [
      'an option twice',
      'question,answer\nlib-02,books;books',
      'a.csv, line 2: "books;books": an option of question lib-02 stands more than once.',
    ],
    [
      'none with others',
      'question,answer\nlib-02,books;none',
      'a.csv, line 2: "books;none": none cannot stand together with other options of question lib-02.',
    ],
    ['a question twice', 'question,answer\nlib-01,yes\nlib-01,no', 'a.csv, line 3: question "lib-01" stands in line 2 already.'],
    ['a missing column', 'question,points\nlib-01,2', 'a.csv, line 1: the column "answer" is missing; the first line names the columns.'],
    [
      'a mistyped column',
      'question,answer,explanaton\nlib-01,yes,',
      'a.csv, line 1: there is no column "explanaton"; the columns are question, answer and explanation. Did you mean "explanation"?',
    ],
    ['cells without a column', 'question,answer\nlib-01,yes,because', 'a.csv, line 2: "because" stands behind the last column.'],
    [
      'open quotation marks',
      'question,answer\nlib-01,"yes',
      'a.csv, line 2: the quotation marks do not match here, so that the file cannot be read further.',
    ],
    ['an empty file', '', 'a.csv, line 1: the column "question" is missing; the first line names the columns.'],
  ])('with %s is refused with line, value and rule', (_, text, line) => {
    expect(problems(text)).toContain(line)
  })

  it('names every problem at once', () => {
    expect(problems('question,answer\nlib-1,yes\nlib-01,yess\nlib-02,books;none')).toHaveLength(3)
  })
})
