import { randomBytes } from 'node:crypto'
import { sha256 } from '../../canonical.ts'

/** The secret of an invitation's link: 32 random bytes. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is stored of it: who reads the database cannot accept the invitation. */
export const hashToken = (token: string): string => sha256(token)
