import { geometricScores, scoreSheet } from '@tessera/engine'
import type { Db } from '../../db/open.ts'
import type { Person } from '../../permissions.ts'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import { toEngineAnswers } from '../assessments/answer.ts'
import { defaultScheme } from '../instrument/instrument.ts'
import { openResult, type OpenedResult, type ResultRequest } from '../results/usecases.ts'
import { shownTo } from './shown.ts'
import type { IndexId } from '../results/elements.ts'
import { planOf, toLevel } from '../results/results.ts'
import {
  clusterSchemes,
  type ClusterComparison,
  compareCluster,
  compareLevels,
  type LevelComparison,
  type OwnScores,
  type Rank,
  rankAmong,
  rankGeometric,
} from './comparison.ts'
import type { StoredResult } from './queries.ts'
import type { SampleMode } from './sample.ts'
import type { ResultStore } from './store.ts'

/** An own result of an earlier wave. */
export interface PreviousResult {
  wave: { slug: string; name: string }
  /** Score by element, 0-100; null = nothing applied. */
  scores: Map<string, number | null>
}

/** Index and rank under one way of computing. */
export interface MethodCheck {
  /** A weight scheme, or the geometric mean under the default one. */
  method: string
  score: number | null
  isProvisional: boolean
  rank: Rank | null
}

/** A result beside those of the other cities. */
export interface Comparison {
  mode: SampleMode
  /** Cities in the sample, the own one among them. */
  cities: number
  ranks: { core: Rank | null; extended: Rank | null }
  levels: LevelComparison[]
  /** Every cluster scheme with the indices; the one asked for with all levels. */
  clusters: ClusterComparison[]
  previous: PreviousResult | null
  /** Core index by every method, the default scheme first. */
  checks: MethodCheck[]
}

export interface ComparedResult extends OpenedResult {
  comparison: Comparison
}

export interface ComparisonRequest extends ResultRequest {
  mode: SampleMode
  /** Cluster scheme that is compared level by level; null = the first. */
  cluster: string | null
}

function toPrevious(row: StoredResult | null): PreviousResult | null {
  if (row === null) return null
  const scores = row.elements
    .split(' ')
    .map((element, i): [string, number | null] => [element, Number.isNaN(row.scores[i]) ? null : row.scores[i]!])
  return { wave: { slug: row.wave.slug, name: row.wave.name }, scores: new Map(scores) }
}

/** Index and rank under every weight scheme and by geometric mean: how much the method matters. */
function checkMethods(store: ResultStore, opened: OpenedResult, mode: SampleMode, index: IndexId): MethodCheck[] {
  const {
    assessment: { city, wave },
    instrument,
  } = opened
  const answers = toEngineAnswers(opened.answers.values(), opened.exclusions)
  const sampleOf = (scheme: string) => store.sample({ instrumentVersionId: wave.instrumentVersionId, scheme, wave, mode })
  const standard = defaultScheme(instrument).id
  return instrument.schemes.flatMap(({ id }): MethodCheck[] => {
    const { plan } = planOf(instrument, id)
    const exact = id === opened.scores.scheme ? opened.exact : scoreSheet(plan, answers)
    const level = toLevel(index, exact.indices[index])
    const check: MethodCheck = {
      method: id,
      score: level.score,
      isProvisional: level.isProvisional,
      rank: rankAmong(sampleOf(id), city.id, index, level),
    }
    if (id !== standard) return [check]
    const score = geometricScores(plan, exact).indices[index]
    return [
      check,
      {
        method: 'geometric',
        score,
        isProvisional: level.isProvisional,
        rank: rankGeometric(sampleOf(id), city.id, index, level.isProvisional ? null : score),
      },
    ]
  })
}

/** Puts a result beside those that the store holds. */
export function compareResult(
  store: ResultStore,
  opened: OpenedResult,
  { mode, cluster }: Pick<ComparisonRequest, 'mode' | 'cluster'>,
): Comparison {
  const {
    assessment: { city, wave },
    instrument,
    scores,
  } = opened
  const request = { instrumentVersionId: wave.instrumentVersionId, scheme: scores.scheme, wave }
  const sample = store.sample({ ...request, mode })
  const own: OwnScores = { cityId: city.id, scores }
  const schemes = clusterSchemes(instrument)
  const shown = cluster ?? schemes[0]?.id
  if (cluster !== null && !schemes.some(({ id }) => id === cluster)) throw new AppError('RESULT_NOT_FOUND')
  return {
    mode,
    cities: sample.rows.length + (sample.positionOf(city.id) === null ? 1 : 0),
    ranks: {
      core: rankAmong(sample, city.id, 'core', scores.indices.core),
      extended: rankAmong(sample, city.id, 'extended', scores.indices.extended),
    },
    levels: compareLevels(sample, own),
    clusters: schemes.map((scheme) => compareCluster(scheme, sample, own, scheme.id === shown)),
    previous: toPrevious(store.findPrevious(request, city.id)),
    checks: checkMethods(store, opened, mode, 'core'),
  }
}

/**
 * A result with its comparison: three queries for the result, one or two for what is new in the network.
 * @param inPerson runs in the person's own transaction
 * @throws {AppError} ASSESSMENT_NOT_FOUND, RESULT_NOT_FOUND
 */
export async function getComparison(
  services: Pick<Services, 'db' | 'instruments' | 'results'>,
  inPerson: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
  person: Person,
  request: ComparisonRequest,
): Promise<ComparedResult> {
  const opened = await inPerson((db) => openResult(db, person, services.instruments, request))
  await services.results.refresh(services.db)
  return { ...opened, comparison: compareResult(services.results, opened, request) }
}

/** One city's newest result in a wave, as the network reads it. */
export interface ListedResult {
  seq: number
  city: { slug: string; name: string; country: string }
  wave: { slug: string; name: string }
  isSynthetic: boolean
  core: { score: number | null; coverage: number | null; isProvisional: boolean }
  extended: { score: number | null; coverage: number | null; isProvisional: boolean }
}

const numberOf = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value)

function toListed(store: ResultStore, row: StoredResult): ListedResult {
  const { slug, name, country, isSynthetic } = store.cities.get(row.cityId)!
  const index = (i: number) => {
    const coverage = numberOf(row.coverages[i])
    return { score: numberOf(row.scores[i]), coverage, isProvisional: coverage === null || coverage < 0.65 }
  }
  return {
    seq: row.seq,
    city: { slug, name, country },
    wave: { slug: row.wave.slug, name: row.wave.name },
    isSynthetic,
    core: index(0),
    extended: index(1),
  }
}

/**
 * Results of all cities under the current instrument, in order of arrival; for members of the network.
 * @throws {AppError} NOT_ALLOWED for who has no role; RESULT_NOT_FOUND when there is no such scheme
 */
export async function listResults(
  { db, results, instruments, now }: Pick<Services, 'db' | 'instruments' | 'results' | 'now'>,
  person: Person,
  { scheme, after, limit }: { scheme: string | null; after: number; limit: number },
): Promise<{ scheme: string; rows: ListedResult[] }> {
  if (person.memberships.length === 0) throw new AppError('NOT_ALLOWED', { reason: 'role' })
  const schemeId = scheme ?? defaultScheme(instruments.current).id
  if (!instruments.current.schemes.some(({ id }) => id === schemeId)) throw new AppError('RESULT_NOT_FOUND')
  await results.refresh(db)
  const { isShown } = await shownTo({ db, results, now }, person)
  const rows = results
    .list(instruments.currentId, schemeId)
    .filter((row) => row.seq > after && isShown(row))
    .slice(0, limit)
  return { scheme: schemeId, rows: rows.map((row) => toListed(results, row)) }
}
