import { formatNumber, type Translator } from '../../../text/text.ts'
import { type Fact, unitOf } from '../fact.ts'

/** Digits after the separator: as many as the value has, two at most. */
const decimalsOf = (value: number): number => (Number.isInteger(value) ? 0 : Number.isInteger(Math.round(value * 100) / 10) ? 1 : 2)

/** A value with its unit, in the reader's language. */
export function factText(t: Translator, fact: Fact, value: number): string {
  const number = formatNumber(t.language, value, decimalsOf(value))
  return unitOf(fact) === 'persons' ? number : t(`cities.fact.unit.${unitOf(fact) === 'percent' ? 'percent' : 'euro'}`, { value: number })
}

/** A value as it is typed into a field: with the decimal separator of the language, without thousands. */
export function typedValue(t: Translator, value: number): string {
  return new Intl.NumberFormat(t.language, { useGrouping: false, maximumFractionDigits: 2 }).format(value)
}
