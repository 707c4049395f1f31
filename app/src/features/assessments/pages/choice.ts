import type { AnswerFields, AnswerPatch } from '../answer.ts'

// In the form, "we do not know" and "does not apply" stand beside the options, as values that no option can have.
export const notKnownValue = '_not-known'
export const notApplicableValue = '_not-applicable'

const missingOf = (value: string | undefined): AnswerFields['missing'] =>
  value === notKnownValue ? 'not-known' : value === notApplicableValue ? 'not-applicable' : null

/** The values of the form that an answer has checked. */
export function chosenValues({ options, missing }: Pick<AnswerFields, 'options' | 'missing'>): string[] {
  return missing === null ? [...(options ?? [])] : [`_${missing}`]
}

const isExclusive = (value: string): boolean => value === 'none' || missingOf(value) !== null

/**
 * The change that a choice makes. "None of these", "we do not know" and "does not apply" exclude everything else:
 * the one chosen last wins.
 * @param before values that were checked before; empty for a posted form
 */
export function patchOfChoice(
  rules: { type: 'single' | 'multiple' | 'share' },
  values: readonly string[],
  before: readonly string[],
): AnswerPatch {
  const added = values.filter((value) => !before.includes(value))
  const exclusive = added.find(isExclusive) ?? (added.length === 0 ? values.find(isExclusive) : undefined)
  const left = exclusive !== undefined ? [exclusive] : added.length > 0 ? values.filter((value) => !isExclusive(value)) : values
  const missing = missingOf(left[0])
  if (missing !== null) return { options: null, missing }
  if (left.length === 0) return { options: null, missing: null }
  return { options: rules.type === 'multiple' ? [...left] : [left.at(-1)!], missing: null }
}
