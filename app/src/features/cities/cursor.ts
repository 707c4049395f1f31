import { AppError } from '../../errors.ts'

/** Where a list goes on: the sort values of the last row that was given, opaque to callers. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

const largest = 8e15 // fits a moment in milliseconds and a database key

const isKind = (value: unknown, kind: 'string' | 'number'): boolean =>
  typeof value === kind && (typeof value !== 'number' || (Number.isInteger(value) && Math.abs(value) <= largest))

/**
 * @param kinds what the values of a cursor of this list are
 * @throws {AppError} INPUT_INVALID for anything that this list has not given
 */
export function decodeCursor(cursor: string | undefined, kinds: readonly ('string' | 'number')[]): (string | number)[] | null {
  if (cursor === undefined) return null
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const isWhole = Array.isArray(values) && values.length === kinds.length && kinds.every((kind, i) => isKind(values[i], kind))
    if (isWhole) return values as (string | number)[]
  } catch {
    // said below
  }
  throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'cursor', message: 'cities.api.cursor' }] })
}

/** Cuts the one row too many that says whether there is more. */
export function toSlice<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (row: T) => readonly (string | number)[],
): { rows: T[]; next: string | null } {
  const slice = rows.slice(0, limit)
  return { rows: slice, next: rows.length > limit ? encodeCursor(cursorOf(slice.at(-1)!)) : null }
}
