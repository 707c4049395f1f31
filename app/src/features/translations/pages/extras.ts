import type { AssessmentExtrasOf, QuestionExtrasOf } from '../../assessments/extras.ts'
import { listTranslations } from '../queries.ts'
import { countTranslations, hasText, targetLanguage, translationState, usualLanguage } from '../translation.ts'
import { translationRows } from '../usecases.ts'
import { translationPath } from './TranslationPage.tsx'
import { languageName } from './words.ts'

/** "Translation (English): checked" below each question whose answer has a text in another language. */
export const translationLinks: QuestionExtrasOf = async (db, { t, assessment, answers, instrument, questionIds }) => {
  const readable = new Set(instrument.dimensions.flatMap((d) => d.indicators.flatMap((i) => i.questions.map(({ id }) => id))))
  const translations = await listTranslations(db, assessment.id)
  return new Map(
    questionIds.flatMap((id) => {
      const original = answers.get(id)
      if (!readable.has(id) || !hasText(original)) return []
      const own = translations.filter(({ questionId }) => questionId === id)
      // whoever writes in the usual language needs no translation; one that exists stays within reach
      if (original.language === usualLanguage && own.length === 0) return []
      const language = targetLanguage(original.language, original.language === usualLanguage ? own[0]?.language : usualLanguage)
      const state = translationState(own.find((each) => each.language === language) ?? null, original)
      const text = t('translations.link', { language: languageName(t, language), state: t(`translations.state.${state}`) })
      return [[id, { links: [{ href: translationPath(assessment.id, id, language), text, isAlert: state === 'outdated' }] }]]
    }),
  )
}

/** The link to all translations, with how many there are. */
export const translationOverview: AssessmentExtrasOf = async (db, { t, assessment, instrument, answers }) => {
  const rows = translationRows(
    { instrument, answers: new Map(answers) },
    await listTranslations(db, assessment.id, { language: usualLanguage }),
    usualLanguage,
  )
  if (rows.length === 0) return {}
  const counts = countTranslations(rows.map(({ state }) => state))
  return {
    links: [
      {
        href: `/assessments/${assessment.id}/translations`,
        text: t('translations.overview', { language: languageName(t, usualLanguage) }),
        hint: t('translations.list.counts', { ...counts }),
        isAlert: counts.outdated > 0,
      },
    ],
  }
}
