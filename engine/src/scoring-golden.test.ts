import { describe, expect, it } from 'vitest'
import golden from '../golden/scoring-golden.json' with { type: 'json' }
import input from '../golden/scoring-input.json' with { type: 'json' }
import { type Fraction, fractionToString } from './fraction.ts'
import type { Answer, Questionnaire, WeightScheme } from './questionnaire.ts'
import type { ReviewDecision } from './review-decision.ts'
import { effectiveWeights } from './scoring-plan.ts'
import { type ElementScore, type QuestionScore, scoreQuestionnaire } from './scoring.ts'

/*
 * Origin of the numbers: golden/recompute.py, Python 3.11.7 with its `fractions`, which shares no code with the engine and
 * takes another way (sums over questions, not means of means); golden/make_sheets.py drew the sheets (seed 20260301).
 */
interface Sheet {
  readonly id: string
  readonly scheme: string
  readonly answers: Readonly<Record<string, Answer>>
  readonly reviews: Readonly<Record<string, ReviewDecision>>
}
const questionnaire = input.questionnaire as unknown as Questionnaire
const schemes = input.schemes as unknown as Readonly<Record<string, WeightScheme>>
const sheets = input.sheets as unknown as readonly Sheet[]

const text = (value: Fraction | null) => (value === null ? null : fractionToString(value))
const row = (element: ElementScore) =>
  [
    element.score,
    element.upper,
    element.coverage,
    element.verifiedScore,
    element.verifiedUpper,
    element.verifiedShare,
    element.effectiveWeight.core,
    element.effectiveWeight.extended,
  ].map(text)
const rows = (elements: ReadonlyMap<string, ElementScore>) => Object.fromEntries([...elements].map(([id, element]) => [id, row(element)]))
const questionRow = (own: QuestionScore) => [own.state, text(own.points), text(own.pointsOpen), ...row(own)]

/** Every score of a sheet in the layout of the recomputation; `order` rearranges answers and reviews. */
function scoreAsText(sheet: Sheet, order: <T>(entries: T[]) => T[] = (entries) => entries) {
  const scheme = schemes[sheet.scheme]
  if (scheme === undefined) throw new Error(`no scheme ${sheet.scheme}`)
  const scores = scoreQuestionnaire(questionnaire, new Map(order(Object.entries(sheet.answers))), scheme, {
    reviews: new Map(order(Object.entries(sheet.reviews))),
  })
  return {
    id: sheet.id,
    indices: { core: row(scores.indices.core), extended: row(scores.indices.extended) },
    dimensions: rows(scores.dimensions),
    indicators: rows(scores.indicators),
    questions: Object.fromEntries([...scores.questions].map(([id, own]) => [id, questionRow(own)])),
  }
}

describe('the independent recomputation with Python fractions', () => {
  it('was made with the named version, for 30 sheets', () => {
    expect(golden.madeWith).toBe('Python 3.11.7, fractions')
    expect(golden.sheets).toHaveLength(30)
  })

  it.each(sheets.map((sheet, i) => [sheet.id, sheet, golden.sheets[i]] as const))(
    'gives every figure of %s without a difference',
    (_, sheet, expected) => {
      expect(scoreAsText(sheet)).toEqual(expected)
    },
  )

  it('does not depend on the order of answers and reviews', () => {
    for (const sheet of sheets) expect(scoreAsText(sheet, (entries) => entries.toReversed())).toEqual(scoreAsText(sheet))
  })

  it.each(Object.keys(schemes))('gives the nominal effective weights of scheme %s', (id) => {
    const scheme = schemes[id]
    if (scheme === undefined) throw new Error(`no scheme ${id}`)
    const weights = Object.fromEntries(
      [...effectiveWeights(questionnaire, scheme)].map(([q, { core, extended }]) => [q, [text(core), text(extended)]]),
    )
    expect(weights).toEqual((golden.nominal as Readonly<Record<string, unknown>>)[id])
  })
})
