import type { Config } from '../../config.ts'
import { allowsDemoAccounts, isHttps, isLoopback } from '../../config.ts'
import type { TextKey } from '../../text/catalogue.ts'
import type { TextValues } from '../../text/text.ts'
import type { SchemaAge } from './backup.ts'

// What a check found, and the judgements that need nothing but figures. Gathering the figures is in doctor-checks.ts.

export type FindingState = 'ok' | 'warning' | 'error'

export const checkNames = ['settings', 'demo', 'mail', 'disk', 'database', 'schema', 'isolation', 'files', 'clock', 'audit'] as const
export type CheckName = (typeof checkNames)[number]

export interface Finding {
  readonly check: CheckName
  readonly state: FindingState
  /** What is so, and what to do where something is wrong. */
  readonly text: TextKey
  readonly values?: TextValues
}

const found = (check: CheckName, state: FindingState, text: TextKey, values?: TextValues): Finding => ({ check, state, text, values })

/** Whether the addresses make sense together: passwords must not travel in the clear, figures must not be public. */
export function judgeAddress(config: Config): Finding[] {
  const { host, port, publicUrl, metrics } = config
  const findings: Finding[] = []
  if (publicUrl === null)
    findings.push(
      isLoopback(host)
        ? found('settings', 'ok', 'operations.doctor.settings.local', { host, port: String(port) })
        : found('settings', 'warning', 'operations.doctor.settings.open', { host }),
    )
  else if (isHttps(config)) findings.push(found('settings', 'ok', 'operations.doctor.settings.https', { publicUrl }))
  else
    findings.push(
      isLoopback(new URL(publicUrl).hostname)
        ? found('settings', 'ok', 'operations.doctor.settings.local', { host, port: String(port) })
        : found('settings', 'error', 'operations.doctor.settings.http', { publicUrl }),
    )
  if (metrics !== null && !isLoopback(metrics.host))
    findings.push(found('settings', 'warning', 'operations.doctor.settings.metrics', { host: metrics.host, port: String(metrics.port) }))
  return findings
}

/** @param people how many invented people could sign in */
export function judgeDemo(config: Config, people: number): Finding {
  if (people === 0) return found('demo', 'ok', 'operations.doctor.demo.none')
  if (!allowsDemoAccounts(config)) return found('demo', 'warning', 'operations.doctor.demo.left', { people })
  return found('demo', 'warning', 'operations.doctor.demo.open', { people })
}

const enough = 1_000_000_000 // bytes
const least = 200_000_000 // bytes

/** @param free bytes that the account may still write */
export function judgeSpace(free: number, folder: string): Finding {
  const values = { free: Math.round(free / 1_000_000), folder }
  if (free < least) return found('disk', 'error', 'operations.doctor.disk.full', values)
  return found(
    'disk',
    free < enough ? 'warning' : 'ok',
    free < enough ? 'operations.doctor.disk.little' : 'operations.doctor.disk.space',
    values,
  )
}

export interface DatabaseFacts {
  /** Such as 180001. */
  versionNumber: number
  version: string
  role: string
  isPrivileged: boolean
  encoding: string
}

export function judgeDatabase({ versionNumber, version, role, isPrivileged, encoding }: DatabaseFacts): Finding[] {
  const findings: Finding[] = []
  if (versionNumber < 150_000) findings.push(found('database', 'error', 'operations.doctor.database.old', { version }))
  if (isPrivileged) findings.push(found('database', 'error', 'operations.doctor.database.privileged', { role }))
  if (encoding !== 'UTF8') findings.push(found('database', 'error', 'operations.doctor.database.encoding', { encoding }))
  return findings.length > 0 ? findings : [found('database', 'ok', 'operations.doctor.database.fine', { version, role })]
}

export function judgeSchema(age: SchemaAge, count: number): Finding {
  if (age === 'same') return found('schema', 'ok', 'operations.doctor.schema.fine', { count })
  return age === 'older'
    ? found('schema', 'warning', 'operations.doctor.schema.older')
    : found('schema', 'error', 'operations.doctor.schema.newer')
}

/** @param open tables of cities that another city could read; @param changeable tables that must only grow but can be changed */
export function judgeIsolation(open: readonly string[], changeable: readonly string[], tables: number): Finding[] {
  const findings: Finding[] = []
  if (open.length > 0) findings.push(found('isolation', 'error', 'operations.doctor.isolation.open', { tables: open.join(', ') }))
  if (changeable.length > 0)
    findings.push(found('isolation', 'error', 'operations.doctor.isolation.changeable', { tables: changeable.join(', ') }))
  return findings.length > 0 ? findings : [found('isolation', 'ok', 'operations.doctor.isolation.fine', { tables })]
}

/** @param differenceMs clock of the database minus our own */
export function judgeClock(differenceMs: number): Finding {
  const seconds = Math.round(Math.abs(differenceMs) / 100) / 10
  if (seconds > 60) return found('clock', 'error', 'operations.doctor.clock.far', { seconds })
  return seconds > 2
    ? found('clock', 'warning', 'operations.doctor.clock.off', { seconds })
    : found('clock', 'ok', 'operations.doctor.clock.fine', { seconds })
}

export function judgeFiles(all: number, lost: number): Finding {
  if (lost > 0) return found('files', 'error', 'operations.doctor.files.lost', { lost, all })
  return found('files', 'ok', 'operations.doctor.files.fine', { all })
}

/** The worst of all states. */
export function worstOf(findings: readonly Finding[]): FindingState {
  const states = findings.map(({ state }) => state)
  return states.includes('error') ? 'error' : states.includes('warning') ? 'warning' : 'ok'
}
