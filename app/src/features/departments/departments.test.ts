import { describe, expect, it } from 'vitest'
import type { Instrument } from '../instrument/instrument.ts'
import type { Assignment } from '../assessments/assignment.ts'
import type { QuestionStatus } from '../assessments/assessment.ts'
import { splitNames, type Workforce } from './department.ts'
import { addDays, dayIn, dueProblem, isDay, isOverdue } from './due.ts'
import { handedTo } from './hand-on.ts'
import { fits, isInState, owedBy, type OwedQuestion, owedQuestions, parseFilter, rowFilter } from './overview.ts'
import { findUnfit, handedOn, listAddressees, nobody, parseWho, stillThere } from './responsible.ts'
import { carriedOver } from './take-over.ts'
import { parseSeen } from './schemas.ts'

const key = (i: number) => `00000000-0000-4000-8000-00000000000${i}`
const [schools, social, ada, ben, cleo, guest] = [key(1), key(2), key(3), key(4), key(5), key(6)] as [
  string,
  string,
  string,
  string,
  string,
  string,
]

const workforce: Workforce = {
  departments: [
    { id: schools, name: 'Schools', version: 1, memberIds: [ada, cleo] },
    { id: social, name: 'Social services', version: 1, memberIds: [ben] },
  ],
  contacts: [{ id: guest, name: 'Gus', email: null, post: null, departmentId: social, version: 1 }],
  colleagues: [
    { id: ada, name: 'Ada', roles: ['contributor'] },
    { id: ben, name: 'Ben', roles: ['contributor'] },
    { id: cleo, name: 'Cleo', roles: ['approver'] },
  ],
}

const instrument = {
  dimensions: [
    { id: 'education', set: 'core', indicators: [{ id: 'e', questions: [{ id: 'e1' }, { id: 'e2' }, { id: 'e3' }] }] },
    { id: 'housing', set: 'core', indicators: [{ id: 'h', questions: [{ id: 'h1' }] }] },
  ],
} as unknown as Instrument

const assignment = (change: Partial<Assignment>): Assignment => ({
  id: key(9),
  assessmentId: key(8),
  dimensionId: null,
  questionId: null,
  department: null,
  person: null,
  contact: null,
  dueOn: null,
  note: null,
  version: 1,
  ...change,
})

const status = (id: string, state: QuestionStatus['state'], updatedAt: string | null = null): [string, QuestionStatus] => [
  id,
  {
    question: { id },
    answer: updatedAt === null ? undefined : { updatedAt },
    state,
    lacksReason: false,
    exclusion: null,
  } as QuestionStatus,
]

describe('names of departments', () => {
  it('are read line by line, without empty lines, spare blanks and repetitions', () => {
    expect(splitNames(' School  department \r\n\nSocial services\nschool department\n')).toEqual(['School department', 'Social services'])
    expect(splitNames(' \n ')).toEqual([])
  })
})

describe('days', () => {
  it('are those of the calendar where the person is', () => {
    const late = new Date('2026-12-02T23:30:00Z')
    expect(dayIn('Europe/Berlin', late)).toBe('2026-12-03')
    expect(dayIn('America/New_York', late)).toBe('2026-12-02')
    expect(dayIn('Nowhere/Lost', late)).toBe('2026-12-02')
  })

  it('can be added across a change of month, year and clock', () => {
    expect(addDays('2026-12-30', 2)).toBe('2027-01-01')
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30')
  })

  it('are refused when they do not exist, are over or lie behind the end of the wave, but one that stood there may stay', () => {
    const range = { today: '2026-06-10', closesOn: '2026-09-30' }
    expect(isDay('2026-02-30')).toBe(false)
    expect(dueProblem('30.6.2026', range)).toBe('departments.due.wrong')
    expect(dueProblem('2026-06-09', range)).toBe('departments.due.past')
    expect(dueProblem('2026-10-01', range)).toBe('departments.due.afterClosing')
    expect([dueProblem('2026-06-10', range), dueProblem('2026-09-30', range), dueProblem(null, range)]).toEqual([null, null, null])
    expect(dueProblem('2026-06-01', { ...range, before: '2026-06-01' })).toBeNull()
  })

  it('are overdue from the next day on', () => {
    expect([isOverdue('2026-06-10', '2026-06-10'), isOverdue('2026-06-10', '2026-06-11'), isOverdue(null, '2026-06-11')]).toEqual([
      false,
      true,
      false,
    ])
  })
})

describe('those responsible', () => {
  it('are read from one field, and nonsense is nobody', () => {
    expect(parseWho(`person:${ada}`)).toEqual({ kind: 'person', id: ada })
    expect([parseWho(''), parseWho('person:1'), parseWho(`mayor:${ada}`)]).toEqual([null, null, null])
    expect(parseSeen('e1:3')).toEqual({ id: 'e1', version: 3 })
    expect(parseSeen('e1')).toEqual({ id: 'e1', version: 0 })
  })

  it('must exist and be able to answer', () => {
    expect(findUnfit(nobody, workforce)).toBe('nobody')
    expect(findUnfit({ ...nobody, personId: cleo }, workforce)).toBe('personId')
    expect(findUnfit({ ...nobody, departmentId: ada }, workforce)).toBe('departmentId')
    expect(findUnfit({ ...nobody, contactId: ada }, workforce)).toBe('contactId')
    expect(findUnfit({ departmentId: schools, personId: ada, contactId: guest }, workforce)).toBeNull()
  })

  it('hear of it: the person named alone, otherwise the members who can answer', () => {
    expect(listAddressees({ ...nobody, departmentId: schools }, workforce)).toEqual([ada])
    expect(listAddressees({ ...nobody, departmentId: schools, personId: ben }, workforce)).toEqual([ben])
    expect(listAddressees({ ...nobody, contactId: guest }, workforce)).toEqual([])
  })

  it('are replaced one by one when somebody ends', () => {
    const gone = { kind: 'department', id: schools } as const
    const both = { departmentId: schools, personId: ada, contactId: null }
    expect(handedOn(both, gone, { kind: 'department', id: social })).toEqual({ ...both, departmentId: social })
    expect(handedOn(both, gone, { kind: 'person', id: ben })).toEqual({ ...both, departmentId: null })
    expect(handedOn({ ...nobody, departmentId: schools }, gone, { kind: 'person', id: ben })).toEqual({ ...nobody, personId: ben })
  })

  it('answer with their own department when something is handed on to them', () => {
    const from = { ...nobody, departmentId: schools, personId: ada }
    expect(handedTo(from, { kind: 'person', id: ben }, workforce)).toEqual({ ...nobody, departmentId: social, personId: ben })
    expect(handedTo(from, { kind: 'contact', id: guest }, workforce)).toEqual({ ...nobody, departmentId: social, contactId: guest })
    expect(handedTo(from, { kind: 'person', id: cleo }, workforce)).toEqual({ ...nobody, departmentId: schools, personId: cleo })
  })
})

describe('taking over from the last wave', () => {
  it('copies what still exists and is still free, without dates', () => {
    const earlier = [
      assignment({ dimensionId: 'education', department: { id: schools, name: '' }, dueOn: '2024-05-01', note: 'As ever.' }),
      assignment({ dimensionId: 'housing', person: { id: key(7), name: 'gone' } }),
      assignment({ questionId: 'e2', department: { id: social, name: '' }, person: { id: key(7), name: 'gone' } }),
      assignment({ questionId: 'dropped', person: { id: ada, name: '' } }),
      assignment({ questionId: 'e3', person: { id: ada, name: '' } }),
    ]
    const present = [assignment({ questionId: 'e3', person: { id: ben, name: '' } })]
    const { rows, left } = carriedOver(earlier, { instrument, present, workforce })
    expect(rows).toEqual([
      { ...nobody, dimensionId: 'education', questionId: null, departmentId: schools, dueOn: null, note: 'As ever.' },
      { ...nobody, dimensionId: null, questionId: 'e2', departmentId: social, dueOn: null, note: null },
    ])
    expect(left).toBe(3)
    expect(stillThere({ ...nobody, personId: cleo }, workforce)).toBeNull()
  })
})

describe('who owes what', () => {
  const today = '2026-06-11'
  const bySchools = assignment({ id: 'a', dimensionId: 'education', department: { id: schools, name: 'Schools' }, dueOn: '2026-06-10' })
  const byBen = assignment({ id: 'b', questionId: 'e2', person: { id: ben, name: 'Ben' }, dueOn: '2026-06-30' })
  const statuses = new Map([
    status('e1', 'answered', '2026-06-01T08:00:00Z'),
    status('e2', 'open'),
    status('e3', 'open', '2026-06-03T08:00:00Z'),
    status('h1', 'open'),
  ])
  const questions = owedQuestions(instrument, [bySchools, byBen], statuses)

  it('counts a question for whoever it is assigned to itself, the rest of the area for the area, and the others for nobody', () => {
    expect(owedBy(questions, today)).toEqual([
      {
        responsible: { ...nobody, departmentId: schools },
        names: ['Schools'],
        answered: 1,
        asked: 2,
        open: 1,
        overdue: 1,
        dueOn: '2026-06-10',
        lastSavedAt: '2026-06-03T08:00:00Z',
      },
      {
        responsible: { ...nobody, personId: ben },
        names: ['Ben'],
        answered: 0,
        asked: 1,
        open: 1,
        overdue: 0,
        dueOn: '2026-06-30',
        lastSavedAt: null,
      },
      { responsible: nobody, names: [], answered: 0, asked: 1, open: 1, overdue: 0, dueOn: null, lastSavedAt: null },
    ])
  })

  it('leaves out what is not asked', () => {
    const hidden = new Map([...statuses, status('h1', 'hidden'), status('e3', 'excluded')])
    expect(owedQuestions(instrument, [bySchools, byBen], hidden).map(({ questionId }) => questionId)).toEqual(['e1', 'e2'])
  })

  it('opens exactly the questions that a number counted', () => {
    for (const row of owedBy(questions, today)) {
      const filter = parseFilter(rowFilter(row.responsible))
      const count = (state: Parameters<typeof isInState>[1]) =>
        questions.filter((each: OwedQuestion) => fits(each, filter) && isInState(each, state, today)).length
      expect([count('all'), count('answered'), count('open'), count('overdue')]).toEqual([row.asked, row.answered, row.open, row.overdue])
    }
  })

  it('finds all that names a department, and everything when the filter is nonsense', () => {
    const ids = (text: string) => questions.filter((each) => fits(each, parseFilter(text))).map(({ questionId }) => questionId)
    expect(ids(`department:${schools}`)).toEqual(['e1', 'e3'])
    expect(ids('nobody')).toEqual(['h1'])
    expect(ids('<script>')).toHaveLength(4)
  })
})
