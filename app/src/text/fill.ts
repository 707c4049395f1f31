/** Puts values into the places {name} of a text; for islands, which carry their texts with them. */
export function fill(text: string | undefined, values: Record<string, string | number> = {}): string {
  return (text ?? '').replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}

/** Locale for dates and numbers: British English, so that days come before months and hours go to 24. */
export const localeOf = (language: string): string => (language === 'en' ? 'en-GB' : language)
