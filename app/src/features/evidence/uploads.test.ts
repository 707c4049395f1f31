import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { docx, exif, jpeg, paragraph, png, zipBomb } from '../../../test/evidence-files.ts'
import { addPerson, signIn, type SignedInPerson } from '../../../test/signed-in.ts'
import { simplePdf } from '../demo/simple-pdf.ts'
import { readNext } from './extraction.ts'
import { incomingPath, storedFilesFolder } from './storage.ts'
import { sweepFiles } from './sweep.ts'

const { rolledBack, dataDir } = testDatabase({ EVIDENCE_MAX_FILES: '3', EVIDENCE_FILE_MB: '2', EVIDENCE_MAX_MB: '3' })

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

interface UploadAnswer {
  id: string
  offset: number
  code?: string
  evidence: { id: string; title: string; file: { sha256: string; href: string; scan: string; pages: number | null } } | null
}

interface Sender {
  prepared: Prepared
  user: SignedInPerson
}

const begin = ({ user }: Sender, name: string, bytes: Uint8Array, sha256 = hashOf(bytes)): Promise<Response> =>
  user.ask('/api/v1/cities/home/uploads', {
    json: { name, size: bytes.length, sha256 },
    headers: { 'idempotency-key': randomUUID() },
  })

/** Sends bytes of an upload as a browser does. */
async function send({ prepared, user }: Sender, id: string, offset: number, body: BodyInit): Promise<Response> {
  const headers = { 'upload-offset': String(offset), cookie: user.cookie, 'content-type': 'application/offset+octet-stream' }
  return prepared.app.request(`/api/v1/uploads/${id}`, { method: 'PATCH', body, headers, duplex: 'half' } as RequestInit)
}

async function upload(sender: Sender, name: string, bytes: Uint8Array): Promise<{ status: number; body: UploadAnswer }> {
  const begun = await begin(sender, name, bytes)
  const first = (await begun.json()) as UploadAnswer
  if (begun.status !== 201) return { status: begun.status, body: first }
  const response = await send(sender, first.id, 0, bytes as BodyInit)
  return { status: response.status, body: (await response.json()) as UploadAnswer }
}

async function sender(prepared: Prepared, slug = 'home'): Promise<Sender> {
  const cityId = await addCity(prepared, slug)
  return { prepared, user: await signIn(prepared, await addPerson(prepared, 'city-coordinator', cityId)) }
}

/** Names of all files in the data folder's store, with their hashes. */
function storedFiles(): Map<string, string> {
  const root = storedFilesFolder(dataDir)
  const found = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(found.map((entry) => [join(entry.parentPath, entry.name), hashOf(readFileSync(join(entry.parentPath, entry.name)))]))
}

const text = strToU8('The council has adopted the plan.\n')

describe('uploading', () => {
  it('keeps a file only after hash, type and content were checked, outside of the web root under a random name', () =>
    rolledBack(async (prepared) => {
      const { status, body } = await upload(await sender(prepared), 'Council decision_2025.txt', text)
      expect(status).toBe(200)
      expect(body.evidence).toMatchObject({ title: 'Council decision 2025', file: { sha256: hashOf(text), scan: 'not-scanned' } })
      const [[path, hash] = ['', '']] = [...storedFiles()].slice(-1)
      expect(path).toMatch(/files\/[0-9a-f]{2}\/[0-9a-f]{32}$/)
      expect(hash).toBe(hashOf(text))
      expect(statSync(path).mode & 0o077).toBe(0)
    }))

  it('goes on after a broken connection, where the server says', () =>
    rolledBack(async (prepared) => {
      const from = await sender(prepared)
      const pdf = simplePdf('Plan', [['Plan', ...Array.from({ length: 40 }, (_, i) => `Line ${i}`)]])
      const { id } = (await (await begin(from, 'plan.pdf', pdf)).json()) as UploadAnswer
      const half = Math.floor(pdf.length / 2)
      const broken = new ReadableStream({
        start: (controller) => controller.enqueue(pdf.slice(0, half)),
        pull: (controller) => controller.error(new Error('connection lost')),
      })
      expect((await send(from, id, 0, broken as unknown as BodyInit)).status).toBe(400)
      const known = await from.user.ask(`/api/v1/uploads/${id}`)
      expect(known.headers.get('upload-offset')).toBe(String(half))
      const wrong = await send(from, id, 0, pdf as BodyInit)
      expect([wrong.status, ((await wrong.json()) as UploadAnswer).offset]).toEqual([409, half])
      const done = (await (await send(from, id, half, pdf.slice(half) as BodyInit)).json()) as UploadAnswer
      expect(done.evidence?.file.sha256).toBe(hashOf(pdf))
      const again = (await (await send(from, id, half, pdf.slice(half) as BodyInit)).json()) as UploadAnswer
      expect(again.evidence?.id).toBe(done.evidence?.id) // a repeated last request has no second effect
    }))

  it.each([
    ['another hash than the sender has', 'a.txt', text, 422, 'FILE_HASH_DIFFERS', hashOf(strToU8('else'))],
    ['a program under the name of a PDF', 'a.pdf', strToU8('MZ\x90 this is a program'), 415, 'FILE_CONTENT_DIFFERS', undefined],
    [
      'what only begins like a PDF',
      'a.pdf',
      strToU8('%PDF-1.7\nminutes of the council, 12 objections'),
      415,
      'FILE_CONTENT_DIFFERS',
      undefined,
    ],
    ['a picture under the name of a text', 'a.txt', png(), 415, 'FILE_CONTENT_DIFFERS', undefined],
    ['a text document that unpacks to too much', 'a.docx', zipBomb(20), 413, 'FILE_UNPACKS_TOO_LARGE', undefined],
    ['half a text document', 'a.docx', docx(paragraph('x'.repeat(999))).slice(0, 500), 422, 'FILE_UNREADABLE', undefined],
  ])('refuses %s and keeps nothing of it', (_, name, bytes, status, code, hash) =>
    rolledBack(async (prepared) => {
      const before = storedFiles()
      const from = await sender(prepared)
      const { id } = (await (await begin(from, name, bytes, hash)).json()) as UploadAnswer
      const response = await send(from, id, 0, bytes as BodyInit)
      const body = (await response.json()) as UploadAnswer
      expect([response.status, body.code]).toEqual([status, code])
      expect(storedFiles()).toEqual(before)
      expect((await from.user.ask(`/api/v1/uploads/${id}`)).status).toBe(404)
      const { evidence } = (await (await from.user.ask('/api/v1/cities/home/evidence')).json()) as { evidence: unknown[] }
      expect(evidence).toEqual([])
    }),
  )

  it('refuses before a byte is sent: type, size, an empty file, a full library', () =>
    rolledBack(async (prepared) => {
      const from = await sender(prepared)
      const code = async (name: string, size: number) => {
        const response = await from.user.ask('/api/v1/cities/home/uploads', {
          json: { name, size, sha256: hashOf(text) },
          headers: { 'idempotency-key': randomUUID() },
        })
        return [response.status, ((await response.json()) as UploadAnswer).code]
      }
      expect(await code('tool.exe', 10)).toEqual([415, 'FILE_TYPE_REFUSED'])
      expect(await code('film.pdf', 3 * 1024 * 1024)).toEqual([413, 'FILE_TOO_LARGE'])
      expect(await code('empty.pdf', 0)).toEqual([422, 'FILE_EMPTY'])
      for (const name of ['1.txt', '2.txt', '3.txt']) expect((await upload(from, name, text)).status).toBe(200)
      expect(await code('4.txt', 10)).toEqual([413, 'EVIDENCE_QUOTA_FILES'])
    }))

  it('makes two entries of the same content, both with their bytes, and of the same name', () =>
    rolledBack(async (prepared) => {
      const from = await sender(prepared)
      const entries = [(await upload(from, 'a.txt', text)).body.evidence!, (await upload(from, 'a.txt', text)).body.evidence!]
      expect(entries[0]!.id).not.toBe(entries[1]!.id)
      expect([...storedFiles().values()].filter((hash) => hash === hashOf(text)).length).toBeGreaterThanOrEqual(2)
    }))

  it('refuses more bytes than were announced, and leaves the upload as it was', () =>
    rolledBack(async (prepared) => {
      const from = await sender(prepared)
      const { id } = (await (await begin(from, 'a.txt', text)).json()) as UploadAnswer
      const response = await send(from, id, 0, strToU8(`${'x'.repeat(500)}`) as BodyInit)
      expect([response.status, ((await response.json()) as UploadAnswer).code]).toEqual([422, 'UPLOAD_TOO_LONG'])
    }))

  it('stores a picture without what the camera wrote', () =>
    rolledBack(async (prepared) => {
      const { body } = await upload(await sender(prepared), 'town-hall.jpg', jpeg(exif(1, 'GPS 50.0 N')))
      expect(body.evidence?.file.sha256).toBe(hashOf(jpeg()))
    }))

  it('shows an upload to nobody but who began it', () =>
    rolledBack(async (prepared) => {
      const from = await sender(prepared)
      const { id } = (await (await begin(from, 'a.txt', text)).json()) as UploadAnswer
      const other = await sender(prepared, 'away')
      expect((await other.user.ask(`/api/v1/uploads/${id}`)).status).toBe(404)
      expect((await send({ prepared, user: other.user }, id, 0, text as BodyInit)).status).toBe(404)
    }))

  it('needs the offset, and a city in which the person may add', () =>
    rolledBack(async (prepared) => {
      const from = await sender(prepared)
      const { id } = (await (await begin(from, 'a.txt', text)).json()) as UploadAnswer
      expect((await from.user.ask(`/api/v1/uploads/${id}`, { method: 'PATCH', json: {} })).status).toBe(428)
      const cityId = await addCity(prepared, 'other')
      const reader = await signIn(prepared, await addPerson(prepared, 'approver', cityId))
      const refused = await reader.ask('/api/v1/cities/other/uploads', {
        json: { name: 'a.txt', size: 3, sha256: hashOf(text) },
        headers: { 'idempotency-key': randomUUID() },
      })
      expect(refused.status).toBe(403)
    }))
})

describe('reading new files', () => {
  it('stores the text of each page, and says of a locked or damaged one that there is none', () =>
    rolledBack(async (prepared) => {
      const from = await sender(prepared)
      const good = (
        await upload(
          from,
          'plan.pdf',
          simplePdf('Plan', [
            ['Plan', 'first'],
            ['More', 'second'],
          ]),
        )
      ).body.evidence!
      const bad = (await upload(from, 'broken.pdf', strToU8('%PDF-1.7\n1 0 obj\n<< /Type /Cata'))).body.evidence!
      while (await readNext(prepared.services));
      const show = async (id: string) =>
        (await (await from.user.ask(`/api/v1/cities/home/evidence/${id}`)).json()) as UploadAnswer['evidence']
      expect((await show(good.id))?.file).toMatchObject({ pages: 2, isRead: true, isUnopened: false })
      expect((await show(bad.id))?.file).toMatchObject({ pages: null, isRead: true, isUnopened: true })
      const page = async (path: string) => (await from.user.ask(`/cities/home/evidence${path}`)).text()
      expect(await page(`/${bad.id}`)).toContain('save it again without a password')
      expect((await page('')).match(/class="evidence-unopened"/g)).toHaveLength(1) // of two files
      expect((await from.user.ask(`/cities/home/evidence/${bad.id}/file`)).status).toBe(200) // nothing is lost
    }))
})

describe('sweeping', () => {
  it('removes broken uploads after a day and files without a row after an hour, and nothing else', () =>
    rolledBack(async (prepared) => {
      const from = await sender(prepared)
      await upload(from, 'kept.txt', text)
      const old = new Date(Date.now() - 25 * 3600 * 1000)
      for (const path of storedFiles().keys()) utimesSync(path, old, old)
      const put = async (path: string, at: Date) => {
        await mkdir(join(path, '..'), { recursive: true })
        await writeFile(path, 'x')
        utimesSync(path, at, at)
        return path
      }
      const root = storedFilesFolder(dataDir)
      const orphan = await put(join(root, 'ab', 'ab00000000000000000000000000000'), old)
      const young = await put(join(root, 'ab', 'ab11111111111111111111111111111'), new Date())
      const broken = await put(incomingPath(dataDir, 'begun'), old)
      await sweepFiles(prepared.services)
      const left = storedFiles()
      expect([left.has(orphan), left.has(young), left.has(broken)]).toEqual([false, true, false])
      expect([...left.values()]).toContain(hashOf(text))
    }))
})
