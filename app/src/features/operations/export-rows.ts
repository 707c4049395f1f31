import type { Db } from '../../db/open.ts'
import type { Instrument } from '../instrument/instrument.ts'
import { answerWord, type ExportFilter, type ExportRow, type ExportTable } from './export.ts'
import {
  type ExportAssessment,
  listAnswersOf,
  listExportAssessments,
  listExportCities,
  listExportFacts,
  listExportInstruments,
  listExportWaves,
  listFrozenOf,
  listResultsOf,
} from './export-queries.ts'

/** Rows of one table that belong together; a table comes in several portions, so that a large network fits into memory. */
export interface Portion {
  table: ExportTable
  rows: ExportRow[]
}

const time = (date: Date | null): string | null => date?.toISOString() ?? null
const number = (value: number): number | null => (Number.isFinite(value) ? value : null)

async function cityRows(db: Db, filter: ExportFilter): Promise<ExportRow[]> {
  return (await listExportCities(db, filter)).map(({ slug, name, country, region, officialCode, latitude, longitude, isSynthetic }) => ({
    city: slug,
    name,
    country,
    region,
    official_code: officialCode,
    latitude,
    longitude,
    is_synthetic: isSynthetic,
  }))
}

async function factRows(db: Db, filter: ExportFilter): Promise<ExportRow[]> {
  return (await listExportFacts(db, filter)).map(({ city, isSynthetic, fact: { fact, value, year, source, quality } }) => ({
    city,
    fact,
    value,
    year,
    source,
    quality,
    is_synthetic: isSynthetic,
  }))
}

async function waveRows(db: Db, filter: ExportFilter): Promise<ExportRow[]> {
  return (await listExportWaves(db, filter)).map(({ wave, instrument, version }) => ({
    wave: wave.slug,
    name: wave.name,
    opens_at: time(wave.opensAt),
    closes_at: time(wave.closesAt),
    closed_at: time(wave.closedAt),
    instrument,
    instrument_version: version,
    is_synthetic: wave.isSynthetic,
  }))
}

function questionRows({ id: instrument, version, dimensions }: Instrument): ExportRow[] {
  return dimensions.flatMap((dimension) =>
    dimension.indicators.flatMap((indicator) =>
      indicator.questions.flatMap((question) =>
        question.options.map(({ id: option, points }) => ({
          instrument,
          instrument_version: version,
          dimension: dimension.id,
          indicator: indicator.id,
          question: question.id,
          option,
          points,
        })),
      ),
    ),
  )
}

const keysOf = ({ wave, city, isSynthetic }: ExportAssessment) => ({ wave, city, is_synthetic: isSynthetic })

async function answerRows(db: Db, chosen: ReadonlyMap<string, ExportAssessment>): Promise<ExportRow[]> {
  return (await listAnswersOf(db, [...chosen.keys()])).map((row) => ({
    ...keysOf(chosen.get(row.assessmentId)!),
    question: row.questionId,
    answer: answerWord({ options: row.options, missing: row.missing as 'not-known' | null }),
    reason: row.reason,
    explanation: row.explanation,
    language: row.language,
    answer_version: row.version,
    updated_at: time(row.updatedAt),
  }))
}

/** What was handed in, and the results that follow from it. */
async function submittedRows(db: Db, chosen: ReadonlyMap<string, ExportAssessment>): Promise<Portion[]> {
  const frozen = await listFrozenOf(db, [...chosen.keys()])
  if (frozen.length === 0) return []
  const byId = new Map(frozen.map((copy) => [copy.id, copy]))
  const submitted = frozen.flatMap(({ assessmentId, content, contentHash, frozenAt }) =>
    content.answers.map((answer) => ({
      ...keysOf(chosen.get(assessmentId)!),
      frozen_at: time(frozenAt),
      frozen_hash: contentHash,
      question: answer.questionId,
      answer: answerWord(answer),
      reason: answer.reason,
      explanation: answer.explanation,
      language: answer.language,
      answer_version: answer.version,
    })),
  )
  const figures = (await listResultsOf(db, [...byId.keys()])).flatMap((row) => {
    const { assessmentId, contentHash } = byId.get(row.frozenId)!
    const keys = { ...keysOf(chosen.get(assessmentId)!), frozen_hash: contentHash, scheme: row.scheme, engine_version: row.engineVersion }
    return row.elements.map((element, i) => ({
      ...keys,
      element,
      score: number(row.scores[i]!),
      exact_score: row.exactScores[i] || null,
      upper: number(row.uppers[i]!),
      coverage: number(row.coverages[i]!),
    }))
  })
  return [
    { table: 'submitted-answers', rows: submitted },
    { table: 'results', rows: figures },
  ]
}

const perPortion = 50 // assessments

/** Everything that is exported, table by table; answers and results in portions of some assessments. */
export async function* exportPortions(db: Db, filter: ExportFilter): AsyncGenerator<Portion> {
  yield { table: 'cities', rows: await cityRows(db, filter) }
  yield { table: 'facts', rows: await factRows(db, filter) }
  yield { table: 'waves', rows: await waveRows(db, filter) }
  for (const instrument of await listExportInstruments(db, filter)) yield { table: 'questions', rows: questionRows(instrument) }
  const all = await listExportAssessments(db, filter)
  yield {
    table: 'assessments',
    rows: all.map((each) => ({ ...keysOf(each), invited_at: time(each.invitedAt), submitted_at: time(each.submittedAt) })),
  }
  for (let first = 0; first < all.length; first += perPortion) {
    const chosen = new Map(all.slice(first, first + perPortion).map((each) => [each.id, each]))
    yield { table: 'answers', rows: await answerRows(db, chosen) }
    yield* await submittedRows(db, chosen)
  }
}
