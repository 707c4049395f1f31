import { ENGINE_VERSION, scoreSheet } from '@tessera/engine'
import { hashOf } from '../../canonical.ts'
import type { AnswerFields, StoredAnswer } from '../assessments/answer.ts'
import { toEngineAnswers } from '../assessments/answer.ts'
import type { Assessment } from '../assessments/assessment.ts'
import { type Exclusion, type Exclusions, exclusionsOf, type ScopeStatement } from '../assessments/scope.ts'
import { contentHash } from '../instrument/identity.ts'
import { type Instrument, questionsOf } from '../instrument/instrument.ts'
import { type ResultColumns, toColumns } from './elements.ts'
import { planOf } from './results.ts'

/** An answer in a frozen copy. Who wrote it stands in the answer's history. */
export interface FrozenAnswer extends AnswerFields {
  questionId: string
  version: number
  language: string | null
  updatedAt: string | null
}

/** What the city said about one scope, with the questions that were therefore not asked. */
export interface FrozenScope {
  scope: string
  version: number
  isResponsible: boolean | null
  /** Who is responsible instead; experts can refuse it. */
  reason: string | null
  statedAt: string
  /** Questions that count as not applicable. */
  excluded: string[]
}

/** The unchangeable copy of an assessment; plain JSON, hashed in its canonical form. */
export interface FrozenContent {
  assessment: string
  city: { slug: string; name: string; isSynthetic: boolean }
  wave: { slug: string; name: string }
  instrument: { id: string; version: string; contentHash: string }
  method: { engine: string; schemes: string[] }
  /** In the order of the questionnaire; a question without an answer is not listed. */
  answers: FrozenAnswer[]
  /** In the order of the instrument; copies from before there were scopes have none. */
  scope?: FrozenScope[]
  frozenAt: string
}

/** What is put into a frozen copy. */
export interface FreezeInput {
  assessment: Pick<Assessment, 'id'> & { city: FrozenContent['city']; wave: FrozenContent['wave'] }
  instrument: Instrument
  answers: ReadonlyMap<string, Pick<StoredAnswer, keyof FrozenAnswer>>
  statements: readonly ScopeStatement[]
  now: Date
}

/** The complete copy of an assessment as it stands now. */
export function freezeContent({ assessment, instrument, answers, statements, now }: FreezeInput): FrozenContent {
  const { city, wave } = assessment
  return {
    assessment: assessment.id,
    city: { slug: city.slug, name: city.name, isSynthetic: city.isSynthetic },
    wave: { slug: wave.slug, name: wave.name },
    instrument: { id: instrument.id, version: instrument.version, contentHash: contentHash(instrument) },
    method: { engine: ENGINE_VERSION, schemes: instrument.schemes.map((scheme) => scheme.id) },
    answers: questionsOf(instrument).flatMap(({ id }) => {
      const answer = answers.get(id)
      return answer === undefined ? [] : [toFrozen(answer)]
    }),
    scope: freezeScope(instrument, statements),
    frozenAt: now.toISOString(),
  }
}

function freezeScope(instrument: Instrument, statements: readonly ScopeStatement[]): FrozenScope[] {
  const exclusions = exclusionsOf(instrument, statements)
  return (instrument.scopes ?? []).flatMap(({ id, questions }) => {
    const stated = statements.find(({ scopeId }) => scopeId === id)
    if (stated === undefined) return []
    const { version, isResponsible, reason, statedAt } = stated
    return [{ scope: id, version, isResponsible, reason, statedAt, excluded: questions.filter((question) => exclusions.has(question)) }]
  })
}

function toFrozen({
  questionId,
  version,
  options,
  missing,
  reason,
  explanation,
  language,
  updatedAt,
}: Pick<StoredAnswer, keyof FrozenAnswer>): FrozenAnswer {
  return { questionId, version, options, missing, reason, explanation, language, updatedAt }
}

/** Answers of a frozen copy in the form of the working copy. */
export function answersOf(content: FrozenContent): Map<string, StoredAnswer> {
  return new Map(content.answers.map((answer) => [answer.questionId, { ...answer, author: null }]))
}

/** The questions that a frozen copy excludes. */
export function frozenExclusions({ scope = [] }: Pick<FrozenContent, 'scope'>): Exclusions {
  return new Map(
    scope.flatMap(({ scope: scopeId, reason, excluded }) => excluded.map((id): [string, Exclusion] => [id, { scopeId, reason: reason ?? '' }])),
  )
}

/** Questions whose answer is no longer the one that was handed in, or that are now excluded otherwise; in no particular order. */
export function changedQuestions(
  content: FrozenContent,
  answers: ReadonlyMap<string, Pick<StoredAnswer, 'version'>>,
  exclusions: Exclusions,
): string[] {
  const frozen = new Map(content.answers.map(({ questionId, version }) => [questionId, version]))
  const answered = [...answers].flatMap(([id, { version }]) => (frozen.get(id) === version ? [] : [id]))
  const before = frozenExclusions(content)
  const excluded = [...new Set([...before.keys(), ...exclusions.keys()])].filter((id) => before.get(id)?.reason !== exclusions.get(id)?.reason)
  return [...new Set([...answered, ...excluded])]
}

/** One row of results without its keys: scores of a frozen copy under one weight scheme. */
export interface ResultRow extends ResultColumns {
  scheme: string
  engineVersion: string
  /** SHA-256 of the frozen copy's hash, the scheme and the engine's version. */
  inputsHash: string
}

/** The results of a frozen copy, one for each weight scheme of its instrument. */
export function scoreFrozen(instrument: Instrument, content: Pick<FrozenContent, 'answers' | 'scope'>, frozenHash: string): ResultRow[] {
  const answers = toEngineAnswers(content.answers, frozenExclusions(content))
  return instrument.schemes.map(({ id }) => {
    const { plan } = planOf(instrument, id)
    const inputsHash = hashOf({ contentHash: frozenHash, scheme: id, engine: ENGINE_VERSION })
    return { scheme: id, engineVersion: ENGINE_VERSION, inputsHash, ...toColumns(plan, scoreSheet(plan, answers)) }
  })
}
