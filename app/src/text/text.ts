import { IntlMessageFormat } from 'intl-messageformat'
import { localeOf } from './fill.ts'
import { catalogues, type Language, type TextKey } from './catalogue.ts'

export type TextValues = Record<string, string | number | Date | boolean | null | undefined>

/** Gives the text of a key in one language; plural forms and numbers follow the language. */
export interface Translator {
  (key: TextKey, values?: TextValues): string
  readonly language: Language
}

const compiled = new Map<string, IntlMessageFormat | string>()

function compile(language: Language, key: TextKey): IntlMessageFormat | string {
  const cacheKey = `${language}/${key}`
  let format = compiled.get(cacheKey)
  if (format === undefined) {
    const source: string = catalogues[language][key]
    format = /[{}<']/.test(source) ? new IntlMessageFormat(source, localeOf(language), undefined, { ignoreTag: true }) : source
    compiled.set(cacheKey, format)
  }
  return format
}

export function translator(language: Language): Translator {
  const translate = (key: TextKey, values?: TextValues): string => {
    const format = compile(language, key)
    return typeof format === 'string' ? format : String(format.format(values))
  }
  return Object.assign(translate, { language })
}

/** Formats are costly to make and cheap to use; there are few. */
const numberFormats = new Map<string, Intl.NumberFormat>()

function numberFormat(language: string, decimals: number): Intl.NumberFormat {
  const key = `${language}/${decimals}`
  const known = numberFormats.get(key)
  if (known) return known
  const format = new Intl.NumberFormat(localeOf(language), { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  numberFormats.set(key, format)
  return format
}

/** A number for people: `decimals` digits after the separator of the language; a dash for nothing. */
export function formatNumber(language: string, value: number | null, decimals = 0): string {
  return value === null ? '–' : numberFormat(language, decimals).format(value)
}

export function formatDate(language: string, date: Date): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long' }).format(date)
}

/** Date and time with the zone's name, because deadlines are decided by the server's clock. */
export function formatDateTime(language: string, date: Date): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(date)
}

export function formatTime(language: string, date: Date): string {
  return new Intl.DateTimeFormat(localeOf(language), { hour: '2-digit', minute: '2-digit' }).format(date)
}

/** The texts under a prefix as they are written, for an island to fill; keys without the prefix. */
export function textsUnder(language: Language, prefix: string): Record<string, string> {
  const entries = Object.entries(catalogues[language]).filter(([key]) => key.startsWith(prefix))
  return Object.fromEntries(entries.map(([key, text]) => [key.slice(prefix.length), text]))
}
