import { ENGINE_VERSION, scoreSheet } from '@tessera/engine'
import { hashOf } from '../../canonical.ts'
import type { AnswerFields, StoredAnswer } from '../assessments/answer.ts'
import { toEngineAnswers } from '../assessments/answer.ts'
import type { Assessment } from '../assessments/assessment.ts'
import { type Exclusion, type Exclusions, exclusionsOf, type ScopeStatement } from '../assessments/scope.ts'
import type { CitedEvidence } from '../evidence/citation-queries.ts'
import { earlierEnd } from '../evidence/evidence.ts'
import type { StepStatus } from '../signoff/signoff.ts'
import { freezeTranslations, type FrozenTranslation, type Translation } from '../translations/translation.ts'
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

/** Where an answer is proved: the document by its hash, so that it can be recognised for ever. */
export interface FrozenCitation {
  questionId: string
  evidence: string
  title: string
  kind: string
  /** SHA-256 of the file; null = a link. */
  sha256: string | null
  url: string | null
  releaseLevel: string
  isConfidential: boolean
  page: number | null
  quotation: string | null
  /** YYYY-MM-DD; the earlier of citation and document. */
  validUntil: string | null
}

/** Who signed what was handed in, without names. */
export interface FrozenSignOff {
  step: string
  contentHash: string
  signedAt: string
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
  /** Translations of the answers' texts, with their state at that time; whether they change does not make an answer another one. */
  translations?: FrozenTranslation[]
  /** By question; copies from before there was evidence have none. */
  citations?: FrozenCitation[]
  /** In the order of the chain. */
  signOffs?: FrozenSignOff[]
  frozenAt: string
}

/** What is put into a frozen copy. */
export interface FreezeInput {
  assessment: Pick<Assessment, 'id'> & { city: FrozenContent['city']; wave: FrozenContent['wave'] }
  instrument: Instrument
  answers: ReadonlyMap<string, Pick<StoredAnswer, keyof FrozenAnswer>>
  statements: readonly ScopeStatement[]
  translations: readonly Translation[]
  citations: readonly CitedEvidence[]
  chain: readonly StepStatus[]
  now: Date
}

/** The complete copy of an assessment as it stands now. */
export function freezeContent({
  assessment,
  instrument,
  answers,
  statements,
  translations,
  citations,
  chain,
  now,
}: FreezeInput): FrozenContent {
  const { city, wave } = assessment
  const frozenAnswers = questionsOf(instrument).flatMap(({ id }) => {
    const answer = answers.get(id)
    return answer === undefined ? [] : [toFrozen(answer)]
  })
  return {
    assessment: assessment.id,
    city: { slug: city.slug, name: city.name, isSynthetic: city.isSynthetic },
    wave: { slug: wave.slug, name: wave.name },
    instrument: { id: instrument.id, version: instrument.version, contentHash: contentHash(instrument) },
    method: { engine: ENGINE_VERSION, schemes: instrument.schemes.map((scheme) => scheme.id) },
    answers: frozenAnswers,
    scope: freezeScope(instrument, statements),
    translations: freezeTranslations(frozenAnswers, translations),
    citations: citations.map(freezeCitation),
    signOffs: chain.flatMap(({ step, last }) =>
      last === null ? [] : [{ step: step.name, contentHash: last.contentHash, signedAt: last.decidedAt.toISOString() }],
    ),
    frozenAt: now.toISOString(),
  }
}

function freezeCitation({ citation, evidence }: CitedEvidence): FrozenCitation {
  const { questionId, page, quotation, validUntil } = citation
  const { id, title, kind, file, url, releaseLevel, isConfidential } = evidence
  return {
    questionId,
    evidence: id,
    title,
    kind,
    sha256: file?.sha256 ?? null,
    url,
    releaseLevel,
    isConfidential,
    page,
    quotation,
    validUntil: earlierEnd(validUntil, evidence.validUntil),
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
    scope.flatMap(({ scope: scopeId, reason, excluded }) =>
      excluded.map((id): [string, Exclusion] => [id, { scopeId, reason: reason ?? '' }]),
    ),
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
  const excluded = [...new Set([...before.keys(), ...exclusions.keys()])].filter(
    (id) => before.get(id)?.reason !== exclusions.get(id)?.reason,
  )
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
