import { formatDateTime, type Translator } from '../../../text/text.ts'
import { localeOf } from '../../../text/fill.ts'
import type { Translation, TranslationState } from '../translation.ts'

/** A language's name in the reader's language. */
export function languageName(t: Translator, language: string | null): string {
  if (language === null) return t('translations.languageUnknown')
  return new Intl.DisplayNames(localeOf(t.language), { type: 'language' }).of(language) ?? language
}

/** How a translation stands, who did it and when. */
export function stateText(t: Translator, translation: Translation | null, state: TranslationState): string {
  if (translation === null) return t('translations.state.missing')
  const moment = (at: string) => formatDateTime(t.language, new Date(at))
  if (state === 'checked' && translation.checkedAt !== null)
    return t('translations.stateBy.checked', { name: translation.checker ?? '–', date: moment(translation.checkedAt) })
  return t(state === 'outdated' ? 'translations.stateBy.outdated' : 'translations.stateBy.draft', {
    name: translation.translator ?? '–',
    date: moment(translation.translatedAt),
  })
}
