import { type AnswerFields, neverSaved, type StoredAnswer } from './answer.ts'
import type { Exclusion, Exclusions } from './scope.ts'

/** The answers of one assessment at one moment: as handed in, as they stood then, or as they stand. */
export interface Sheet {
  assessmentId: string
  wave: { slug: string; name: string }
  instrumentVersionId: string
  /** When it stood so; null = now. */
  at: Date | null
  answers: Map<string, StoredAnswer>
  exclusions: Exclusions
}

/** What a frozen copy says about its answers and what was left out, as it lies in the database. */
export interface FrozenSheet {
  answers: (AnswerFields & { questionId: string; version: number; language: string | null; updatedAt: string | null })[]
  scope?: { scope: string; reason: string | null; excluded: string[] }[]
}

/**
 * Answers of a frozen copy in the form of the working copy.
 * @param authors who wrote which version, by `<question>:<version>`; a copy itself names nobody
 */
export function frozenAnswers({ answers }: FrozenSheet, authors: ReadonlyMap<string, StoredAnswer['author']>): Map<string, StoredAnswer> {
  return new Map(
    answers.map((answer) => [
      answer.questionId,
      { ...neverSaved(answer.questionId), ...answer, author: authors.get(versionKey(answer)) ?? null },
    ]),
  )
}

export const versionKey = ({ questionId, version }: { questionId: string; version: number }): string => `${questionId}:${version}`

/** The questions that a frozen copy leaves out. */
export function exclusionsOfFrozen({ scope = [] }: Pick<FrozenSheet, 'scope'>): Exclusions {
  return new Map(
    scope.flatMap(({ scope: scopeId, reason, excluded }) =>
      excluded.map((id): [string, Exclusion] => [id, { scopeId, reason: reason ?? '' }]),
    ),
  )
}

/** Whether an answer says anything: an option, "not known" or "does not apply". */
export const isGiven = (answer: Pick<AnswerFields, 'options' | 'missing'> | undefined): answer is StoredAnswer =>
  answer !== undefined && (answer.options !== null || answer.missing !== null)
