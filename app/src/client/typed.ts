import type { AnswerPatch } from '../features/assessments/answer.ts'
import { patchOfChoice } from '../features/assessments/pages/choice.ts'
import type { QuestionView } from '../features/assessments/question-view.ts'

/** What differs in a text field from what the server drew; null when nothing does. */
function typedIn(form: HTMLFormElement, name: string): string | null {
  const field = form.elements.namedItem(name)
  return field instanceof HTMLTextAreaElement && field.value !== field.defaultValue ? field.value : null
}

function patchOfForm(form: HTMLFormElement, rules: QuestionView['rules']): AnswerPatch {
  const inputs = [...form.querySelectorAll<HTMLInputElement>('input[name=choice]')]
  const valuesOf = (isOn: (input: HTMLInputElement) => boolean) => inputs.filter(isOn).map(({ value }) => value)
  const isChanged = inputs.some(({ checked, defaultChecked }) => checked !== defaultChecked)
  const choice = isChanged
    ? patchOfChoice(
        rules,
        valuesOf(({ checked }) => checked),
        valuesOf(({ defaultChecked }) => defaultChecked),
      )
    : {}
  const reason = typedIn(form, 'reason')
  const explanation = typedIn(form, 'explanation')
  return { ...choice, ...(reason !== null && { reason }), ...(explanation !== null && { explanation }) }
}

/**
 * What a person typed and chose before the script was there, by question. After a reload or a step back the fields may hold
 * what the browser remembers, which can be older than what is stored: then nothing counts as typed.
 */
export function readEarlyTyping(views: readonly QuestionView[]): Map<string, AnswerPatch> {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (navigation?.type !== 'navigate') return new Map()
  const patches = views.flatMap(({ rules }): [string, AnswerPatch][] => {
    const form = document.getElementById(`question-${rules.id}`)
    return form instanceof HTMLFormElement ? [[rules.id, patchOfForm(form, rules)]] : []
  })
  return new Map(patches.filter(([, patch]) => Object.keys(patch).length > 0))
}
