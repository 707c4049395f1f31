import { randomBytes } from 'node:crypto'
import { sha256 } from '../../canonical.ts'
import { tokenPrefix } from './token.ts'

/** What the script of its owner sends: 32 random bytes behind a prefix that can be recognised. */
export const newSecret = (): string => tokenPrefix + randomBytes(32).toString('base64url')

/** What is stored of it. 32 random bytes cannot be guessed, so a plain hash is enough: who reads the database cannot use it. */
export const hashSecret = (secret: string): string => sha256(secret)
