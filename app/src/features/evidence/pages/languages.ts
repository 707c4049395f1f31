/** Languages that a document of the network is likely to be in. */
const languages = ['de', 'en', 'es', 'sv', 'pl', 'it', 'lv', 'ro', 'fr', 'uk', 'ar', 'tr', 'ru'] as const

/** Name of a language in another one. */
export function languageName(reader: string, code: string): string {
  return new Intl.DisplayNames(reader, { type: 'language', fallback: 'code' }).of(code) ?? code
}

/** Languages to choose from, by name. @param kept one that is chosen already */
export function languageOptions(reader: string, kept: string | null): { value: string; label: string }[] {
  const codes = new Set<string>([...languages, ...(kept ? [kept] : [])])
  return [...codes].map((value) => ({ value, label: languageName(reader, value) })).sort((a, b) => a.label.localeCompare(b.label, reader))
}
