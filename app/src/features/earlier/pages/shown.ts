import { isTextKey } from '../../../text/catalogue.ts'
import { formatNumber, type Translator } from '../../../text/text.ts'

/** A score as it was published: as many decimals as it has, two at most. */
export function scoreText(t: Translator, value: number): string {
  const decimals = Number.isInteger(value) ? 0 : Number.isInteger(value * 10) ? 1 : 2
  return formatNumber(t.language, value, decimals)
}

/** Name of a figure: of the questionnaire's own wording where we know it, else its code. */
export function codeName(t: Translator, code: string): string {
  if (code === 'index' || code === 'overall') return t('earlier.city.code.index')
  const key = `cities.published.code.${code}`
  return isTextKey(key) ? t(key) : code
}
