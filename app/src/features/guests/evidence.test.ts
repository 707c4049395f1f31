import { randomUUID } from 'node:crypto'
import { strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, ask, type SignedInPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { assessments, waves } from '../../db/schema.ts'
import { simplePdf } from '../demo/simple-pdf.ts'
import { readNext } from '../evidence/extraction.ts'

const { rolledBack } = testDatabase({ EVIDENCE_MAX_FILES: '3' })
const day = 24 * 3600 * 1000 // ms
const pdf = simplePdf('Report', [['One'], ['Two'], ['Three'], ['Four', 'Twelve schools took part.']])

interface Scene {
  prepared: Prepared
  assessmentId: string
  coordinator: SignedInPerson
  token: string
  linkId: string
}

async function setScene(prepared: Prepared): Promise<Scene> {
  const { services } = prepared
  const cityId = await addCity(prepared, 'guest-town')
  const assessmentId = await inContext(services.db, systemContext, async (db) => {
    const times = { opensAt: new Date(Date.now() - day), closesAt: new Date(Date.now() + 30 * day), frozenAt: new Date() }
    const [wave] = await db
      .insert(waves)
      .values({ slug: 'w', name: 'Wave', ...times, instrumentVersionId: services.instruments.currentId })
      .returning({ id: waves.id })
    const [assessment] = await db.insert(assessments).values({ waveId: wave!.id, cityId }).returning({ id: assessments.id })
    return assessment!.id
  })
  const coordinator = await signIn(prepared, await addPerson(prepared, 'city-coordinator', cityId, 'Karla'))
  const made = await coordinator.ask(`/api/v1/assessments/${assessmentId}/guests`, {
    json: { questionIds: ['edu-04'], name: 'School office' },
    headers: { 'idempotency-key': randomUUID() },
  })
  const { id, link } = (await made.json()) as { id: string; link: string }
  return { prepared, assessmentId, coordinator, token: link.split('/').at(-1)!, linkId: id }
}

const operation = '/api/v1/guest/questions/edu-04/evidence'
const page = '/guest/questions/edu-04/evidence'

/** A form of a guest, with a file or without. */
async function send(
  { prepared, token }: Scene,
  path: string,
  fields: Record<string, string>,
  file: { name: string; bytes: Uint8Array } | null = null,
): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  if (file !== null) body.append('files', new File([file.bytes as BlobPart], file.name))
  return prepared.app.request(path, { method: 'POST', body, headers: { 'tessera-guest': token, 'accept-language': 'en' } })
}

const guest = ({ prepared, token }: Scene, path: string, options: Parameters<typeof ask>[2] = {}) =>
  ask(prepared, path, options, { 'tessera-guest': token })

interface Listed {
  citations: { id: string; page: number | null; quotation: string | null; title: string; isOwn: boolean; author: object }[]
}

const list = async (scene: Scene) => ((await (await guest(scene, operation)).json()) as Listed).citations
const report = { name: 'Annual report.pdf', bytes: pdf }

describe('a guest who proves an answer', () => {
  it('cites page 4 of a PDF with its sentence, in one form, and shows as the author', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const sent = await send(scene, page, { page: '4', quotation: 'Twelve schools took part.', url: '' }, report)
      expect([sent.status, sent.headers.get('location')]).toEqual([303, `${page}?done=cited`])
      expect(await list(scene)).toEqual([
        expect.objectContaining({ page: 4, quotation: 'Twelve schools took part.', title: 'Annual report', isOwn: true }),
      ])
      expect(await (await guest(scene, '/guest/questions/edu-04')).text()).toContain('Evidence: one document')
      const theirs = await scene.coordinator.ask(`/assessments/${scene.assessmentId}/questions/edu-04/evidence`)
      expect(await theirs.text()).toMatch(/page 4.*School office \(guest\)/s)
      expect(await readNext(prepared.services)).toBe(true)
    }))

  it('sends the same form twice with one effect, by page and by API', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      for (const path of [page, operation, operation]) await send(scene, path, { page: '4' }, report)
      for (let i = 0; i < 2; i++) expect((await send(scene, operation, { url: 'https://example.org/schools' })).status).toBe(201)
      expect((await list(scene)).map(({ title }) => title)).toEqual(['Annual report', 'example.org/schools'])
    }))

  it('takes back own citations and no others', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      await send(scene, operation, { url: 'https://example.org/own' })
      const link = await scene.coordinator.ask('/api/v1/cities/guest-town/evidence', {
        json: { title: 'Of the city', url: 'https://example.org/city', kind: 'website' },
        headers: { 'idempotency-key': randomUUID() },
      })
      const { id: evidenceId } = (await link.json()) as { id: string }
      await scene.coordinator.ask(`/api/v1/assessments/${scene.assessmentId}/questions/edu-04/citations`, {
        json: { evidenceId },
        headers: { 'idempotency-key': randomUUID() },
      })
      const cited = await list(scene)
      expect(cited.map(({ title, isOwn }) => [title, isOwn])).toEqual([
        ['example.org/own', true],
        ['Of the city', false],
      ])
      expect((await guest(scene, `${operation}/${cited[1]!.id}`, { method: 'DELETE' })).status).toBe(404)
      expect((await guest(scene, `${page}/${cited[0]!.id}/take-back`, { form: {} })).status).toBe(303)
      expect((await list(scene)).map(({ title }) => title)).toEqual(['Of the city'])
    }))

  it('sees nothing confidential of the city, and nothing of a question that is not of the link', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const link = await scene.coordinator.ask('/api/v1/cities/guest-town/evidence', {
        json: { title: 'Secret list', url: 'https://example.org/secret', kind: 'website', isConfidential: true },
        headers: { 'idempotency-key': randomUUID() },
      })
      const { id: evidenceId } = (await link.json()) as { id: string }
      await scene.coordinator.ask(`/api/v1/assessments/${scene.assessmentId}/questions/edu-04/citations`, {
        json: { evidenceId },
        headers: { 'idempotency-key': randomUUID() },
      })
      expect(await list(scene)).toEqual([])
      expect(await (await guest(scene, page)).text()).not.toContain('Secret list')
      for (const path of [page, operation].map((each) => each.replace('edu-04', 'edu-05'))) {
        expect((await guest(scene, path)).status).toBe(404)
        expect((await send(scene, path, { page: '4' }, report)).status).toBe(404)
      }
    }))

  it('is told what is wrong and keeps what was typed', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const nothing = await send(scene, page, { page: 'four', quotation: 'Typed with <care>' })
      expect(nothing.status).toBe(422)
      const text = await nothing.text()
      expect(text).toContain('Typed with &lt;care')
      expect(text).toContain('value="four"')
      const program = { name: 'a.pdf', bytes: strToU8('MZ\x90 no PDF') }
      expect([(await send(scene, page, {}, program)).status, (await send(scene, operation, {}, program)).status]).toEqual([422, 415])
      expect((await send(scene, operation, {})).status).toBe(422)
      expect((await send(scene, operation, { url: 'http://example.org' })).status).toBe(422)
      expect((await send(scene, operation, { url: 'https://example.org/x' }, report)).status).toBe(422)
      expect(await list(scene)).toEqual([])
    }))

  it('is held by the quota of the city', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const files = ['a', 'b', 'c', 'd'].map((name) => ({ name: `${name}.txt`, bytes: strToU8(`text ${name}`) }))
      const statuses: number[] = []
      for (const file of files) statuses.push((await send(scene, operation, {}, file)).status)
      expect(statuses).toEqual([201, 201, 201, 413])
    }))

  it('is shut out with the link', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      await scene.coordinator.ask(`/api/v1/assessments/${scene.assessmentId}/guests/${scene.linkId}/withdraw`, { method: 'POST' })
      expect((await guest(scene, page)).status).toBe(410)
      expect((await send(scene, page, { page: '4' }, report)).status).toBe(410)
      expect((await send(scene, operation, { page: '4' }, report)).status).toBe(410)
    }))

  it('reads, and changes nothing, when the wave has closed', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      await send(scene, operation, { url: 'https://example.org/own' })
      const [own] = await list(scene)
      await inContext(prepared.services.db, systemContext, (db) => db.update(waves).set({ closesAt: new Date(Date.now() - 1000) }))
      const seen = await (await guest(scene, page)).text()
      expect(seen).toContain('example.org/own')
      expect(seen).not.toContain('name="files"')
      expect((await send(scene, operation, { page: '4' }, report)).status).toBe(409)
      expect((await guest(scene, `${operation}/${own!.id}`, { method: 'DELETE' })).status).toBe(409)
      expect(await list(scene)).toHaveLength(1)
    }))
})
