import { type Fraction, fractionToNumber, prepareScoring, scoreSheet } from '@tessera/engine'
import { defaultScheme, type Instrument, questionsOf } from '../instrument/instrument.ts'
import { equalField, pickFields, type StoredAnswer, toEngineAnswers } from './answer.ts'
import { type Exclusion, withScopes } from './scope.ts'
import { isGiven, type Sheet } from './sheet.ts'

// Named moments of an assessment, and what changed between any two states of it. A moment needs no copy: every version of every
// answer is kept.

export interface Snapshot {
  id: string
  name: string
  /** The moment that it shows; may lie ahead. */
  at: Date
  createdAt: Date
  author: string | null
}

export const maximumSnapshotName = 120 // characters

/** A state that can be compared, as it stands in addresses: now, snapshot:<id>, copy:<id>, earlier. */
export type StateRef = { kind: 'now' } | { kind: 'earlier' } | { kind: 'snapshot'; id: string } | { kind: 'copy'; id: string }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @returns null when the address names no state */
export function parseStateRef(text: string): StateRef | null {
  if (text === 'now' || text === 'earlier') return { kind: text }
  const [kind, id = ''] = text.split(':')
  return (kind === 'snapshot' || kind === 'copy') && uuid.test(id) ? { kind, id } : null
}

export const stateRefText = (ref: StateRef): string => ('id' in ref ? `${ref.kind}:${ref.id}` : ref.kind)

/** What happened to a question between two states; the first that fits, in this order. */
export const changeKinds = ['excluded', 'included', 'answered', 'taken-back', 'changed', 'reworded'] as const
export type ChangeKind = (typeof changeKinds)[number]

export interface QuestionChange {
  questionId: string
  kind: ChangeKind
  before: StoredAnswer | null
  after: StoredAnswer | null
  /** Who is responsible instead of the city, where that changed. */
  exclusions: { before: Exclusion | null; after: Exclusion | null }
}

function kindOf(before: StoredAnswer | null, after: StoredAnswer | null): ChangeKind | null {
  const [was, is] = [isGiven(before ?? undefined), isGiven(after ?? undefined)]
  if (!was && is) return 'answered'
  if (was && !is) return 'taken-back'
  const [a, b] = [before && pickFields(before), after && pickFields(after)]
  if (a !== null && b !== null && !(equalField(a, b, 'options') && equalField(a, b, 'missing'))) return 'changed'
  const same = (field: 'explanation' | 'reason') => (a?.[field] ?? null) === (b?.[field] ?? null)
  return same('explanation') && same('reason') ? null : 'reworded'
}

/** Every question that differs between two states, in the order of the questionnaire; those that only the earlier state knows come last. */
export function compareSheets(instrument: Instrument, a: Sheet, b: Sheet): QuestionChange[] {
  const order = questionsOf(instrument).map(({ id }) => id)
  const others = [...a.answers.keys()].filter((id) => !order.includes(id))
  return [...order, ...others].flatMap((questionId) => {
    const before = a.answers.get(questionId) ?? null
    const after = b.answers.get(questionId) ?? null
    const exclusions = { before: a.exclusions.get(questionId) ?? null, after: b.exclusions.get(questionId) ?? null }
    const kind: ChangeKind | null =
      exclusions.before?.reason === exclusions.after?.reason ? kindOf(before, after) : exclusions.after === null ? 'included' : 'excluded'
    return kind === null ? [] : [{ questionId, kind, before, after, exclusions }]
  })
}

export function countChanges(changes: readonly QuestionChange[]): Record<ChangeKind, number> {
  const counts = Object.fromEntries(changeKinds.map((kind) => [kind, 0])) as Record<ChangeKind, number>
  for (const { kind } of changes) counts[kind]++
  return counts
}

/** Scores of one state under the instrument's default weights, 0-100, unrounded; null = nothing applies. */
export interface SheetScores {
  core: number | null
  extended: number | null
  dimensions: Map<string, number | null>
}

/** How a state scores, by the questionnaire it was given for. */
export function scoreState(instrument: Instrument, { answers, exclusions }: Pick<Sheet, 'answers' | 'exclusions'>): SheetScores {
  const plan = prepareScoring(withScopes(instrument), defaultScheme(instrument))
  const { indices, dimensions } = scoreSheet(plan, toEngineAnswers(answers.values(), exclusions))
  const number = (score: Fraction | null) => score && fractionToNumber(score)
  return {
    core: number(indices.core.score),
    extended: number(indices.extended.score),
    dimensions: new Map([...dimensions].map(([id, { score }]) => [id, number(score)])),
  }
}
