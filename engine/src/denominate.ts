import { columnOf, withColumns, type Dataset } from './dataset.ts'
import { ShapeError } from './errors.ts'
import { ruleFor } from './method.ts'

/**
 * Divide indicators by size variables, so that units of different size compare.
 * @param dataset      raw values, NaN = missing
 * @param denominators indicator code -> name of the size variable; indicators that are not named stay as they are
 * @returns the dataset with the quotients; missing where the indicator or the size variable is missing
 * @throws {ShapeError} when an indicator or a size variable does not exist; {RangeError} when a size variable that is
 *   needed is zero or negative, naming unit and variable
 * @see OECD/JRC Handbook (2008), section 1.5; the same as Denominate() of COINr with a scale of 1
 */
export function denominate(dataset: Dataset, denominators: Readonly<Record<string, string>>): Dataset {
  for (const indicator of Object.keys(denominators)) columnOf(dataset, indicator)
  return withColumns(
    dataset,
    dataset.indicators.map((indicator, i) => {
      const column = dataset.columns[i] as Float64Array
      const name = ruleFor(denominators, indicator)
      return name === undefined ? column : divide(dataset, indicator, column, name)
    }),
  )
}

function divide(dataset: Dataset, indicator: string, column: Float64Array, name: string): Float64Array {
  const sizes = dataset.denominators.get(name)
  if (sizes === undefined) {
    throw new ShapeError(`Indicator "${indicator}" is divided by "${name}", which the data do not have: add the column or correct the name`)
  }
  return column.map((value, unit) => {
    const size = sizes[unit] as number
    if (!Number.isNaN(value) && size <= 0) {
      throw new RangeError(`"${name}" of unit "${dataset.units[unit]}" is ${size}: what divides an indicator must be above 0`)
    }
    return value / size
  })
}
