import { ShapeError } from './errors.ts'
import { aggregationFrom, imputationFrom, normalisationFrom, treatmentFrom, weightingFrom } from './method-parts.ts'
import { DEFAULT_METHOD, STANDARD_ASSUMPTIONS, type Assumptions, type Method } from './method.ts'
import { Reader } from './reader.ts'

/**
 * A method from a parsed YAML or JSON document. A key that is left out takes the value of `DEFAULT_METHOD`; steps can be
 * written in full (`{ kind: minmax, range: [0, 100] }`) or short (`minmax:0:100`), as on the command line.
 * @param document what a YAML or JSON parser gives
 * @throws {ShapeError} with one line per broken rule: every unknown key, wrong type, number out of range, by its path
 * @see engine/schema/method.schema.json, which says the same for editors
 */
export function parseMethod(document: unknown): Method {
  const reader = new Reader('method')
  const method = methodFrom(reader, document)
  if (reader.problems.length > 0) throw new ShapeError(reader.problems.join('\n'))
  return method
}

function methodFrom(reader: Reader, document: unknown): Method {
  const keys = reader.object(document, Object.keys(DEFAULT_METHOD))
  const has = (key: keyof Method) => keys[key] !== undefined
  return {
    denomination: has('denomination') ? reader.at('denomination').table(keys['denomination'], (at, value) => at.text(value)) : {},
    screening:
      keys['screening'] === undefined || keys['screening'] === null ? null : screeningFrom(reader.at('screening'), keys['screening']),
    imputation: has('imputation') ? imputationFrom(reader.at('imputation'), keys['imputation']) : DEFAULT_METHOD.imputation,
    treatment: has('treatment') ? treatmentFrom(reader.at('treatment'), keys['treatment']) : DEFAULT_METHOD.treatment,
    treatmentOf: has('treatmentOf') ? reader.at('treatmentOf').table(keys['treatmentOf'], treatmentFrom) : {},
    normalisation: has('normalisation')
      ? normalisationFrom(reader.at('normalisation'), keys['normalisation'])
      : DEFAULT_METHOD.normalisation,
    normalisationOf: has('normalisationOf') ? reader.at('normalisationOf').table(keys['normalisationOf'], normalisationFrom) : {},
    weighting: has('weighting') ? weightingFrom(reader.at('weighting'), keys['weighting']) : DEFAULT_METHOD.weighting,
    aggregation: has('aggregation') ? aggregationFrom(reader.at('aggregation'), keys['aggregation']) : DEFAULT_METHOD.aggregation,
    ranking: has('ranking') ? rankingFrom(reader.at('ranking'), keys['ranking']) : DEFAULT_METHOD.ranking,
    time: has('time') ? reader.at('time').choice(keys['time'], ['pooled', 'separate']) : DEFAULT_METHOD.time,
    uncertainty:
      keys['uncertainty'] === undefined || keys['uncertainty'] === null
        ? null
        : assumptionsFrom(reader.at('uncertainty'), keys['uncertainty']),
  }
}

function screeningFrom(reader: Reader, value: unknown): { minAvailability: number } {
  const keys = reader.object(value, ['minAvailability'])
  return { minAvailability: reader.at('minAvailability').number(keys['minAvailability'], { min: 0, max: 1 }) }
}

function rankingFrom(reader: Reader, value: unknown): Method['ranking'] {
  const keys = reader.object(value, ['ties'])
  return { ties: reader.at('ties').choice(keys['ties'], ['best', 'worst', 'average', 'dense']) }
}

/** A list that is left out takes the standard alternatives; an empty list keeps the method's own choice in every run. */
function assumptionsFrom(reader: Reader, value: unknown): Assumptions {
  const keys = reader.object(value, Object.keys(STANDARD_ASSUMPTIONS))
  const list = <K extends 'normalisation' | 'treatment' | 'imputation' | 'aggregation'>(
    key: K,
    read: (at: Reader, each: unknown) => Assumptions[K][number],
  ) => (keys[key] === undefined ? STANDARD_ASSUMPTIONS[key] : reader.at(key).list(keys[key], read)) as Assumptions[K]
  return {
    weights: keys['weights'] === undefined ? STANDARD_ASSUMPTIONS.weights : weightFactorsFrom(reader.at('weights'), keys['weights']),
    normalisation: list('normalisation', normalisationFrom),
    treatment: list('treatment', treatmentFrom),
    imputation: list('imputation', imputationFrom),
    aggregation: list('aggregation', aggregationFrom),
  }
}

function weightFactorsFrom(reader: Reader, value: unknown): Assumptions['weights'] {
  if (value === null) return null
  const keys = reader.object(value, ['factor', 'levels'])
  const factor = reader.at('factor').pair(keys['factor'] ?? [0.75, 1.25])
  if (!(factor[0] >= 0 && factor[1] >= factor[0]))
    reader.at('factor').refuse(keys['factor'], 'needs two numbers of at least 0, the second not below the first')
  const levels =
    keys['levels'] === undefined || keys['levels'] === null
      ? null
      : reader.at('levels').list(keys['levels'], (at, each) => at.whole(each, { min: 1 }))
  return { factor, levels }
}
