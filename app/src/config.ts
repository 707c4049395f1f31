import { resolve } from 'node:path'
import { AppError } from './errors.ts'
import { isLogLevel, type LogLevel, logLevels } from './log.ts'

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
  /** Least important lines that the log holds. */
  logLevel: LogLevel
  /** Where figures for a monitoring system are served; null = nowhere. */
  metrics: { host: string; port: number } | null
  /** Requests per minute; null = no limits. */
  rateLimits: RateLimits | null
  /** Sign-in with the organisation's own accounts; null = only with a password. */
  oidc: OidcSettings | null
  evidence: EvidenceSettings
}

/** Limits of the cities' evidence. */
export interface EvidenceSettings {
  /** Largest file. */
  fileMb: number
  /** Files in the library of a city. */
  filesPerCity: number
  /** All stored files of a city; a city can have a limit of its own. */
  totalMb: number
  /** Socket of ClamAV's daemon: a path, or host:port. Null = files are not scanned. */
  clamav: string | null
}

export interface RateLimits {
  /** Of a person who is signed in, or of an access token. */
  person: number
  /** Of a network address from which nobody is signed in. */
  address: number
  /** Of expensive computations and files, of either. */
  costly: number
}

export interface OidcSettings {
  /** Without a slash at the end. */
  issuer: string
  clientId: string
  clientSecret: string
  /** What people call it: stands on the button. */
  name: string
}

function url(name: string, value: string | undefined, schemes: string[]): string | null {
  if (!value) return null
  const scheme = URL.canParse(value) ? new URL(value).protocol.slice(0, -1) : ''
  if (!schemes.includes(scheme)) throw new AppError('SETTING_INVALID', { name, value, rule: schemes.map((s) => `${s}://`).join(' / ') })
  return value.replace(/\/+$/, '')
}

function requestsPerMinute(name: string, value: string | undefined, otherwise: number): number {
  const number = Number(value || otherwise)
  if (!Number.isInteger(number) || number < 1) throw new AppError('SETTING_INVALID', { name, value: value ?? '', rule: '1, 2, 3, …' })
  return number
}

function rateLimitsOf(env: Record<string, string | undefined>): RateLimits | null {
  if (env.RATE_LIMIT === '0') return null
  return {
    person: requestsPerMinute('RATE_LIMIT', env.RATE_LIMIT, 600),
    address: requestsPerMinute('RATE_LIMIT_ADDRESS', env.RATE_LIMIT_ADDRESS, 300),
    costly: requestsPerMinute('RATE_LIMIT_COSTLY', env.RATE_LIMIT_COSTLY, 30),
  }
}

function oidcOf(env: Record<string, string | undefined>): OidcSettings | null {
  const given = { OIDC_ISSUER: env.OIDC_ISSUER, OIDC_CLIENT_ID: env.OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: env.OIDC_CLIENT_SECRET }
  if (!Object.values(given).some(Boolean)) return null
  const missing = Object.entries(given).find(([, value]) => !value)
  if (missing) throw new AppError('SETTING_INVALID', { name: missing[0], value: '', rule: Object.keys(given).join(' + ') })
  const issuer = url('OIDC_ISSUER', given.OIDC_ISSUER, ['https', 'http'])!
  const { protocol, hostname } = new URL(issuer)
  if (protocol === 'http:' && !loopback.has(hostname))
    throw new AppError('SETTING_INVALID', { name: 'OIDC_ISSUER', value: issuer, rule: 'https://' })
  return { issuer, clientId: given.OIDC_CLIENT_ID!, clientSecret: given.OIDC_CLIENT_SECRET!, name: env.OIDC_NAME || hostname }
}

function portOf(name: string, value: string): number {
  const port = Number(value)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new AppError('SETTING_INVALID', { name, value, rule: '0-65535' })
  return port
}

/** Where a person watches the terminal, requests are not listed: the address and the sign-ins stay in sight. */
function logLevelOf(value: string | undefined): LogLevel {
  if (!value) return process.stderr.isTTY ? 'warn' : 'info'
  if (!isLogLevel(value)) throw new AppError('SETTING_INVALID', { name: 'LOG_LEVEL', value, rule: logLevels.join(' / ') })
  return value
}

function evidenceOf(env: Record<string, string | undefined>): EvidenceSettings {
  const whole = (name: string, otherwise: number) => {
    const value = Number(env[name] || otherwise)
    if (!Number.isInteger(value) || value < 1) throw new AppError('SETTING_INVALID', { name, value: env[name] ?? '', rule: '1, 2, 3, …' })
    return value
  }
  return {
    fileMb: whole('EVIDENCE_FILE_MB', 20),
    filesPerCity: whole('EVIDENCE_MAX_FILES', 100),
    totalMb: whole('EVIDENCE_MAX_MB', 1000),
    clamav: env.CLAMAV_SOCKET || null,
  }
}

/** @throws {AppError} SETTING_INVALID naming the variable and the rule it breaks */
export function readConfig(env: Record<string, string | undefined>): Config {
  return {
    host: env.HOST || '127.0.0.1',
    port: portOf('PORT', env.PORT || '3000'),
    publicUrl: url('PUBLIC_URL', env.PUBLIC_URL, ['https', 'http']),
    dataDir: resolve(env.DATA_DIR || './data'),
    databaseUrl: url('DATABASE_URL', env.DATABASE_URL, ['postgres', 'postgresql']),
    databaseMigrationUrl: url('DATABASE_MIGRATION_URL', env.DATABASE_MIGRATION_URL, ['postgres', 'postgresql']),
    demo: env.TESSERA_DEMO !== '0',
    smtpUrl: url('SMTP_URL', env.SMTP_URL, ['smtp', 'smtps']),
    mailFrom: env.MAIL_FROM || 'Tessera <tessera@localhost>',
    logLevel: logLevelOf(env.LOG_LEVEL),
    metrics: env.METRICS_PORT ? { host: env.METRICS_HOST || '127.0.0.1', port: portOf('METRICS_PORT', env.METRICS_PORT) } : null,
    rateLimits: rateLimitsOf(env),
    oidc: oidcOf(env),
    evidence: evidenceOf(env),
  }
}

const loopback = new Set(['127.0.0.1', 'localhost', '::1'])

/** Whether only this machine reaches an address. */
export const isLoopback = (host: string): boolean => loopback.has(host)

/** Demonstration accounts work only where nobody else can reach them. */
export function allowsDemoAccounts(config: Config): boolean {
  return config.demo && config.publicUrl === null && loopback.has(config.host)
}

/** Cookies and headers that demand https. */
export const isHttps = (config: Config): boolean => config.publicUrl?.startsWith('https://') ?? false
