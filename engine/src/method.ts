/**
 * Every choice that changes a number of a composite index, as one serialisable object. A method file
 * (`method.yaml`) holds the same keys; `parseMethod` reads it and refuses what it does not know.
 * Steps and names follow the OECD/JRC Handbook on Constructing Composite Indicators (2008).
 */
import type { TieRule } from './ranks.ts'

/** How equal values share a rank when a rank is used as a score: the lowest, the mean or the highest of their places. */
export type RankTies = 'lowest' | 'mean' | 'highest'

/** Step 5, normalisation of one indicator. The direction of the element is applied once, here, whatever the kind. */
export type Normalisation =
  /** value x direction, otherwise unchanged. */
  | { readonly kind: 'none' }
  /** Least value to range[0], greatest to range[1]. */
  | { readonly kind: 'minmax'; readonly range: readonly [number, number] }
  /** posts[code] = [low, high] in raw units, whatever the direction; beyond them cut off when `cap`. */
  | {
      readonly kind: 'goalposts'
      readonly range: readonly [number, number]
      readonly cap: boolean
      readonly posts: Readonly<Record<string, readonly [number, number]>>
    }
  /** Mean and standard deviation (divisor n - 1) brought to these. */
  | { readonly kind: 'zscore'; readonly mean: number; readonly sd: number }
  /** 1 = worst ... n = best. */
  | { readonly kind: 'rank'; readonly ties: RankTies }
  /** Rank - 1. */
  | { readonly kind: 'borda'; readonly ties: RankTies }
  /** (rank - 1) / (n - 1). */
  | { readonly kind: 'percentile'; readonly ties: RankTies }
  /** scale x (1 - (max - x) / (max - min)). */
  | { readonly kind: 'distanceToMaximum'; readonly scale: number }
  /** scale x x / max; for positive indicators whose zero means "nothing". */
  | { readonly kind: 'fractionOfMaximum'; readonly scale: number }
  /** scale x (1 - (target - x) / (target - min)); targets[code] in raw units; above 1 cut off when `cap`. */
  | {
      readonly kind: 'distanceToTarget'
      readonly scale: number
      readonly cap: boolean
      readonly targets: Readonly<Record<string, number>>
    }
  /** The same with the value of one unit as the target. */
  | { readonly kind: 'distanceToReference'; readonly scale: number; readonly cap: boolean; readonly unit: string }

/** What a column must not break to be left alone: abs(skew) < skewLimit or excess kurtosis < kurtosisLimit. */
interface OutlierRule {
  readonly skewLimit: number
  readonly kurtosisLimit: number
}

/** Treatment of outliers in one indicator, only where the rule is broken. */
export type Treatment =
  | { readonly kind: 'none' }
  /** At most `maxPoints` values are pulled in; if the rule is still broken, the fall-back is applied to the original. */
  | ({ readonly kind: 'winsorise'; readonly maxPoints: number; readonly fallback: 'none' | 'log' | 'boxcox' } & OutlierRule)
  | ({ readonly kind: 'log' } & OutlierRule)
  /** lambda null: estimated by maximum likelihood. */
  | ({ readonly kind: 'boxcox'; readonly lambda: number | null } & OutlierRule)

/** Step 3, estimates for missing values. Every imputed cell is flagged. */
export type Imputation =
  | { readonly kind: 'none' }
  | { readonly kind: 'mean' }
  | { readonly kind: 'median' }
  | { readonly kind: 'groupMean'; readonly group: string }
  | { readonly kind: 'groupMedian'; readonly group: string }
  /** Mean of the unit's other indicators under the same parent, each on min-max, brought back to raw units. */
  | { readonly kind: 'row' }

/** Step 6, weights of siblings. Only the ratios between siblings count. */
export type Weighting =
  /** As the framework gives them. */
  | { readonly kind: 'given' }
  | { readonly kind: 'equal' }
  /** Expert weights by code; an element that is not named keeps the framework's. */
  | { readonly kind: 'byCode'; readonly weights: Readonly<Record<string, number>> }
  /** Squared loadings of the first principal component of each group of siblings. level null: at every level. */
  | { readonly kind: 'pca'; readonly level: number | null }
  /** Each sibling equally (or as `importances` say) correlated with its parent. level null: at every level. */
  | { readonly kind: 'balanced'; readonly level: number | null; readonly importances: Readonly<Record<string, number>> }

/** How the children's scores become the parent's. */
export type Aggregator =
  | { readonly kind: 'arithmetic' }
  | { readonly kind: 'geometric' }
  | { readonly kind: 'harmonic' }
  /** (sum w x^power)^(1/power); power 0 is the geometric mean. */
  | { readonly kind: 'generalised'; readonly power: number }
  /** share: sum of the weight shares with which the unit outranks each other unit; wins: wins minus losses. */
  | { readonly kind: 'copeland'; readonly count: 'share' | 'wins' }
  /** Mean, less (penalty -1) or plus (penalty 1) sd^2 / mean across the children. */
  | { readonly kind: 'mazziottaPareto'; readonly penalty: 1 | -1 }
  /** Each unit's own best weights; every child gets minShare to maxShare of the unit's score. 0 to `scale`. */
  | { readonly kind: 'benefitOfDoubt'; readonly minShare: number; readonly maxShare: number; readonly scale: number }

export interface Aggregation {
  /** One for every level, or one per level from level 2 upwards. */
  readonly byLevel: readonly Aggregator[]
  /** 0-1: a parent has no score when the children with a score have less than this share of the weight. */
  readonly minCoverage: number
}

/** What an uncertainty or sensitivity analysis varies. All alternatives of a list are equally likely. */
export interface Assumptions {
  /** Every weight is multiplied by a factor drawn uniformly from this range. levels null: every level; null: not varied. */
  readonly weights: { readonly factor: readonly [number, number]; readonly levels: readonly number[] | null } | null
  readonly normalisation: readonly Normalisation[]
  readonly treatment: readonly Treatment[]
  readonly imputation: readonly Imputation[]
  readonly aggregation: readonly Aggregation[]
}

export interface Method {
  /** Indicator code -> name of the size variable that divides it. Steps run in the order of these keys. */
  readonly denomination: Readonly<Record<string, string>>
  /** Units with less than this share (0-1) of their indicators are left out before anything is estimated; null = none. */
  readonly screening: { readonly minAvailability: number } | null
  readonly imputation: Imputation
  readonly treatment: Treatment
  /** Exceptions by indicator code. */
  readonly treatmentOf: Readonly<Record<string, Treatment>>
  readonly normalisation: Normalisation
  /** Exceptions by indicator code. */
  readonly normalisationOf: Readonly<Record<string, Normalisation>>
  readonly weighting: Weighting
  readonly aggregation: Aggregation
  readonly ranking: { readonly ties: TieRule }
  /** Several points in time: one common scale and ranking over all rows, or each point by itself. */
  readonly time: 'pooled' | 'separate'
  /** What uncertainty and sensitivity analyses vary; null = the standard assumptions. */
  readonly uncertainty: Assumptions | null
}

/** Skewness and kurtosis limits of the usual rule (JRC ten-step guide, step 4). */
export const STANDARD_OUTLIER_RULE = { skewLimit: 2, kurtosisLimit: 3.5 } as const

/** What applies when a method says nothing: min-max 0-100, framework weights, arithmetic means, nothing imputed or treated. */
export const DEFAULT_METHOD: Method = {
  denomination: {},
  screening: null,
  imputation: { kind: 'none' },
  treatment: { kind: 'none' },
  treatmentOf: {},
  normalisation: { kind: 'minmax', range: [0, 100] },
  normalisationOf: {},
  weighting: { kind: 'given' },
  aggregation: { byLevel: [{ kind: 'arithmetic' }], minCoverage: 0 },
  ranking: { ties: 'best' },
  time: 'pooled',
  uncertainty: null,
}

/** The standard assumptions of an uncertainty analysis that names none: weights +-25 %, two normalisations, five limits of treatment, two means. */
export const STANDARD_ASSUMPTIONS: Assumptions = {
  weights: { factor: [0.75, 1.25], levels: null },
  normalisation: [
    { kind: 'minmax', range: [1, 100] },
    { kind: 'zscore', mean: 10, sd: 2 },
  ],
  treatment: [1, 2, 3, 4, 5].map((maxPoints) => ({
    kind: 'winsorise' as const,
    maxPoints,
    fallback: 'log' as const,
    ...STANDARD_OUTLIER_RULE,
  })),
  imputation: [],
  aggregation: [
    { byLevel: [{ kind: 'arithmetic' }], minCoverage: 0 },
    { byLevel: [{ kind: 'geometric' }], minCoverage: 0 },
  ],
}

/** The entry of one element in a table by code; undefined when there is none (codes such as "constructor" are safe). */
export function ruleFor<T>(table: Readonly<Record<string, T>>, code: string): T | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined
}
