import { randomBytes } from 'node:crypto'

// Without i, l, o and u, which are mistaken for 1, 0 and v.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const groups = 6
const groupLength = 4

/** One recovery code of 24 characters with 5 bits each: 120 bits, in groups that can be copied by hand. */
function newRecoveryCode(): string {
  const characters = [...randomBytes(groups * groupLength)].map((byte) => alphabet[byte % 32])
  return Array.from({ length: groups }, (_, i) => characters.slice(i * groupLength, (i + 1) * groupLength).join('')).join('-')
}

/** Ten codes that each replace the authenticator app once. */
export const newRecoveryCodes = (): string[] => Array.from({ length: 10 }, newRecoveryCode)

/** A recovery code as it was made, from whatever spacing and case it was typed in; null when it cannot be one. */
export function parseRecoveryCode(typed: string): string | null {
  const characters = typed.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1')
  if (characters.length !== groups * groupLength || [...characters].some((c) => !alphabet.includes(c))) return null
  return characters.match(/.{4}/g)!.join('-')
}

/** A code of the authenticator app; null when it is not six digits. */
export function parseAppCode(typed: string): string | null {
  const digits = typed.replaceAll(/[\s-]/g, '')
  return /^\d{6}$/.test(digits) ? digits : null
}
