import {
  STANDARD_OUTLIER_RULE,
  type Aggregation,
  type Aggregator,
  type Imputation,
  type Normalisation,
  type RankTies,
  type Treatment,
  type Weighting,
} from './method.ts'
import type { Reader } from './reader.ts'

const RANK_TIES: readonly RankTies[] = ['lowest', 'mean', 'highest']

const NORMALISATIONS = {
  none: [],
  minmax: ['range'],
  goalposts: ['range', 'cap', 'posts'],
  zscore: ['mean', 'sd'],
  rank: ['ties'],
  borda: ['ties'],
  percentile: ['ties'],
  distanceToMaximum: ['scale'],
  fractionOfMaximum: ['scale'],
  distanceToTarget: ['scale', 'cap', 'targets'],
  distanceToReference: ['unit', 'scale', 'cap'],
} as const satisfies Record<Normalisation['kind'], readonly string[]>

const TREATMENTS = {
  none: [],
  winsorise: ['maxPoints', 'fallback', 'skewLimit', 'kurtosisLimit'],
  log: ['skewLimit', 'kurtosisLimit'],
  boxcox: ['lambda', 'skewLimit', 'kurtosisLimit'],
} as const satisfies Record<Treatment['kind'], readonly string[]>

const IMPUTATIONS = {
  none: [],
  mean: [],
  median: [],
  groupMean: ['group'],
  groupMedian: ['group'],
  row: [],
} as const satisfies Record<Imputation['kind'], readonly string[]>

const WEIGHTINGS = {
  given: [],
  equal: [],
  byCode: ['weights'],
  pca: ['level'],
  balanced: ['level', 'importances'],
} as const satisfies Record<Weighting['kind'], readonly string[]>

const AGGREGATORS = {
  arithmetic: [],
  geometric: [],
  harmonic: [],
  generalised: ['power'],
  copeland: ['count'],
  mazziottaPareto: ['penalty'],
  benefitOfDoubt: ['minShare', 'maxShare', 'scale'],
} as const satisfies Record<Aggregator['kind'], readonly string[]>

/** Other words for a kind in its short form. */
const ALIASES: Readonly<Record<string, string>> = { winsor: 'winsorise' }

interface Part<K extends string> {
  readonly kind: K
  /** The other keys; from a short form, numbers and words in the order of the kind's keys. */
  readonly keys: Readonly<Record<string, unknown>>
}

/** `{ kind, ... }`, or the short form `kind:value:value` whose values fill the kind's keys in their order. */
function partFrom<K extends string>(reader: Reader, value: unknown, kinds: Readonly<Record<K, readonly string[]>>): Part<K> {
  const names = Object.keys(kinds) as K[]
  if (typeof value === 'string') return shortPart(reader, value, kinds, names)
  const open = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined
  const kind = names.find((name) => name === open)
  if (kind !== undefined) return { kind, keys: reader.object(value, ['kind', ...kinds[kind]]) }
  reader.at('kind').refuse(open, `needs one of ${names.join(', ')}`)
  return { kind: names[0] as K, keys: {} }
}

function shortPart<K extends string>(
  reader: Reader,
  text: string,
  kinds: Readonly<Record<K, readonly string[]>>,
  names: readonly K[],
): Part<K> {
  const [word = '', ...values] = text.split(':')
  const camel = word.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const kind = names.find((name) => name === (ALIASES[camel] ?? camel))
  if (kind === undefined) {
    reader.refuse(text, `needs one of ${names.join(', ')}`)
    return { kind: names[0] as K, keys: {} }
  }
  // Names stay text, whatever they look like: unit "007" is not unit "7".
  const isName = (i: number) => ['unit', 'group'].includes(kinds[kind][i] ?? '')
  const given = values.map((value, i) => (!isName(i) && value !== '' && Number.isFinite(Number(value)) ? Number(value) : value))
  // A range is one key and two values.
  const [first, second, ...rest] = given
  const filled = kinds[kind][0] === 'range' && given.length > 0 ? [[first, second], ...rest] : given
  if (filled.length > kinds[kind].length) reader.refuse(text, `has more values than ${kind} takes`)
  return { kind, keys: Object.fromEntries(kinds[kind].map((key, i) => [key, filled[i]]).filter(([, each]) => each !== undefined)) }
}

/** Reads a normalisation; see `Normalisation`. Left out: range 0-100, mean 0, sd 1, scale 1, cap true for goalposts and false for distances, ties lowest. */
export function normalisationFrom(reader: Reader, value: unknown): Normalisation {
  const { kind, keys } = partFrom(reader, value, NORMALISATIONS)
  const scale = () => (keys['scale'] === undefined ? 1 : reader.at('scale').number(keys['scale'], { above: 0 }))
  const cap = (usual: boolean) => (keys['cap'] === undefined ? usual : reader.at('cap').flag(keys['cap']))
  switch (kind) {
    case 'none':
      return { kind }
    case 'minmax':
      return { kind, range: rangeFrom(reader, keys['range']) }
    case 'goalposts': {
      const posts = reader.at('posts').table(keys['posts'] ?? {}, increasingPair)
      return { kind, range: rangeFrom(reader, keys['range']), cap: cap(true), posts }
    }
    case 'zscore': {
      const mean = keys['mean'] === undefined ? 0 : reader.at('mean').number(keys['mean'])
      return { kind, mean, sd: keys['sd'] === undefined ? 1 : reader.at('sd').number(keys['sd'], { above: 0 }) }
    }
    case 'rank':
    case 'borda':
    case 'percentile':
      return { kind, ties: keys['ties'] === undefined ? 'lowest' : reader.at('ties').choice(keys['ties'], RANK_TIES) }
    case 'distanceToMaximum':
    case 'fractionOfMaximum':
      return { kind, scale: scale() }
    case 'distanceToTarget': {
      const targets = reader.at('targets').table(keys['targets'] ?? {}, (at, each) => at.number(each))
      return { kind, scale: scale(), cap: cap(false), targets }
    }
    case 'distanceToReference':
      return { kind, scale: scale(), cap: cap(false), unit: nameFrom(reader.at('unit'), keys['unit']) }
  }
}

/** A name; YAML reads a name of digits as a number. */
function nameFrom(reader: Reader, value: unknown): string {
  return reader.text(typeof value === 'number' ? String(value) : value)
}

function rangeFrom(reader: Reader, value: unknown): [number, number] {
  return value === undefined ? [0, 100] : increasingPair(reader.at('range'), value)
}

function increasingPair(reader: Reader, value: unknown): [number, number] {
  const pair = reader.pair(value)
  if (!(pair[1] > pair[0])) reader.refuse(value, 'needs two numbers, the second greater than the first')
  return pair
}

/** Reads a treatment; see `Treatment`. Left out: 5 points, fall-back log, limits 2 and 3.5, lambda estimated. */
export function treatmentFrom(reader: Reader, value: unknown): Treatment {
  const { kind, keys } = partFrom(reader, value, TREATMENTS)
  const limit = (key: 'skewLimit' | 'kurtosisLimit') =>
    keys[key] === undefined ? STANDARD_OUTLIER_RULE[key] : reader.at(key).number(keys[key], { above: 0 })
  const rule = () => ({ skewLimit: limit('skewLimit'), kurtosisLimit: limit('kurtosisLimit') })
  switch (kind) {
    case 'none':
      return { kind }
    case 'winsorise':
      return {
        kind,
        maxPoints: keys['maxPoints'] === undefined ? 5 : reader.at('maxPoints').whole(keys['maxPoints'], { min: 1 }),
        fallback: keys['fallback'] === undefined ? 'log' : reader.at('fallback').choice(keys['fallback'], ['none', 'log', 'boxcox']),
        ...rule(),
      }
    case 'log':
      return { kind, ...rule() }
    case 'boxcox':
      return {
        kind,
        lambda:
          keys['lambda'] === undefined || keys['lambda'] === null ? null : reader.at('lambda').number(keys['lambda'], { min: -5, max: 5 }),
        ...rule(),
      }
  }
}

/** Reads an imputation; see `Imputation`. */
export function imputationFrom(reader: Reader, value: unknown): Imputation {
  const { kind, keys } = partFrom(reader, value, IMPUTATIONS)
  if (kind !== 'groupMean' && kind !== 'groupMedian') return { kind }
  return { kind, group: nameFrom(reader.at('group'), keys['group']) }
}

/** Reads a weighting; see `Weighting`. Left out: every level, equal importances. */
export function weightingFrom(reader: Reader, value: unknown): Weighting {
  const { kind, keys } = partFrom(reader, value, WEIGHTINGS)
  const level = () => (keys['level'] === undefined || keys['level'] === null ? null : reader.at('level').whole(keys['level'], { min: 1 }))
  switch (kind) {
    case 'given':
    case 'equal':
      return { kind }
    case 'byCode':
      return { kind, weights: reader.at('weights').table(keys['weights'], (at, each) => at.number(each, { min: 0 })) }
    case 'pca':
      return { kind, level: level() }
    case 'balanced':
      return {
        kind,
        level: level(),
        importances: reader.at('importances').table(keys['importances'] ?? {}, (at, each) => at.number(each, { above: 0 })),
      }
  }
}

/** Reads an aggregation: `{ byLevel, minCoverage }`, one aggregator for all levels, or a text `arithmetic,geometric` with one per level. */
export function aggregationFrom(reader: Reader, value: unknown): Aggregation {
  if (typeof value === 'string') return { byLevel: value.split(',').map((each) => aggregatorFrom(reader, each.trim())), minCoverage: 0 }
  if (typeof value === 'object' && value !== null && 'kind' in value) return { byLevel: [aggregatorFrom(reader, value)], minCoverage: 0 }
  const keys = reader.object(value, ['byLevel', 'minCoverage'])
  const byLevel = reader.at('byLevel').list(keys['byLevel'], aggregatorFrom)
  if (Array.isArray(keys['byLevel']) && byLevel.length === 0) reader.at('byLevel').refuse([], 'needs at least one aggregation')
  return {
    byLevel,
    minCoverage: keys['minCoverage'] === undefined ? 0 : reader.at('minCoverage').number(keys['minCoverage'], { min: 0, max: 1 }),
  }
}

/** Reads one aggregator; see `Aggregator`. Left out: shares 0 to 1, scale 1, Copeland by share, penalty -1. */
function aggregatorFrom(reader: Reader, value: unknown): Aggregator {
  const { kind, keys } = partFrom(reader, value, AGGREGATORS)
  const share = (key: 'minShare' | 'maxShare', usual: number) =>
    keys[key] === undefined ? usual : reader.at(key).number(keys[key], { min: 0, max: 1 })
  switch (kind) {
    case 'arithmetic':
    case 'geometric':
    case 'harmonic':
      return { kind }
    case 'generalised':
      return { kind, power: reader.at('power').number(keys['power'], { min: -100, max: 100 }) }
    case 'copeland':
      return { kind, count: keys['count'] === undefined ? 'share' : reader.at('count').choice(keys['count'], ['share', 'wins']) }
    case 'mazziottaPareto': {
      const penalty = keys['penalty'] ?? -1
      if (penalty !== 1 && penalty !== -1) reader.at('penalty').refuse(penalty, 'needs 1 or -1')
      return { kind, penalty: penalty === 1 ? 1 : -1 }
    }
    case 'benefitOfDoubt':
      return {
        kind,
        minShare: share('minShare', 0),
        maxShare: share('maxShare', 1),
        scale: keys['scale'] === undefined ? 1 : reader.at('scale').number(keys['scale'], { above: 0 }),
      }
  }
}
