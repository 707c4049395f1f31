import { columnOf, type Dataset } from './dataset.ts'
import type { Framework } from './framework.ts'
import { ruleFor, type Method, type Normalisation } from './method.ts'
import type { Problem } from './problem.ts'
import { rangeOf } from './transform.ts'

/**
 * Values that no method can make an index of: units without any value (unless they are screened), indicators without
 * any value, and indicators with one value only where the normalisation has to tell units apart.
 * @param dataset as read, before any step; its columns hold the leaves of the framework
 * @param lines   n lines of the file, for the message; null when there is no file
 */
export function checkValues(dataset: Dataset, framework: Framework, method: Method, lines: readonly number[] | null): Problem[] {
  const leaves = framework.elements.filter(({ level }) => level === 1).map(({ code }) => code)
  const columns = leaves.map((code) => columnOf(dataset, code))
  const isScreened = (method.screening?.minAvailability ?? 0) > 0
  const emptyUnits = isScreened ? [] : [...dataset.units.keys()].filter((unit) => columns.every((column) => Number.isNaN(column[unit])))
  return [
    ...emptyUnits.map((unit) =>
      problem(
        lines?.[unit] ?? null,
        'uCode',
        dataset.units[unit] as string,
        'the unit has no value at all; remove it or screen units by coverage',
      ),
    ),
    ...leaves.flatMap((code, i) =>
      indicatorProblems(code, columns[i] as Float64Array, ruleFor(method.normalisationOf, code) ?? method.normalisation, method),
    ),
  ]
}

function indicatorProblems(code: string, column: Float64Array, normalisation: Normalisation, { denomination }: Method): Problem[] {
  const { min, max } = rangeOf(column)
  if (min > max) return [problem(null, code, null, 'the indicator has no value at all; remove it from the framework or fill it')]
  const spreads = ['minmax', 'zscore', 'distanceToMaximum', 'distanceToReference'].includes(normalisation.kind)
  if (min < max || !spreads || ruleFor(denomination, code) !== undefined) return []
  return [
    problem(
      null,
      code,
      String(min),
      `all units have the same value, which ${normalisation.kind} cannot spread; remove the indicator or use goalposts`,
    ),
  ]
}

function problem(line: number | null, column: string, value: string | null, rule: string): Problem {
  return { source: 'data', line, column, value, rule }
}
