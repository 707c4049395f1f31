import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from './errors.ts'

export interface Secrets {
  /** Signs cookies and encrypts second factors; at least 32 bytes. */
  signIn: string
}

/** Reads the secrets of this installation; makes them at the first start. */
export function readSecrets(dataDir: string): Secrets {
  mkdirSync(dataDir, { recursive: true })
  const file = join(dataDir, 'secrets.json')
  try {
    writeFileSync(file, JSON.stringify({ signIn: randomBytes(48).toString('base64url') }), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const secrets = JSON.parse(readFileSync(file, 'utf8')) as Secrets
  if (typeof secrets.signIn !== 'string' || secrets.signIn.length < 32)
    throw new AppError('SETTING_INVALID', { name: file, value: 'signIn', rule: '>= 32' })
  return secrets
}
