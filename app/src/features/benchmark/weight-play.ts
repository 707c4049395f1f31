import {
  createDataset,
  createPlanner,
  createRangeRunner,
  DEFAULT_METHOD,
  ENGINE_VERSION,
  summariseRuns,
  type Method,
  type UncertaintyRequest,
} from '@tessera/engine'

/** A play with the weights of the areas: what the index of each city would be under others. Never a result. */
export interface PlayData {
  areas: readonly { id: string; questions: number }[]
  /** Cities with a rank; scores of their areas in the order of `areas`, 0-100, null = nothing applies. */
  cities: readonly { slug: string; name: string; country: string; scores: readonly (number | null)[] }[]
}

/** Weights by area; 0 to `mostWeight`, only ratios count. */
export type PlayWeights = Readonly<Record<string, number>>

/** Rank and interval of one city; whole ranks. */
export interface PlayRank {
  slug: string
  rank: number
  /** 0-100. */
  score: number
  q5: number
  q25: number
  median: number
  q75: number
  q95: number
}

export const mostWeight = 30
export const playRuns = 10_000
export const playSeed = 42
const equalWeight = 10

export const playPresets = ['areas', 'questions'] as const
export type PlayPreset = (typeof playPresets)[number]

/** Every area the same, or every area as much as it has questions. */
export function presetWeights({ areas }: Pick<PlayData, 'areas'>, preset: PlayPreset): PlayWeights {
  return Object.fromEntries(areas.map(({ id, questions }) => [id, preset === 'areas' ? equalWeight : questions]))
}

/**
 * A weight as it was typed, with decimal point or comma.
 * @returns null when it is no number from 0 to `mostWeight`
 */
export function parseWeight(text: string): number | null {
  const typed = text.trim().replace(',', '.')
  if (!/^\d{1,2}(\.\d{1,3})?$/.test(typed)) return null
  const weight = Number(typed)
  return weight <= mostWeight ? weight : null
}

/** What is wrong with typed weights: areas whose weight is no number in range, or that all are 0. */
export type WeightProblem = { kind: 'weight'; area: string } | { kind: 'zero' }

/** @param typed text by area; what is left out has the weight of equal areas */
export function readWeights(
  data: Pick<PlayData, 'areas'>,
  typed: Readonly<Record<string, string>>,
): { weights: PlayWeights; problems: WeightProblem[] } {
  const equal = presetWeights(data, 'areas')
  const read = data.areas.map(({ id }) => ({ id, weight: typed[id] === undefined ? equal[id]! : parseWeight(typed[id]) }))
  const wrong = read.filter(({ weight }) => weight === null).map(({ id }): WeightProblem => ({ kind: 'weight', area: id }))
  const isZero = wrong.length === 0 && read.every(({ weight }) => weight === 0)
  return { weights: Object.fromEntries(read.map(({ id, weight }) => [id, weight ?? 0])), problems: isZero ? [{ kind: 'zero' }] : wrong }
}

const arithmetic = { byLevel: [{ kind: 'arithmetic' as const }], minCoverage: 0 }
const geometric = { byLevel: [{ kind: 'geometric' as const }], minCoverage: 0 }
const range = [1, 100] as const

/**
 * Scores as they are, brought from 0-100 to 1-100 so that geometric means exist; ranks by arithmetic mean are those of the
 * plain scores. Varied: every weight by up to a quarter, scores as they are or stretched over all cities, two kinds of mean.
 */
function playMethod({ areas }: PlayData): Method {
  const posts = Object.fromEntries(areas.map(({ id }) => [id, [0, 100] as const]))
  const asTheyAre = { kind: 'goalposts', range, cap: true, posts } as const
  return {
    ...DEFAULT_METHOD,
    normalisation: asTheyAre,
    uncertainty: {
      weights: { factor: [0.75, 1.25], levels: null },
      normalisation: [asTheyAre, { kind: 'minmax', range }],
      treatment: [],
      imputation: [],
      aggregation: [arithmetic, geometric],
    },
  }
}

/** The play as the engine understands it; plain data that a worker can be sent. */
export function playRequest(data: PlayData): UncertaintyRequest {
  const values = Object.fromEntries(data.areas.map(({ id }, i) => [id, data.cities.map(({ scores }) => scores[i] ?? null)]))
  const leaf = { level: 1, parent: 'index', weight: equalWeight, direction: 1 as const }
  const elements = [
    ...data.areas.map(({ id }) => ({ code: id, ...leaf })),
    { code: 'index', level: 2, parent: null, weight: 1, direction: 1 as const },
  ]
  return {
    dataset: createDataset({ units: data.cities.map(({ slug }) => slug), values }),
    framework: { elements },
    method: playMethod(data),
    seed: playSeed,
    pairs: false,
  }
}

/** Ranks and their intervals under given weights, and how many runs had no result. */
export interface PlayResult {
  ranks: readonly PlayRank[]
  failedRuns: number
}

/** A unit as the engine's summary gives it. */
interface RankedUnit {
  unit: string
  rank: number | null
  score: number | null
  rankQuantiles: { q5: number; q25: number; median: number; q75: number; q95: number } | null
}

const plainScore = (score: number): number => ((score - range[0]) / (range[1] - range[0])) * 100

/** Best rank first; a city without a rank (every area that counts has nothing that applies) is left out. */
export function toPlayRanks(units: readonly RankedUnit[]): PlayRank[] {
  const ranks = units.flatMap(({ unit, rank, score, rankQuantiles: q }) =>
    rank === null || score === null || q === null
      ? []
      : [
          {
            slug: unit,
            rank,
            score: plainScore(score),
            q5: Math.round(q.q5),
            q25: Math.round(q.q25),
            median: Math.round(q.median),
            q75: Math.round(q.q75),
            q95: Math.round(q.q95),
          },
        ],
  )
  return ranks.sort((a, b) => a.rank - b.rank)
}

/** Prepares the data once; its function computes ranks for weights that are not all 0. */
export function createPlay(data: PlayData): (weights: PlayWeights) => PlayResult {
  const request = playRequest(data)
  const plan = createPlanner(request)
  return (weights) => {
    const spec = plan(weights)
    const runner = createRangeRunner(spec)
    runner.runRange(0, playRuns)
    const { units, failures } = summariseRuns(request, spec, runner.ranges, runner.counts())
    return { ranks: toPlayRanks(units), failedRuns: failures.reduce((sum, { runs }) => sum + runs, 0) }
  }
}

/** How many rows stand before and after the city in its neighbourhood. */
const neighboursEachSide = 3

/** A city with those just before and after it; empty when it has no rank. */
export function neighbourhood(ranks: readonly PlayRank[], slug: string): readonly PlayRank[] {
  const place = ranks.findIndex((each) => each.slug === slug)
  if (place === -1) return []
  const first = Math.max(0, Math.min(place - neighboursEachSide, ranks.length - 2 * neighboursEachSide - 1))
  return ranks.slice(first, first + 2 * neighboursEachSide + 1)
}

/** What a play can be repeated from, besides its data and weights. */
export const playOrigin = { seed: playSeed, runs: playRuns, engine: ENGINE_VERSION }
