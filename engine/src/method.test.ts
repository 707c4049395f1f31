import Ajv from 'ajv'
import { describe, expect, it } from 'vitest'
import schema from '../schema/method.schema.json' with { type: 'json' }
import { createDataset } from './dataset.ts'
import type { Framework } from './framework.ts'
import { checkMethod } from './method-check.ts'
import { parseMethod } from './method-parse.ts'
import { DEFAULT_METHOD, STANDARD_ASSUMPTIONS } from './method.ts'

const framework: Framework = {
  elements: [
    { code: 'a', level: 1, parent: 'P', weight: 1, direction: 1 },
    { code: 'b', level: 1, parent: 'P', weight: 1, direction: -1 },
    { code: 'P', level: 2, parent: 'I', weight: 1, direction: 1 },
    { code: 'I', level: 3, parent: null, weight: 1, direction: 1 },
  ],
}
const dataset = createDataset({
  units: ['x', 'y'],
  values: { a: [1, 2], b: [3, 4] },
  denominators: { size: [5, 6] },
  groups: { region: ['n', 's'] },
})

const sound: unknown[] = [
  {},
  { normalisation: 'minmax:1:100', treatment: 'winsor:5', imputation: 'group-mean:region', aggregation: 'arithmetic,geometric' },
  { normalisation: { kind: 'goalposts', posts: { a: [0, 5], b: [0, 9] }, cap: false }, weighting: { kind: 'byCode', weights: { a: 2 } } },
  { normalisation: 'distance-to-reference:x', treatment: { kind: 'boxcox', lambda: 0.5 }, weighting: 'balanced:1', time: 'separate' },
  {
    aggregation: { byLevel: [{ kind: 'generalised', power: 0.5 }, 'copeland:wins'], minCoverage: 0.65 },
    screening: { minAvailability: 0.8 },
  },
  { uncertainty: { weights: { factor: [0.5, 1.5], levels: [1] }, normalisation: ['rank'], treatment: [], aggregation: ['geometric'] } },
  { uncertainty: { weights: null }, ranking: { ties: 'average' }, denomination: { a: 'size' }, normalisationOf: { b: 'zscore:0:1' } },
]

const broken: [unknown, RegExp][] = [
  [{ normalization: 'rank' }, /unknown key "normalization" \(did you mean "normalisation"\?\)/],
  [{ treatment: { kind: 'winsorise', maxpoints: 3 } }, /treatment: unknown key "maxpoints" \(did you mean "maxPoints"\?\)/],
  [{ normalisation: { kind: 'minmax', range: [0] } }, /normalisation\.range: needs two numbers/],
  [{ normalisation: 'zscore:0:wide' }, /normalisation\.sd: needs a number/],
  [{ aggregation: { byLevel: [] } }, /aggregation\.byLevel: needs at least one/],
  [{ weighting: { kind: 'byCode', weights: { a: -1 } } }, /weighting\.weights\.a: needs a number of at least 0; it is -1/],
  [{ screening: { minAvailability: 65 } }, /screening\.minAvailability: needs a number of at least 0 of at most 1; it is 65/],
  [{ uncertainty: { weightz: null } }, /uncertainty: unknown key "weightz"/],
  [{ imputation: { kind: 'groupMean' } }, /imputation\.group: needs a name; it is nothing/],
  [{ aggregation: { kind: 'generalised' } }, /power: needs a number/],
  [[], /needs keys with values/],
]

describe('parseMethod', () => {
  it('takes the default for whatever is left out', () => {
    expect(parseMethod({})).toEqual(DEFAULT_METHOD)
  })

  it('reads short forms as the full forms they stand for', () => {
    expect(
      parseMethod({
        normalisation: 'zscore:10:2',
        treatment: 'winsor:3:boxcox',
        imputation: 'group-median:region',
        aggregation: 'copeland',
      }),
    ).toMatchObject({
      normalisation: { kind: 'zscore', mean: 10, sd: 2 },
      treatment: { kind: 'winsorise', maxPoints: 3, fallback: 'boxcox', skewLimit: 2, kurtosisLimit: 3.5 },
      imputation: { kind: 'groupMedian', group: 'region' },
      aggregation: { byLevel: [{ kind: 'copeland', count: 'share' }], minCoverage: 0 },
    })
  })

  it('keeps names of digits as they are in short forms', () => {
    expect(parseMethod({ normalisation: 'distance-to-reference:007', imputation: 'group-mean:2020' })).toMatchObject({
      normalisation: { unit: '007' },
      imputation: { group: '2020' },
    })
  })

  it('reads its own result again without a change, so that a stored method can be used again', () => {
    for (const document of sound) {
      const method = parseMethod(document)
      expect(parseMethod(JSON.parse(JSON.stringify(method)))).toEqual(method)
    }
  })

  it('completes assumptions with the standard ones', () => {
    expect(parseMethod({ uncertainty: { weights: null } }).uncertainty).toEqual({ ...STANDARD_ASSUMPTIONS, weights: null })
  })

  it.each(broken)('refuses %j by name', (document, message) => {
    expect(() => parseMethod(document)).toThrow(message)
  })

  it('reports every problem at once, one per line', () => {
    expect(() => parseMethod({ color: 1, time: 'never' })).toThrow(
      /unknown key "color"[^\n]*\n.*method\.time: needs one of pooled, separate/,
    )
  })
})

describe('method.schema.json', () => {
  const validate = new Ajv({ allowUnionTypes: true }).compile(schema)

  it.each(sound)('accepts what the parser accepts: %j', (document) => {
    expect(validate(document)).toBe(true)
    expect(validate(parseMethod(document))).toBe(true)
  })

  it.each(broken.map(([document]) => document))('refuses what the parser refuses: %j', (document) => {
    expect(validate(document)).toBe(false)
  })
})

describe('checkMethod', () => {
  const check = (document: unknown) => checkMethod(parseMethod(document), framework, dataset)

  it('finds nothing in methods that fit', () => {
    expect(sound.flatMap(check)).toEqual([])
  })

  it.each([
    [{ denomination: { a: 'area' } }, /"a" is divided by "area", which the data do not have/],
    [{ normalisationOf: { P: 'rank' } }, /normalisationOf: "P" is no indicator/],
    [{ normalisation: { kind: 'goalposts', posts: { a: [0, 1] } } }, /normalisation\.posts: nothing is given for "b"/],
    [{ normalisation: 'distance-to-reference:z' }, /normalisation\.unit: "z" is no unit/],
    [{ imputation: 'group-mean:regio' }, /no group column "regio" \(there are: "region"\)/],
    [{ weighting: { kind: 'byCode', weights: { Q: 1 } } }, /weighting\.weights: "Q" is no element/],
    [{ weighting: 'pca:3' }, /no weights at level 3; the levels below the index are 1 to 2/],
    [{ aggregation: 'arithmetic,geometric,harmonic' }, /3 are given for 2 levels/],
    [{ uncertainty: { imputation: ['mean'] } }, /imputation is never reached: no value is missing/],
    [{ normalisationOf: { a: 'rank', b: 'rank' }, uncertainty: {} }, /normalisation is never reached/],
    [{ uncertainty: { aggregation: ['benefit-of-doubt'] } }, /weights is never reached/],
    [{ uncertainty: { weights: { factor: [0.5, 2], levels: [4] } } }, /uncertainty\.weights\.levels: there are no weights at level 4/],
  ])('names what does not fit in %j', (document, message) => {
    expect(check(document).join('\n')).toMatch(message)
  })
})
