import { spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { addCity } from '../../../test/accounts.ts'
import { testDatabase } from '../../../test/database.ts'
import { addPerson, signIn } from '../../../test/signed-in.ts'
import { storedFilesFolder } from './storage.ts'

// The folder of the files on a disk of 1 MB of its own. That needs the right to mount, which not every machine gives.

const { rolledBack, dataDir } = testDatabase()
const folder = storedFilesFolder(dataDir)
mkdirSync(folder, { recursive: true })
const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder])
const canMount = mount.status === 0
afterAll(() => {
  if (canMount) spawnSync('umount', [folder])
})

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe.skipIf(!canMount)('a full disk', () => {
  it('refuses what does not fit with 507, keeps what was stored, leaves no half file, and takes files again later', () =>
    rolledBack(async (prepared) => {
      const cityId = await addCity(prepared, 'home')
      const user = await signIn(prepared, await addPerson(prepared, 'city-coordinator', cityId))
      const upload = async (letter: string) => {
        const bytes = Buffer.alloc(300 * 1024, letter)
        const begun = await user.ask('/api/v1/cities/home/uploads', {
          json: { name: `${letter}.txt`, size: bytes.length, sha256: hashOf(bytes) },
          headers: { 'idempotency-key': randomUUID() },
        })
        const { id } = (await begun.json()) as { id: string }
        const response = await prepared.app.request(`/api/v1/uploads/${id}`, {
          method: 'PATCH',
          body: bytes,
          headers: { cookie: user.cookie, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
        })
        const known = await user.ask(`/api/v1/uploads/${id}`)
        return [response.status, ((await response.json()) as { code?: string }).code, known.headers.get('upload-offset')]
      }
      for (const letter of ['a', 'b', 'c']) expect(await upload(letter)).toEqual([200, undefined, String(300 * 1024)])
      for (const letter of ['d', 'e']) expect(await upload(letter)).toEqual([507, 'STORAGE_FULL', '0'])
      const { evidence } = (await (await user.ask('/api/v1/cities/home/evidence')).json()) as {
        evidence: { title: string; file: { sha256: string; href: string } }[]
      }
      expect(evidence.map(({ title }) => title).sort()).toEqual(['a', 'b', 'c'])
      const onDisk = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('incoming'))
        .map((entry) => hashOf(readFileSync(join(entry.parentPath, entry.name))))
      expect(onDisk.sort()).toEqual(evidence.map(({ file }) => file.sha256).sort())
      spawnSync('mount', ['-o', 'remount,size=4m', folder])
      expect(await upload('f')).toEqual([200, undefined, String(300 * 1024)])
    }))
})

it('says when it could not be tried', () => {
  if (!canMount) console.log('a full disk was not tried: this machine does not let the test mount one')
  expect(existsSync(folder)).toBe(true)
})
