import { and, asc, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Db } from '../../db/open.ts'
import { people, translations } from '../../db/schema.ts'
import type { AnswerTexts, Translation } from './translation.ts'

const checkers = alias(people, 'checkers')

const columns = {
  questionId: translations.questionId,
  language: translations.language,
  explanation: translations.explanation,
  reason: translations.reason,
  sourceHash: translations.sourceHash,
  version: translations.version,
  translatedAt: translations.translatedAt,
  translator: people.name,
  checkedAt: translations.checkedAt,
  checker: checkers.name,
}

/** Translations of an assessment by question and language. */
export async function listTranslations(
  db: Db,
  assessmentId: string,
  only: { questionId?: string; language?: string } = {},
): Promise<Translation[]> {
  const rows = await db
    .select(columns)
    .from(translations)
    .leftJoin(people, eq(people.id, translations.translatedBy))
    .leftJoin(checkers, eq(checkers.id, translations.checkedBy))
    .where(
      and(
        eq(translations.assessmentId, assessmentId),
        only.questionId === undefined ? undefined : eq(translations.questionId, only.questionId),
        only.language === undefined ? undefined : eq(translations.language, only.language),
      ),
    )
    .orderBy(asc(translations.questionId), asc(translations.language))
  return rows.map(({ translatedAt, checkedAt, ...row }) => ({
    ...row,
    translatedAt: translatedAt.toISOString(),
    checkedAt: checkedAt?.toISOString() ?? null,
  }))
}

export interface TranslationKey {
  assessmentId: string
  questionId: string
  language: string
}

const isThis = ({ assessmentId, questionId, language }: TranslationKey, version: number) =>
  and(
    eq(translations.assessmentId, assessmentId),
    eq(translations.questionId, questionId),
    eq(translations.language, language),
    eq(translations.version, version),
  )

/**
 * Writes the next version of a translation if the present one is still `version`; 0 = there is none. It is a draft again.
 * @returns the version written, or null when somebody else was quicker
 */
export async function writeTranslation(
  db: Db,
  key: TranslationKey,
  version: number,
  { cityId, personId, now, ...texts }: AnswerTexts & { sourceHash: string; cityId: string; personId: string; now: Date },
): Promise<number | null> {
  const values = { ...texts, version: version + 1, translatedAt: now, translatedBy: personId, checkedAt: null, checkedBy: null }
  const written =
    version === 0
      ? await db
          .insert(translations)
          .values({ ...key, cityId, ...values })
          .onConflictDoNothing()
          .returning({ version: translations.version })
      : await db.update(translations).set(values).where(isThis(key, version)).returning({ version: translations.version })
  return written[0]?.version ?? null
}

/** Notes that somebody has read it once more. @returns the version written, or null when it is no longer the one seen */
export async function writeCheck(db: Db, key: TranslationKey, version: number, personId: string, now: Date): Promise<number | null> {
  const written = await db
    .update(translations)
    .set({ checkedAt: now, checkedBy: personId, version: version + 1 })
    .where(isThis(key, version))
    .returning({ version: translations.version })
  return written[0]?.version ?? null
}
