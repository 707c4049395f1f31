/**
 * Why a statistic is not assessable. fewUnits: too few units without a gap; fewElements: under two elements;
 * noVariance: an element (or all ratings) never differs; singular: an element follows exactly from the others.
 */
export type Obstacle = 'fewUnits' | 'fewElements' | 'noVariance' | 'singular'

/** A statistic that the data do not carry: said openly, never a number. */
export interface NotAssessable {
  readonly status: 'notAssessable'
  readonly reason: Obstacle
  /** Units that could have been used. */
  readonly units: number
  /** Codes of the elements in the way; empty when none in particular. */
  readonly elements: readonly string[]
}

/**
 * State that a statistic is not assessable.
 * @param reason   what stands in the way
 * @param units    units that could have been used, >= 0
 * @param elements codes of the elements in the way
 */
export function notAssessable(reason: Obstacle, units: number, elements: readonly string[] = []): NotAssessable {
  return { status: 'notAssessable', reason, units, elements }
}
