import { fractionToNumber, fractionToString, type QuestionScore, scoreSheet } from '@tessera/engine'
import { toEngineAnswers } from '../assessments/answer.ts'
import { noExclusions } from '../assessments/scope.ts'
import { type Dimension, type Instrument, type QuestionRules } from '../instrument/instrument.ts'
import { type ExactText, planOf } from '../results/results.ts'
import { isSaid, quickInstrument, type QuickAnswer } from './quickcheck.ts'

/** One anchor question with what it earned. */
export interface ProfileQuestion {
  rules: QuestionRules
  answer: QuickAnswer | null
  state: QuestionScore['state']
  /** 0 to `max`; null = does not apply. */
  points: number | null
  max: number
}

/** One area as far as its anchor questions tell. */
export interface ProfileArea {
  dimension: Dimension
  /** 0-100 over the anchor questions; null = nothing was answered, or nothing applies. */
  score: number | null
  exact: ExactText
  /** If everything still open earned full points. */
  upper: number | null
  /** Anchor questions that were answered, "does not apply" among them. */
  answered: number
  /** Anchor questions of the area. */
  asked: number
  /** All questions of the area in the whole questionnaire. */
  total: number
  questions: ProfileQuestion[]
}

export interface Profile {
  areas: ProfileArea[]
  /** Anchor questions at which something was said, "we do not know" among it. */
  said: number
  answered: number
  asked: number
  total: number
}

const questionsOfArea = (dimension: Dimension): QuestionRules[] => dimension.indicators.flatMap(({ questions }) => [...questions])
const isSettled = ({ state }: ProfileQuestion): boolean => state !== 'notAnswered' && state !== 'notKnown' && state !== 'hiddenOpen'

/**
 * What the anchor questions alone say about each area, exact: the same points and weights as in the whole questionnaire. There is
 * no score over all areas: too few questions stand behind it.
 */
export function profileOf(instrument: Instrument, answers: readonly QuickAnswer[]): Profile {
  const quick = quickInstrument(instrument)
  const said = answers.filter(isSaid)
  const scores = scoreSheet(planOf(quick, null).plan, toEngineAnswers(said, noExclusions))
  const byQuestion = new Map(said.map((answer) => [answer.questionId, answer]))
  const areas = quick.dimensions.map((dimension): ProfileArea => {
    const questions = questionsOfArea(dimension).map((rules): ProfileQuestion => {
      const { state, points, max } = scores.questions.get(rules.id)!
      return {
        rules,
        answer: byQuestion.get(rules.id) ?? null,
        state,
        points: points && fractionToNumber(points),
        max: fractionToNumber(max),
      }
    })
    const { score, upper } = scores.dimensions.get(dimension.id)!
    const answered = questions.filter(isSettled).length
    const counts = answered > 0 && score !== null
    return {
      dimension,
      score: counts ? fractionToNumber(score) : null,
      exact: counts ? fractionToString(score) : null,
      upper: counts && upper !== null ? fractionToNumber(upper) : null,
      answered,
      asked: questions.length,
      total: questionsOfArea(instrument.dimensions.find(({ id }) => id === dimension.id)!).length,
      questions,
    }
  })
  const sum = (of: (area: ProfileArea) => number) => areas.reduce((all, area) => all + of(area), 0)
  const total = instrument.dimensions.reduce((all, dimension) => all + questionsOfArea(dimension).length, 0)
  return { areas, said: said.length, answered: sum(({ answered }) => answered), asked: sum(({ asked }) => asked), total }
}
