import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { plainFileName } from './file-name.ts'
import { getUpload, keepUpload } from './waiting-files.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'tessera-uploads-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
const place = { folder: 'earlier', about: '' }
const folder = join(dataDir, 'uploads', place.folder)
const now = new Date()
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
const bytes = new TextEncoder().encode('city,country')

describe('a file between preview and confirmation', () => {
  it('is the same bytes under their hash, and gone after a day', async () => {
    const { hash } = await keepUpload(dataDir, 'earlier.csv', bytes, now, place)
    const kept = await getUpload(dataDir, hash, later(23), place)
    expect([kept.fileName, new TextDecoder().decode(kept.bytes)]).toEqual(['earlier.csv', 'city,country'])
    await expect(getUpload(dataDir, hash, later(25), place)).rejects.toMatchObject({ code: 'EARLIER_UPLOAD_NOT_FOUND' })
  })

  it('cannot be swapped for another, and nothing but a hash leads to a file', async () => {
    const { hash } = await keepUpload(dataDir, 'earlier.csv', bytes, now, place)
    writeFileSync(join(folder, hash), 'something else')
    for (const name of [hash, '../../outbox', 'a'.repeat(64)])
      await expect(getUpload(dataDir, name, now, place)).rejects.toMatchObject({ code: 'EARLIER_UPLOAD_NOT_FOUND' })
  })

  it('is swept away when the next one comes after a day', async () => {
    const { hash } = await keepUpload(dataDir, 'old.csv', new TextEncoder().encode('old'), now, place)
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), later(-25), later(-25))
    await keepUpload(dataDir, 'new.csv', bytes, now, place)
    expect(readdirSync(folder)).toHaveLength(2)
    expect(readdirSync(folder)).not.toContain(hash)
  })

  it.each([
    [String.raw`C:\Users\me\results.csv`, 'results.csv'],
    ['../../etc/passwd', 'passwd'],
    ['a\u0000b\n.csv', 'ab.csv'],
    ['', 'file'],
  ])('has a plain name: %j', (name, plain) => expect(plainFileName(name)).toBe(plain))
})
