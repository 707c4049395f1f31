import { type Fraction, fractionToString } from '../src/fraction.ts'
import type { Answer, Question, Questionnaire, WeightScheme } from '../src/questionnaire.ts'
import { scoreQuestionnaire } from '../src/scoring.ts'

// A questionnaire small enough to be worked out by hand.

const yesNo = [
  { id: 'yes', points: 4 },
  { id: 'planned', points: 1 },
  { id: 'no', points: 0 },
]

export const question = (id: string, changes: Partial<Question> = {}): Question => ({
  id,
  type: 'single',
  options: yesNo,
  max: 4,
  weight: 1,
  allowsNotApplicable: true,
  visibleIf: null,
  ...changes,
})

export const ticks = [
  { id: 'a', points: 2 },
  { id: 'b', points: 1 },
  { id: 'c', points: 1.5 },
  { id: 'none', points: 0 },
]

/** lens: schools (2 questions, weights 1 and 3), homes (1); language: language (1); voice, extended: voice (1). */
export const questionnaire: Questionnaire = {
  dimensions: [
    {
      id: 'lens',
      set: 'core',
      indicators: [
        { id: 'schools', questions: [question('sch-01'), question('sch-02', { weight: 3, allowsNotApplicable: false })] },
        { id: 'homes', questions: [question('hom-01', { type: 'multiple', options: ticks, max: 3 })] },
      ],
    },
    { id: 'language', set: 'core', indicators: [{ id: 'language', questions: [question('lan-01')] }] },
    { id: 'voice', set: 'extended', indicators: [{ id: 'voice', questions: [question('voi-01')] }] },
  ],
}
export const equal: WeightScheme = {
  id: 'equal',
  dimensions: { lens: 1, language: 1, voice: 1 },
  indicators: { schools: 1, homes: 1, language: 1, voice: 1 },
}

export const chosen = (...options: string[]): Answer => ({ kind: 'answered', options })
export const notApplicable: Answer = { kind: 'notApplicable' }
export const notKnown: Answer = { kind: 'notKnown' }
export const full: Record<string, Answer> = {
  'sch-01': chosen('yes'),
  'sch-02': chosen('planned'),
  'hom-01': chosen('a'),
  'lan-01': chosen('no'),
  'voi-01': chosen('yes'),
}
export const score = (changes: Record<string, Answer> = {}, scheme = equal) =>
  scoreQuestionnaire(questionnaire, new Map(Object.entries({ ...full, ...changes })), scheme)
export const text = (value: Fraction | null | undefined) => (value == null ? value : fractionToString(value))
