import { describe, expect, inject, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { readConfig } from '../../config.ts'
import { translator } from '../../text/text.ts'
import { appendAnchor } from '../audit/anchor.ts'
import {
  judgeAddress,
  judgeClock,
  judgeDatabase,
  judgeDemo,
  judgeFiles,
  judgeIsolation,
  judgeSchema,
  judgeSpace,
  worstOf,
} from './doctor.ts'
import { examine } from './doctor-checks.ts'

const statesOf = (env: Record<string, string>) =>
  judgeAddress(readConfig(env)).map(({ state, text }) => `${state} ${text.split('.').at(-1)}`)

describe('what doctor thinks of the addresses', () => {
  it('is content on this machine alone, and behind https', () => {
    expect(statesOf({})).toEqual(['ok local'])
    expect(statesOf({ PUBLIC_URL: 'https://tessera.example.org', HOST: '0.0.0.0' })).toEqual(['ok https'])
    expect(statesOf({ PUBLIC_URL: 'http://localhost:3000' })).toEqual(['ok local'])
  })

  it('warns of an open port without https, and calls an address without https wrong', () => {
    expect(statesOf({ HOST: '0.0.0.0' })).toEqual(['warning open'])
    expect(statesOf({ PUBLIC_URL: 'http://tessera.example.org' })).toEqual(['error http'])
  })

  it('warns of figures that others can read', () => {
    expect(statesOf({ METRICS_PORT: '9464' })).toEqual(['ok local'])
    expect(statesOf({ METRICS_PORT: '9464', METRICS_HOST: '0.0.0.0' })).toEqual(['ok local', 'warning metrics'])
  })

  it('warns of demonstration sign-ins that work, and of ones that are left over', () => {
    const stateOf = (env: Record<string, string>, people: number) => judgeDemo(readConfig(env), people)
    expect(stateOf({}, 0).state).toBe('ok')
    expect(stateOf({}, 8)).toMatchObject({ state: 'warning', text: 'operations.doctor.demo.open' })
    expect(stateOf({ PUBLIC_URL: 'https://x.example.org' }, 8)).toMatchObject({ state: 'warning', text: 'operations.doctor.demo.left' })
  })
})

describe('what doctor thinks of figures', () => {
  const database = { versionNumber: 180_001, version: '18.1', role: 'tessera_app', isPrivileged: false, encoding: 'UTF8' }

  it('calls each fault of the database by its name', () => {
    const faults = (change: Partial<typeof database>) =>
      judgeDatabase({ ...database, ...change }).map(({ state, text }) => `${state} ${text.split('.').at(-1)}`)
    expect(faults({})).toEqual(['ok fine'])
    expect(faults({ versionNumber: 140_010 })).toEqual(['error old'])
    expect(faults({ isPrivileged: true, encoding: 'LATIN1' })).toEqual(['error privileged', 'error encoding'])
  })

  it('takes an unforced isolation and changeable history for errors', () => {
    expect(judgeIsolation([], [], 20).map(({ state }) => state)).toEqual(['ok'])
    expect(judgeIsolation(['answers'], ['results'], 20).map(({ state }) => state)).toEqual(['error', 'error'])
  })

  it('judges space, clock, files and schema by their limits', () => {
    expect([150e6, 500e6, 2e9].map((free) => judgeSpace(free, '/data').state)).toEqual(['error', 'warning', 'ok'])
    expect([0, -1_900, 5_000, -61_000].map((ms) => judgeClock(ms).state)).toEqual(['ok', 'ok', 'warning', 'error'])
    expect([judgeFiles(3, 0).state, judgeFiles(3, 1).state]).toEqual(['ok', 'error'])
    expect((['same', 'older', 'newer', 'other'] as const).map((age) => judgeSchema(age, 4).state)).toEqual([
      'ok',
      'warning',
      'error',
      'error',
    ])
  })

  it('sums up by the worst', () => {
    const finding = (state: 'ok' | 'warning' | 'error') => ({ check: 'disk', state, text: 'operations.doctor.database.absent' }) as const
    expect(worstOf([finding('ok')])).toBe('ok')
    expect(worstOf([finding('ok'), finding('warning')])).toBe('warning')
    expect(worstOf([finding('error'), finding('warning')])).toBe('error')
  })
})

describe('doctor on a database', () => {
  const { owner, dataDir, pool } = testDatabase()
  const examined = async () => {
    const { host, user } = inject('testServer').app
    const { database } = pool().options as { database: string }
    const config = readConfig({
      DATA_DIR: dataDir,
      DATABASE_URL: `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host!)}`,
    })
    const findings = await examine(translator('en'), config, new Date())
    return findings.map(({ check, state, text }) => `${state} ${check} ${text.split('.').at(-1)}`)
  }

  it('finds nothing wrong with a fresh one', async () => {
    expect((await examined()).sort()).toEqual([
      'ok audit fine',
      'ok clock fine',
      'ok database fine',
      'ok demo none',
      'ok disk space',
      'ok disk writable',
      'ok files fine',
      'ok isolation fine',
      'ok mail outbox',
      'ok schema fine',
      'ok settings local',
    ])
  })

  it('finds a table whose isolation is not forced, and history that could be changed', async () => {
    await owner().execute(`alter table answers no force row level security`)
    await owner().execute(`grant update on answer_history to ${inject('testServer').app.user}`)
    expect(await examined()).toEqual(expect.arrayContaining(['error isolation open', 'error isolation changeable']))
  })

  it('finds a file that the database lists and the disk does not have', async () => {
    const city = `(select id from cities where slug = 'doctor')`
    await owner().execute(`insert into cities (slug, name, country) values ('doctor', 'Doctor', 'DE')`)
    await owner().transaction(async (tx) => {
      await tx.execute(`select set_config('tessera.scope', 'network', true)`)
      await tx.execute(
        `insert into files (city_id, sha256, size, media_type, name, stored_as) values (${city}, '${'0'.repeat(64)}', 1, 'text/plain', 'a', 'no/such')`,
      )
    })
    expect(await examined()).toContain('error files lost')
  })

  it('finds a chain whose end was cut off since it was written down', async () => {
    appendAnchor(dataDir, { at: '2026-01-01T00:00:00.000Z', seq: 7, hash: 'f'.repeat(64) })
    expect(await examined()).toContain('error audit lost')
  })

  it('says when the database does not answer', async () => {
    const config = readConfig({ DATA_DIR: dataDir, DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' })
    expect((await examine(translator('en'), config, new Date())).map(({ state, text }) => `${state} ${text}`)).toContain(
      'error operations.doctor.database.unreachable',
    )
  })
})
