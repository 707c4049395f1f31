import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addFractions, compareFractions, type Fraction, fraction, multiplyFractions, ZERO } from './fraction.ts'
import type { Answer, Question, Questionnaire, WeightScheme } from './questionnaire.ts'
import type { ReviewDecision } from './review-decision.ts'
import { type ElementScore, gainsAtFullPoints, type QuestionnaireScores, scoreQuestionnaire } from './scoring.ts'

const OPTIONS = ['no', 'little', 'more', 'yes']
const runs = { numRuns: 150 }

/** Questions whose options earn 0, 1, 2, 4 points of 4; a few hang on an earlier one, shown when it is not "no". */
const shape = fc.array(
  fc.record({
    weight: fc.constantFrom(0.25, 0.5, 1, 1.5, 3),
    parent: fc.option(fc.nat(4), { freq: 2 }),
    starts: fc.constantFrom('question', 'question', 'indicator', 'dimension', 'extended'),
  }),
  { minLength: 2, maxLength: 9 },
)
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never

function build(drawn: Shape): Questionnaire {
  const dimensions: { id: string; set: 'core' | 'extended'; indicators: { id: string; questions: Question[] }[] }[] = []
  drawn.forEach(({ weight, parent, starts }, i) => {
    if (i === 0 || starts === 'dimension' || starts === 'extended') {
      dimensions.push({
        id: `d${i}`,
        set: i > 0 && starts === 'extended' ? 'extended' : 'core',
        indicators: [{ id: `i${i}`, questions: [] }],
      })
    } else if (starts === 'indicator') dimensions.at(-1)?.indicators.push({ id: `i${i}`, questions: [] })
    const visibleIf = parent !== null && parent < i ? { question: `q${parent}`, options: OPTIONS.slice(1) } : null
    const options = OPTIONS.map((id, k) => ({ id, points: k === 3 ? 4 : k }))
    dimensions
      .at(-1)
      ?.indicators.at(-1)
      ?.questions.push({ id: `q${i}`, type: 'single', options, max: 4, weight, allowsNotApplicable: true, visibleIf })
  })
  return { dimensions }
}

function schemeFor(questionnaire: Questionnaire, factor = 1): WeightScheme {
  const weigh = (ids: string[]) => Object.fromEntries(ids.map((id, k) => [id, factor * (1 + (k % 3))]))
  const indicators = questionnaire.dimensions.flatMap((dimension) => dimension.indicators)
  return { id: 'drawn', dimensions: weigh(questionnaire.dimensions.map(({ id }) => id)), indicators: weigh(indicators.map(({ id }) => id)) }
}

const answer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...OPTIONS).map((option): Answer => ({ kind: 'answered', options: [option] })) },
  { weight: 2, arbitrary: fc.constantFrom<Answer>({ kind: 'notApplicable' }, { kind: 'notKnown' }, { kind: 'notAnswered' }) },
)
const sheet = fc
  .record({ drawn: shape, given: fc.array(answer, { minLength: 9, maxLength: 9 }), pick: fc.nat(8) })
  .map(({ drawn, given, pick }) => ({
    questionnaire: build(drawn),
    answers: new Map(drawn.map((_, i): [string, Answer] => [`q${i}`, given[i] ?? { kind: 'notAnswered' }])),
    picked: `q${pick % drawn.length}`,
  }))

const chosen = (option: string): Answer => ({ kind: 'answered', options: [option] })
const scoreOf = (questionnaire: Questionnaire, answers: Map<string, Answer>, scheme = schemeFor(questionnaire)) =>
  scoreQuestionnaire(questionnaire, answers, scheme)
const withAnswer = (answers: Map<string, Answer>, id: string, changed: Answer) => new Map(answers).set(id, changed)
const groups = ({ indices, dimensions, indicators }: QuestionnaireScores): ElementScore[] => [
  indices.core,
  indices.extended,
  ...dimensions.values(),
  ...indicators.values(),
]

/** No score of the second sheet is above the first's; where the first has none there is nothing to raise. */
function expectNoneHigher(before: QuestionnaireScores, after: QuestionnaireScores, measure: 'score' | 'upper'): void {
  const later = groups(after)
  groups(before).forEach((element, i) => {
    const [low, high] = [later[i]?.[measure] ?? null, element[measure]]
    if (high !== null) expect(low !== null && compareFractions(low, high) <= 0).toBe(true)
  })
}

describe('every sheet', () => {
  it('has scores from 0 to upper, uppers to 100, coverage and shares from 0 to 1', () => {
    fc.assert(
      fc.property(sheet, ({ questionnaire, answers }) => {
        const scores = scoreOf(questionnaire, answers)
        for (const { score, upper, coverage, verifiedShare } of [...groups(scores), ...scores.questions.values()]) {
          if (score === null || upper === null || coverage === null || verifiedShare === null) {
            expect([score, upper, coverage, verifiedShare]).toEqual([null, null, null, null])
            continue
          }
          const rising = [ZERO, score, upper, fraction(100n)]
          expect(rising.toSorted(compareFractions)).toEqual(rising)
          expect(compareFractions(ZERO, coverage) <= 0 && compareFractions(coverage, fraction(1n)) <= 0).toBe(true)
          // What is open is exactly what can still be won.
          expect(
            addFractions(
              score,
              multiplyFractions(fraction(100n), fraction(coverage.denominator - coverage.numerator, coverage.denominator)),
            ),
          ).toEqual(upper)
        }
      }),
      runs,
    )
  })

  it('has an index that is the sum of effective weights times scores, and effective weights that add up to 1', () => {
    fc.assert(
      fc.property(sheet, ({ questionnaire, answers }) => {
        const { indices, questions } = scoreOf(questionnaire, answers)
        for (const index of ['core', 'extended'] as const) {
          const all = [...questions.values()]
          const total = all.reduce((sum, q) => addFractions(sum, q.effectiveWeight[index]), ZERO)
          const weighted = all.reduce((sum, q) => addFractions(sum, multiplyFractions(q.effectiveWeight[index], q.score ?? ZERO)), ZERO)
          expect(total).toEqual(indices[index].score === null ? ZERO : fraction(1n))
          expect(weighted).toEqual(indices[index].score ?? ZERO)
        }
      }),
      runs,
    )
  })

  it('does not change with the order of answers, nor when all weights are multiplied', () => {
    fc.assert(
      fc.property(sheet, fc.constantFrom(0.125, 0.5, 3, 7.5), ({ questionnaire, answers }, factor) => {
        const scores = scoreOf(questionnaire, answers)
        expect(scoreOf(questionnaire, new Map([...answers].toReversed()))).toEqual(scores)
        expect(scoreOf(questionnaire, answers, schemeFor(questionnaire, factor))).toEqual(scores)
      }),
      runs,
    )
  })
})

describe('changing one answer', () => {
  it('to an option with more points never lowers a score', () => {
    fc.assert(
      fc.property(sheet, fc.nat(2), ({ questionnaire, answers, picked }, k) => {
        const [less, more] = [OPTIONS[k] ?? 'no', OPTIONS[k + 1] ?? 'yes'].map((option) =>
          scoreOf(questionnaire, withAnswer(answers, picked, chosen(option))),
        )
        // "no" hides questions below, which may turn out not to be applicable once shown: then they drop out, and scores above may only rise.
        if (less !== undefined && more !== undefined) expectNoneHigherWhereBoth(more, less)
      }),
      runs,
    )
  })

  it('to open never raises a score', () => {
    fc.assert(
      fc.property(
        sheet,
        fc.constantFrom<Answer>({ kind: 'notKnown' }, { kind: 'notAnswered' }),
        ({ questionnaire, answers, picked }, open) => {
          expectNoneHigher(scoreOf(questionnaire, answers), scoreOf(questionnaire, withAnswer(answers, picked, open)), 'score')
        },
      ),
      runs,
    )
  })

  it('to "no" never raises a score or an upper bound', () => {
    fc.assert(
      fc.property(sheet, ({ questionnaire, answers, picked }) => {
        const [before, after] = [scoreOf(questionnaire, answers), scoreOf(questionnaire, withAnswer(answers, picked, chosen('no')))]
        expectNoneHigher(before, after, 'score')
        expectNoneHigher(before, after, 'upper')
      }),
      runs,
    )
  })

  it('to full points raises each index by the gain that was foretold, where it shows or hides nothing', () => {
    fc.assert(
      fc.property(sheet, ({ questionnaire, answers, picked }) => {
        const before = scoreOf(questionnaire, answers)
        if (before.questions.get(picked)?.state !== 'answered' || before.questions.get(picked)?.points?.numerator === 0n) return
        const after = scoreOf(questionnaire, withAnswer(answers, picked, chosen('yes')))
        const gain = gainsAtFullPoints(before).get(picked)
        for (const index of ['core', 'extended'] as const) {
          expect(addFractions(before.indices[index].score ?? ZERO, gain?.[index] ?? ZERO)).toEqual(after.indices[index].score ?? ZERO)
        }
      }),
      runs,
    )
  })
})

function expectNoneHigherWhereBoth(before: QuestionnaireScores, after: QuestionnaireScores): void {
  const later = groups(after)
  groups(before).forEach((element, i) => {
    const low: Fraction | null = later[i]?.score ?? null
    if (element.score !== null && low !== null) expect(compareFractions(low, element.score)).toBeLessThanOrEqual(0)
  })
}

describe('review', () => {
  it('that agrees with everything gives the self-reported score, bound and share 1', () => {
    fc.assert(
      fc.property(
        sheet,
        fc.constantFrom<ReviewDecision['kind'] & ('agreed' | 'agreedWithNote')>('agreed', 'agreedWithNote'),
        ({ questionnaire, answers }, kind) => {
          const reviews = new Map([...answers.keys()].map((id): [string, ReviewDecision] => [id, { kind }]))
          const scores = scoreQuestionnaire(questionnaire, answers, schemeFor(questionnaire), { reviews })
          for (const element of [...groups(scores), ...scores.questions.values()]) {
            expect([element.verifiedScore, element.verifiedUpper]).toEqual([element.score, element.upper])
            expect(element.verifiedShare).toEqual(element.score === null ? null : fraction(1n))
          }
        },
      ),
      runs,
    )
  })

  it('that asks for more never gives a higher verified score than any other decision on an applicable question', () => {
    const decision = fc.constantFrom<ReviewDecision>({ kind: 'agreed' }, { kind: 'changed', points: 2 }, { kind: 'notSupported' })
    fc.assert(
      fc.property(
        sheet,
        fc.array(fc.option(decision), { minLength: 9, maxLength: 9 }),
        decision,
        ({ questionnaire, answers, picked }, decisions, own) => {
          const reviewedAs = (last: ReviewDecision) => {
            const others = [...answers.keys()].flatMap((id, i): [string, ReviewDecision][] =>
              decisions[i] == null ? [] : [[id, decisions[i]]],
            )
            return scoreQuestionnaire(questionnaire, answers, schemeFor(questionnaire), { reviews: new Map(others).set(picked, last) })
              .indices.extended.verifiedScore
          }
          const [asked, settled] = [reviewedAs({ kind: 'needMore' }), reviewedAs(own)]
          if (asked !== null && settled !== null) expect(compareFractions(asked, settled)).toBeLessThanOrEqual(0)
        },
      ),
      runs,
    )
  })
})
