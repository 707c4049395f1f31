import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** SHA-256 over the canonical JSON (RFC 8785) of a value, as 64 hexadecimal digits. */
export function hashOf(value: unknown): string {
  return sha256(canonicalize(value) ?? 'null')
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
