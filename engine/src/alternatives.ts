import { computeIndex } from './compute.ts'
import type { Dataset } from './dataset.ts'
import { ShapeError } from './errors.ts'
import type { Framework } from './framework.ts'
import { STANDARD_OUTLIER_RULE, type Aggregator, type Method, type Normalisation } from './method.ts'
import { compareRanks, type RankShift } from './rank-shift.ts'

/** One choice made otherwise. */
export interface Alternative {
  /** Short name, also the key of its wording. */
  readonly id: string
  readonly method: Method
  /** Why it is not to be computed; left out: it is. The reason then stands in the result. */
  readonly notComputed?: string
}

/** Pairwise comparisons grow with the square of the units; above this many the standard list does without them. */
const mostOutranked = 1000

/** What an alternative does to the ranks. */
export interface AlternativeResult {
  readonly id: string
  readonly method: Method
  /** null when the index cannot be computed so; then `failure` says why. */
  readonly shift: RankShift | null
  readonly failure: string | null
}

/**
 * The alternatives that a careful reader asks for first, each changing one choice (geometric means also need a scale
 * that starts above 0). Those that are the method itself are left out.
 * @param method the nominal method
 * @param units  number of units; above 1 000 Copeland's pairwise comparisons are listed but not computed
 */
export function listStandardAlternatives(method: Method, units = 0): Alternative[] {
  const normalise = (id: string, normalisation: Normalisation) => ({ id, method: { ...method, normalisation, normalisationOf: {} } })
  const aggregate = (id: string, aggregator: Aggregator, scale: Partial<Method> = {}) => ({
    id,
    method: { ...method, ...scale, aggregation: { ...method.aggregation, byLevel: [aggregator] } },
  })
  const aboveZero = { normalisation: { kind: 'minmax', range: [1, 100] } as const, normalisationOf: {} }
  const all: Alternative[] = [
    normalise('min-max', { kind: 'minmax', range: [0, 100] }),
    normalise('z-score', { kind: 'zscore', mean: 0, sd: 1 }),
    normalise('ranks', { kind: 'rank', ties: 'mean' }),
    aggregate('arithmetic', { kind: 'arithmetic' }),
    aggregate('geometric', { kind: 'geometric' }, aboveZero),
    aggregate('harmonic', { kind: 'harmonic' }, aboveZero),
    {
      ...aggregate('copeland', { kind: 'copeland', count: 'share' }),
      ...(units > mostOutranked && {
        notComputed: `Comparing ${units} units pair by pair takes minutes: compute this alternative by itself`,
      }),
    },
    { id: 'equal-weights', method: { ...method, weighting: { kind: 'equal' } } },
    { id: 'component-weights', method: { ...method, weighting: { kind: 'pca', level: null } } },
    { id: 'no-treatment', method: { ...method, treatment: { kind: 'none' }, treatmentOf: {} } },
    { id: 'winsorised', method: { ...method, treatment: { kind: 'winsorise', maxPoints: 5, fallback: 'none', ...STANDARD_OUTLIER_RULE } } },
    { id: 'no-imputation', method: { ...method, imputation: { kind: 'none' } } },
    { id: 'median-imputation', method: { ...method, imputation: { kind: 'median' } } },
  ]
  const isNew = ({ id, method: other }: Alternative) =>
    JSON.stringify(other) !== JSON.stringify(method) && !(id === 'winsorised' && method.treatment.kind === 'winsorise')
  return all.filter(isNew)
}

/**
 * Compute the index by each alternative and compare the ranks with the nominal ones.
 * @param nominal      n ranks of the dataset's units by the nominal method
 * @param alternatives each a whole method; one that fails is returned with the reason, never left out
 * @returns one entry per alternative, in the given order
 */
export function compareAlternatives(
  dataset: Dataset,
  framework: Framework,
  nominal: readonly (number | null)[],
  alternatives: readonly Alternative[],
): AlternativeResult[] {
  return alternatives.map(({ id, method, notComputed }) => {
    if (notComputed !== undefined) return { id, method, shift: null, failure: notComputed }
    try {
      const { ranks } = computeIndex(dataset, framework, method)
      return { id, method, shift: compareRanks(nominal, ranks), failure: null }
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof ShapeError)) throw error
      return { id, method, shift: null, failure: error.message }
    }
  })
}
