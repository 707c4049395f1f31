import { z } from '@hono/zod-openapi'
import { AppError } from '../../errors.ts'

/** Header of every operation that changes something shared. */
export const ifMatchHeader = z.object({
  'if-match': z.string().optional().openapi({ description: 'The version you have seen, such as "3".', example: '"3"' }),
})

/**
 * Version in If-Match: "3" or 3; 0 = does not exist yet.
 * @throws {AppError} PRECONDITION_MISSING
 */
export function versionOf(header: string | undefined): number {
  const digits = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header?.trim() ?? '')?.[1]
  if (digits === undefined) throw new AppError('PRECONDITION_MISSING')
  return Number(digits)
}
