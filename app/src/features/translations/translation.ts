import { hashOf } from '../../canonical.ts'
import { type Language, languages } from '../../text/catalogue.ts'
import type { AnswerFields, StoredAnswer } from '../assessments/answer.ts'

/** The texts of an answer that people translate; options and scores need no translation. */
export type AnswerTexts = Pick<AnswerFields, 'explanation' | 'reason'>

/** An answer's texts in another language, beside the original. */
export interface Translation extends AnswerTexts {
  questionId: string
  language: string
  /** Of the original texts that were translated. */
  sourceHash: string
  version: number
  translatedAt: string
  translator: string | null
  /** null = a draft. */
  checkedAt: string | null
  checker: string | null
}

/**
 * missing: nothing written yet; draft: nobody has read it once more; checked: somebody has; outdated: the original reads
 * differently since.
 */
export type TranslationState = 'missing' | 'draft' | 'checked' | 'outdated'

/** Experts read it: the language that is offered first. */
export const usualLanguage: Language = 'en'

export const maximumTranslation = 15_000 // characters; a translation may be longer than its original

/** SHA-256 over the canonical JSON of the original texts: another hash means that the original has changed. */
export const sourceHash = ({ explanation, reason }: AnswerTexts): string => hashOf({ explanation, reason })

/** Whether there is anything to translate. */
export const hasText = (texts: AnswerTexts | undefined): texts is StoredAnswer =>
  texts !== undefined && (texts.explanation !== null || texts.reason !== null)

export function translationState(
  translation: Pick<Translation, 'sourceHash' | 'checkedAt'> | null,
  original: AnswerTexts,
): TranslationState {
  if (translation === null) return 'missing'
  if (translation.sourceHash !== sourceHash(original)) return 'outdated'
  return translation.checkedAt === null ? 'draft' : 'checked'
}

/** Whether every text of the original has a translation. */
export const isComplete = (translation: AnswerTexts, original: AnswerTexts): boolean =>
  (original.explanation === null || translation.explanation !== null) && (original.reason === null || translation.reason !== null)

/** The languages into which texts in `from` can be translated, the usual one first. */
export function targetLanguages(from: string | null): Language[] {
  const others = languages.filter((language) => language !== from)
  return [...others].sort((a, b) => Number(b === usualLanguage) - Number(a === usualLanguage))
}

/** The language that was asked for, where texts in `from` can be translated into it; else the first one. */
export function targetLanguage(from: string | null, wanted: string | undefined): Language {
  const possible = targetLanguages(from)
  return possible.find((language) => language === wanted) ?? possible[0]!
}

/** What needs work first stands first. */
const urgency: Record<TranslationState, number> = { outdated: 0, missing: 1, draft: 2, checked: 3 }

export const byUrgency = <T extends { state: TranslationState }>(a: T, b: T): number => urgency[a.state] - urgency[b.state]

/** How many texts are translated, and how many of these were checked and are up to date. */
export function countTranslations(
  states: Iterable<TranslationState>,
): Record<TranslationState, number> & { all: number; translated: number } {
  const counts = { missing: 0, draft: 0, checked: 0, outdated: 0 }
  for (const state of states) counts[state]++
  const all = counts.missing + counts.draft + counts.checked + counts.outdated
  return { ...counts, all, translated: all - counts.missing }
}

/** A translation in a frozen copy, with the state it had then; who wrote it stands in the record. */
export interface FrozenTranslation extends AnswerTexts {
  questionId: string
  language: string
  state: TranslationState
  sourceHash: string
  translatedAt: string
  checkedAt: string | null
}

/** The translations that a frozen copy takes along: those of answers it holds, in their order. */
export function freezeTranslations(
  answers: readonly (AnswerTexts & { questionId: string })[],
  translations: readonly Translation[],
): FrozenTranslation[] {
  return answers.flatMap((original) =>
    translations
      .filter(({ questionId }) => questionId === original.questionId)
      .map(({ questionId, language, explanation, reason, sourceHash: hash, translatedAt, checkedAt, ...rest }) => ({
        questionId,
        language,
        explanation,
        reason,
        state: translationState({ sourceHash: hash, checkedAt, ...rest }, original),
        sourceHash: hash,
        translatedAt,
        checkedAt,
      })),
  )
}
