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

const dateForms = {
  date: { dateStyle: 'long' },
  dateTime: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  time: { hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const dateFormats = new Map<string, Intl.DateTimeFormat>()

function formatAs(form: keyof typeof dateForms, language: string, date: Date): string {
  const key = `${language}/${form}`
  let format = dateFormats.get(key)
  if (format === undefined) dateFormats.set(key, (format = new Intl.DateTimeFormat(localeOf(language), dateForms[form])))
  return format.format(date)
}

export const formatDate = (language: string, date: Date): string => formatAs('date', language, date)

/** Date and time with the zone's name, because deadlines are decided by the server's clock. */
export const formatDateTime = (language: string, date: Date): string => formatAs('dateTime', language, date)

export const formatTime = (language: string, date: Date): string => formatAs('time', language, date)

const islandTexts = new Map<string, Readonly<Record<string, string>>>()

/** The texts under a prefix as they are written, for an island to fill; keys without the prefix. */
export function textsUnder(language: Language, prefix: string): Readonly<Record<string, string>> {
  const cacheKey = `${language}/${prefix}`
  const known = islandTexts.get(cacheKey)
  if (known !== undefined) return known
  const entries = Object.entries(catalogues[language]).filter(([key]) => key.startsWith(prefix))
  const texts = Object.fromEntries(entries.map(([key, text]) => [key.slice(prefix.length), text]))
  islandTexts.set(cacheKey, texts)
  return texts
}
