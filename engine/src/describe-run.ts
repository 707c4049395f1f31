import { listAlternatives } from './assumptions.ts'
import type { Aggregation, Imputation, Normalisation, Treatment } from './method.ts'
import { createStream, PURPOSES } from './random.ts'
import { drawChoices } from './uncertainty-counts.ts'
import type { UncertaintyRequest, UncertaintySpec } from './uncertainty-plan.ts'

/** What one run used in place of the method's own choices. */
export interface RunDescription {
  readonly run: number
  readonly imputation: Imputation
  readonly treatment: Treatment
  readonly normalisation: Normalisation
  readonly aggregation: Aggregation
  /** Weight by element code, without the root; only ratios between siblings count. */
  readonly weights: Readonly<Record<string, number>>
}

/**
 * The parameters of one run, found again from the seed: with them `computeIndex` gives the run's ranks (as long as no
 * answers are unsettled).
 * @param run number of the run, from 0
 */
export function describeRun(request: UncertaintyRequest, spec: UncertaintySpec, run: number): RunDescription {
  const lists = listAlternatives(request.method, request.assumptions ?? null)
  const variant = drawChoices(spec, run, run + 1).variants[0] ?? 0
  const [, treatments, normalisations, aggregations] = spec.choices
  const pick = <T>(list: readonly T[], below: number): T => {
    const chosen = list[Math.floor(variant / below) % list.length]
    if (chosen === undefined) throw new RangeError(`Run ${run} has no such alternative.`)
    return chosen
  }
  const random = createStream(spec.seed, run, PURPOSES.weights)
  const { codes, low, high } = spec.nodes
  const weights = codes.map((code, i): [string, number] => {
    const least = low[i] ?? 0
    return [code, least + ((high[i] ?? 0) - least) * (((random.nextWord() >>> 1) + 0.5) / 2 ** 31)]
  })
  return {
    run,
    imputation: pick(lists.imputation, treatments * normalisations * aggregations),
    treatment: pick(lists.treatment, normalisations * aggregations),
    normalisation: pick(lists.normalisation, aggregations),
    aggregation: pick(lists.aggregation, 1),
    weights: Object.fromEntries(weights),
  }
}
