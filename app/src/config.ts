import { resolve } from 'node:path'
import { AppError } from './errors.ts'

/** All settings, read once from the environment. The operator's guide explains each. */
export interface Config {
  host: string
  port: number
  /** Address under which people reach the server, https in production; null = http://localhost:PORT. */
  publicUrl: string | null
  dataDir: string
  databaseUrl: string | null
  databaseMigrationUrl: string | null
  /** Load and allow the synthetic demonstration network. */
  demo: boolean
  smtpUrl: string | null
  mailFrom: string
}

function url(name: string, value: string | undefined, schemes: string[]): string | null {
  if (!value) return null
  const scheme = URL.canParse(value) ? new URL(value).protocol.slice(0, -1) : ''
  if (!schemes.includes(scheme)) throw new AppError('SETTING_INVALID', { name, value, rule: schemes.map((s) => `${s}://`).join(' / ') })
  return value.replace(/\/+$/, '')
}

/** @throws {AppError} SETTING_INVALID naming the variable and the rule it breaks */
export function readConfig(env: Record<string, string | undefined>): Config {
  const port = Number(env.PORT || 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new AppError('SETTING_INVALID', { name: 'PORT', value: env.PORT ?? '', rule: '0-65535' })
  return {
    host: env.HOST || '127.0.0.1',
    port,
    publicUrl: url('PUBLIC_URL', env.PUBLIC_URL, ['https', 'http']),
    dataDir: resolve(env.DATA_DIR || './data'),
    databaseUrl: url('DATABASE_URL', env.DATABASE_URL, ['postgres', 'postgresql']),
    databaseMigrationUrl: url('DATABASE_MIGRATION_URL', env.DATABASE_MIGRATION_URL, ['postgres', 'postgresql']),
    demo: env.TESSERA_DEMO !== '0',
    smtpUrl: url('SMTP_URL', env.SMTP_URL, ['smtp', 'smtps']),
    mailFrom: env.MAIL_FROM || 'Tessera <tessera@localhost>',
  }
}

const loopback = new Set(['127.0.0.1', 'localhost', '::1'])

/** Demonstration accounts work only where nobody else can reach them. */
export function allowsDemoAccounts(config: Config): boolean {
  return config.demo && config.publicUrl === null && loopback.has(config.host)
}

/** Cookies and headers that demand https. */
export const isHttps = (config: Config): boolean => config.publicUrl?.startsWith('https://') ?? false
