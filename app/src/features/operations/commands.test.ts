import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { tessera } from '../../../test/command-line.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-operate-'))
  vi.stubEnv('DATA_DIR', join(folder, 'data'))
  for (const name of ['DATABASE_URL', 'PUBLIC_URL', 'SMTP_URL', 'HOST']) vi.stubEnv(name, '')
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

describe('the commands of operators, where nothing was started yet', () => {
  it('back up nothing, and make nothing', async () => {
    const { code, err } = await tessera(['backup', join(folder, 'x.tar.gz')])
    expect([code, err]).toEqual([1, expect.stringContaining('There is nothing to back up')])
    expect(readdirSync(folder)).toEqual([])
  })

  it('refuse to restore what is no backup before anything is touched', async () => {
    const file = join(folder, 'foreign')
    writeFileSync(file, 'something else')
    for (const args of [[], ['--check'], ['--replace', '--confirm']]) {
      const { code, err } = await tessera(['restore', file, ...args], 'de_DE.UTF-8')
      expect([code, err]).toEqual([1, expect.stringContaining('das ist keine Sicherung von Tessera')])
    }
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  it('examine in words or as JSON, and end well with warnings alone', async () => {
    const { code, out } = await tessera(['doctor'])
    expect(code).toBe(0)
    expect(out).toContain('warning  Database  There is none yet in the data folder.')
    const { findings } = JSON.parse((await tessera(['doctor', '--json', '--language', 'de'])).out) as { findings: { text: string }[] }
    expect(findings.map(({ text }) => text)).toContain('Im Datenordner gibt es noch keine. Der erste Start legt sie an.')
  })

  it('end with 1 when something is wrong', async () => {
    vi.stubEnv('PUBLIC_URL', 'http://tessera.example.org')
    const { code, out } = await tessera(['doctor'])
    vi.stubEnv('PUBLIC_URL', '')
    expect([code, out]).toEqual([1, expect.stringContaining('passwords would travel unencrypted')])
  })

  it('end with 2 when they are used in a wrong way', async () => {
    expect((await tessera(['backup'])).code).toBe(2)
    expect((await tessera(['export'])).code).toBe(2)
    expect((await tessera(['import', 'answers', 'x.csv'])).code).toBe(2)
    expect((await tessera(['import', 'facts', join(folder, 'no-such.csv')])).code).toBe(1)
  })
})
