import { compareFractions, effectiveWeights, type Fraction, type IndexShares } from '@tessera/engine'
import { defaultScheme, type Instrument, questionsOf } from './instrument.ts'

/** What one question weighs in both indices under each scheme, if every question is applicable; shares 0-1, exact. */
export interface QuestionWeights {
  readonly questionId: string
  /** Place in the whole questionnaire, from 1. */
  readonly number: number
  readonly shares: readonly { readonly schemeId: string; readonly shares: IndexShares }[]
}

/** Effective weight of every question under every weight scheme. */
export function weightTable(instrument: Instrument): QuestionWeights[] {
  const bySchemes = instrument.schemes.map((scheme) => ({ schemeId: scheme.id, weights: effectiveWeights(instrument, scheme) }))
  return questionsOf(instrument).map(({ id }, i) => ({
    questionId: id,
    number: i + 1,
    shares: bySchemes.map(({ schemeId, weights }) => ({ schemeId, shares: weights.get(id)! })),
  }))
}

/** The questions with the largest and the smallest share of the extended index under the default scheme. */
export function weightRange(instrument: Instrument): {
  heaviest: { questionId: string; share: Fraction }
  lightest: { questionId: string; share: Fraction }
} {
  const weights = [...effectiveWeights(instrument, defaultScheme(instrument))].map(([questionId, { extended }]) => ({
    questionId,
    share: extended,
  }))
  const ordered = weights.sort((a, b) => compareFractions(b.share, a.share))
  return { heaviest: ordered[0]!, lightest: ordered.at(-1)! }
}
