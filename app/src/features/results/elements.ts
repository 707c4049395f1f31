import {
  type ElementScore,
  fractionToNumber,
  fractionToString,
  geometricScores,
  type QuestionnaireScores,
  type ScoringPlan,
} from '@tessera/engine'
import type { Instrument } from '../instrument/instrument.ts'
import { type ExactText, type LevelScore, toLevels } from './results.ts'

// A stored result is four arrays in one order of elements: the indices `core` and `extended`, every `dimension:<id>`, every
// `indicator:<id>`, the robustness checks `geometric:core` and `geometric:extended`, then every `question:<id>`.

export type IndexId = 'core' | 'extended'

export const dimensionElement = (id: string): string => `dimension:${id}`
export const indicatorElement = (id: string): string => `indicator:${id}`
export const questionElement = (id: string): string => `question:${id}`
/** The index by geometric mean: a check in floating point, without exact score, upper bound and coverage. */
export const geometricElement = (index: IndexId): string => `geometric:${index}`

export type ElementKind = 'index' | 'dimension' | 'indicator'

/** An index, dimension or indicator as it stands in addresses: `core`, `dimension:media`. */
export interface ElementRef {
  kind: ElementKind
  id: string
}

/** @returns null when the instrument has no such index, dimension or indicator */
export function parseElement(instrument: Instrument, text: string): ElementRef | null {
  if (text === 'core' || text === 'extended') return { kind: 'index', id: text }
  const [kind, id = ''] = text.split(':')
  if (kind === 'dimension' && instrument.dimensions.some((dimension) => dimension.id === id)) return { kind, id }
  if (kind === 'indicator' && instrument.dimensions.some(({ indicators }) => indicators.some((indicator) => indicator.id === id)))
    return { kind, id }
  return null
}

export const elementText = ({ kind, id }: ElementRef): string => (kind === 'index' ? id : `${kind}:${id}`)

/** One result as it is stored. Scores 0-100, coverages 0-1; NaN = nothing applies. */
export interface ResultColumns {
  elements: string[]
  scores: number[]
  uppers: number[]
  coverages: number[]
  /** `n/d`; empty = nothing applies, or a check that has no exact value. */
  exactScores: string[]
}

interface Cell {
  element: string
  score: number | null
  upper: number | null
  coverage: number | null
  exact: ExactText
}

function levelCells(scores: QuestionnaireScores): Cell[] {
  const { indices, dimensions, indicators } = toLevels(scores)
  const cell = (element: string, { score, upper, coverage, exact }: LevelScore): Cell => ({
    element,
    score,
    upper,
    coverage,
    exact: exact.score,
  })
  return [
    cell('core', indices.core),
    cell('extended', indices.extended),
    ...dimensions.map((level) => cell(dimensionElement(level.id), level)),
    ...indicators.map((level) => cell(indicatorElement(level.id), level)),
  ]
}

function questionCells({ questions }: QuestionnaireScores): Cell[] {
  const cell = (id: string, { score, upper, coverage }: ElementScore): Cell => {
    const numberOf = (value: typeof score) => value && fractionToNumber(value)
    return {
      element: questionElement(id),
      score: numberOf(score),
      upper: numberOf(upper),
      coverage: numberOf(coverage),
      exact: score && fractionToString(score),
    }
  }
  return [...questions].map(([id, question]) => cell(id, question))
}

function checkCells(plan: ScoringPlan, scores: QuestionnaireScores): Cell[] {
  const { indices } = geometricScores(plan, scores)
  return (['core', 'extended'] as const).map((index) => ({
    element: geometricElement(index),
    score: indices[index],
    upper: null,
    coverage: null,
    exact: null,
  }))
}

/** The arrays of one result, in the order of elements described above. */
export function toColumns(plan: ScoringPlan, scores: QuestionnaireScores): ResultColumns {
  const cells = [...levelCells(scores), ...checkCells(plan, scores), ...questionCells(scores)]
  return {
    elements: cells.map(({ element }) => element),
    scores: cells.map(({ score }) => score ?? NaN),
    uppers: cells.map(({ upper }) => upper ?? NaN),
    coverages: cells.map(({ coverage }) => coverage ?? NaN),
    exactScores: cells.map(({ exact }) => exact ?? ''),
  }
}
