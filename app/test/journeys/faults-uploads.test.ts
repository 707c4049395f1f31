import { spawnSync } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FaultScene, scale, wait } from './faults.ts'
import type { ApiClient } from './server.ts'

// Files that break off, that are others than they say, that find no room. Whatever happens to one, every earlier file stays as it is.

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** A text that nobody has uploaded before. @param size bytes, even */
const newText = (size: number): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(randomBytes(size / 2).toString('hex')))

interface Entry {
  id: string
  title: string
  file: { name: string; sha256: string; href: string } | null
}

interface Upload {
  id: string
  offset: number
  evidence: Entry | null
}

/** Somebody with a library. */
class Uploader {
  readonly client: ApiClient
  private readonly scene: FaultScene
  private readonly slug: string

  constructor(scene: FaultScene, client: ApiClient, slug: string) {
    this.scene = scene
    this.client = client
    this.slug = slug
  }

  static async of(scene: FaultScene): Promise<Uploader> {
    const [city] = await scene.query<{ slug: string }>(
      'select slug from cities join assessments on city_id = cities.id where assessments.id = $1',
      [scene.assessmentId],
    )
    return new Uploader(scene, await scene.signedIn(), city!.slug)
  }

  async begin(name: string, bytes: Uint8Array, claimed = sha256(bytes)): Promise<Response> {
    const body = { name, size: bytes.length, sha256: claimed }
    return this.client.call('POST', `/api/v1/cities/${this.slug}/uploads`, body, { 'Idempotency-Key': randomUUID() })
  }

  async begun(name: string, bytes: Uint8Array, claimed?: string): Promise<string> {
    const response = await this.begin(name, bytes, claimed)
    expect(response.status).toBe(201)
    return ((await response.json()) as Upload).id
  }

  send(id: string, bytes: Uint8Array<ArrayBuffer>, offset = 0): Promise<Response> {
    const headers = { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' }
    return this.client.call('PATCH', `/api/v1/uploads/${id}`, new Blob([bytes]), headers)
  }

  /** Announces so many bytes, sends some of them and hangs up. */
  sendPart(id: string, bytes: Uint8Array, announced = bytes.length): Promise<void> {
    return new Promise((done) => {
      const sent = request(`${this.scene.server.address}/api/v1/uploads/${id}`, {
        method: 'PATCH',
        headers: {
          cookie: this.client.cookie,
          'upload-offset': '0',
          'content-type': 'application/offset+octet-stream',
          'content-length': String(announced),
        },
      })
      sent.on('error', () => done())
      sent.on('response', (response) => response.resume().on('end', () => done()))
      sent.write(bytes, () => setTimeout(() => sent.destroy(), 20))
      sent.on('close', () => done())
    })
  }

  async whole(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Entry> {
    const response = await this.send(await this.begun(name, bytes), bytes)
    expect(response.status).toBe(200)
    return ((await response.json()) as Upload).evidence!
  }

  /** Entries of the library that are files. */
  async files(): Promise<Entry[]> {
    const { evidence } = await this.client.get<{ evidence: Entry[] }>(`/api/v1/cities/${this.slug}/evidence?limit=200`)
    return evidence.filter(({ file }) => file !== null)
  }

  /** Downloads every file of the library. @returns SHA-256 of what came, by the key of the entry */
  async hashes(): Promise<Record<string, string>> {
    const found: Record<string, string> = {}
    for (const { id, file } of await this.files()) {
      const response = await this.client.call('GET', file!.href)
      expect(response.status).toBe(200)
      found[id] = sha256(Buffer.from(await response.arrayBuffer()))
      expect(found[id], file!.name).toBe(file!.sha256)
    }
    return found
  }

  /** Every row of the database has its file, whole. */
  async expectRowsHaveFiles(): Promise<void> {
    const rows = await this.scene.query<{ stored_as: string; sha256: string }>('select stored_as, sha256 from files')
    for (const row of rows)
      expect(sha256(readFileSync(join(this.scene.server.dataDir, 'files', row.stored_as))), row.stored_as).toBe(row.sha256)
  }
}

describe('uploads that go wrong', () => {
  const scene = new FaultScene({ EVIDENCE_MAX_FILES: '2000', EVIDENCE_TOTAL_MB: '2000' })
  let uploader: Uploader

  beforeAll(async () => {
    await scene.start()
    uploader = await Uploader.of(scene)
    for (let i = 0; i < 5 * scale; i++) await uploader.whole(`earlier ${i}.txt`, newText(20_000))
  })
  afterAll(() => scene.server.stop())

  /** Runs `work` and looks whether every earlier file is as it was. @returns how many entries were added */
  async function withEarlierUntouched(work: () => Promise<void>): Promise<number> {
    const before = await uploader.hashes()
    await work()
    const after = await uploader.hashes()
    expect(after).toMatchObject(before)
    await uploader.expectRowsHaveFiles()
    return Object.keys(after).length - Object.keys(before).length
  }

  it('leave no entry when they break off at any point, can be continued, and change no earlier file', async () => {
    const begun: { id: string; bytes: Uint8Array<ArrayBuffer> }[] = []
    const added = await withEarlierUntouched(async () => {
      for (let round = 0; round < 2 * scale; round++)
        for (const part of [0.01, 0.25, 0.5, 0.75, 0.99]) {
          const bytes = newText(300_000)
          const id = await uploader.begun(`broken ${part}.txt`, bytes)
          await uploader.sendPart(id, bytes.subarray(0, bytes.length * part), bytes.length)
          begun.push({ id, bytes })
        }
    })
    expect(added).toBe(0)
    const continued = await withEarlierUntouched(async () => {
      for (const { id, bytes } of begun) {
        let { offset } = await uploader.client.get<Upload>(`/api/v1/uploads/${id}`)
        // the broken request may still be on its way out
        let response = await uploader.send(id, bytes.subarray(offset), offset)
        for (let attempt = 0; response.status === 409 && attempt < 20; attempt++) {
          await wait(100)
          offset = (await uploader.client.get<Upload>(`/api/v1/uploads/${id}`)).offset
          response = await uploader.send(id, bytes.subarray(offset), offset)
        }
        expect(response.status).toBe(200)
        expect(((await response.json()) as Upload).evidence!.file!.sha256).toBe(sha256(bytes))
      }
    })
    expect(continued).toBe(begun.length)
  })

  it('leave no entry when length or SHA-256 are not what was announced', async () => {
    const added = await withEarlierUntouched(async () => {
      for (let round = 0; round < 3 * scale; round++) {
        const bytes = newText(40_000)
        const wrongHash = await uploader.send(await uploader.begun('hash.txt', bytes, sha256(newText(10))), bytes)
        expect([wrongHash.status, ((await wrongHash.json()) as { code: string }).code]).toEqual([422, 'FILE_HASH_DIFFERS'])
        const tooLong = await uploader.send(await uploader.begun('long.txt', bytes.subarray(0, 30_000)), bytes)
        expect([tooLong.status, ((await tooLong.json()) as { code: string }).code]).toEqual([422, 'UPLOAD_TOO_LONG'])
        const unfinished = await uploader.send(await uploader.begun('short.txt', bytes), bytes.subarray(0, 30_000))
        expect([unfinished.status, ((await unfinished.json()) as Upload).evidence]).toEqual([200, null])
        // a Content-Length that is smaller, then larger than what follows
        await uploader.sendPart(await uploader.begun('less.txt', bytes), bytes, 10_000)
        await uploader.sendPart(await uploader.begun('more.txt', bytes), bytes.subarray(0, 10_000), 200_000)
      }
    })
    expect(added).toBe(0)
  })

  it('are two entries when the same content or the same name comes twice, and both can be downloaded', async () => {
    const added = await withEarlierUntouched(async () => {
      for (let round = 0; round < 2 * scale; round++) {
        const bytes = newText(10_000)
        const first = await uploader.whole('once.txt', bytes)
        const second = await uploader.whole('twice.txt', bytes)
        const sameName = await uploader.whole('once.txt', newText(10_000))
        expect(new Set([first.id, second.id, sameName.id]).size).toBe(3)
      }
    })
    expect(added).toBe(6 * scale)
  })

  it('are not touched by saving an answer or removing another entry', async () => {
    const gone = await uploader.whole('to be removed.txt', newText(10_000))
    const added = await withEarlierUntouched(async () => {
      const version = (await scene.answersNow(uploader.client)).get(scene.questions[7]!)?.version ?? 0
      expect((await uploader.client.save(scene.assessmentId, scene.questions[7]!, version, { explanation: 'beside' })).status).toBe(200)
      await uploader.whole('kept.txt', newText(10_000))
    })
    expect(added).toBe(1)
    const before = await uploader.hashes()
    const removed = await uploader.client.call('DELETE', `${gone.file!.href.replace(/\/file$/, '').replace(/^/, '/api/v1')}`, undefined, {
      'If-Match': '"1"',
    })
    expect(removed.status).toBe(204)
    const { [gone.id]: _, ...kept } = before
    expect(await uploader.hashes()).toEqual(kept)
  })
})

describe('a full disk', () => {
  const scene = new FaultScene({ EVIDENCE_MAX_FILES: '2000' })
  const folder = join(scene.server.dataDir, 'files')
  let isMounted = false

  beforeAll(async () => {
    mkdirSync(folder, { mode: 0o700 })
    isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder]).status === 0
    if (isMounted) await scene.start()
  })
  afterAll(async () => {
    if (!isMounted) return
    spawnSync('umount', ['--lazy', folder])
    await scene.server.stop()
  })

  it('refuses what has no room, keeps every file whole that it has a row for, and answers are saved all the same', async ({ skip }) => {
    skip(!isMounted, 'did not run: a disk of 8 MB cannot be mounted here')
    const uploader = await Uploader.of(scene)
    const megabyte = 1024 * 1024 // bytes
    await uploader.whole('fits.txt', newText(megabyte))
    // at once: they may share what is left in such a way that none of them fits
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const bytes = newText(megabyte)
        return (await uploader.send(await uploader.begun(`large ${i}.txt`, bytes), bytes)).status
      }),
    )
    expect(statuses.filter((status) => ![200, 507, 413].includes(status))).toEqual([])
    expect(statuses).toContain(507)
    await uploader.hashes()
    await uploader.expectRowsHaveFiles()
    const question = scene.questions[9]!
    const version = (await scene.answersNow(uploader.client)).get(question)?.version ?? 0
    const saved = await uploader.client.save(scene.assessmentId, question, version, { explanation: 'the disk of the files is full' })
    expect(saved.status).toBe(200)
    expect((await scene.historyOf(uploader.client, question))[0]!.explanation).toBe('the disk of the files is full')
  })
})
