import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { describe, expect, it, vi } from 'vitest'
import { addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { type InboxDocument, readInboxDocuments } from '../../../test/inbox-files.ts'
import { addPerson, type SignedInPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { assessments, assignments, waves } from '../../db/schema.ts'
import { extractPages } from '../evidence/extract.ts'
import { readNext } from '../evidence/extraction.ts'
import { findUnread, storePages } from '../evidence/file-queries.ts'
import { storedFilePath } from '../evidence/storage.ts'

const { rolledBack } = testDatabase()
const day = 24 * 3600 * 1000 // ms
const documents = readInboxDocuments()

interface Town {
  prepared: Prepared
  slug: string
  assessmentId: string
  coordinator: SignedInPerson
}

async function setScene(prepared: Prepared, slug = 'inbox-town'): Promise<Town> {
  const { services } = prepared
  const cityId = await addCity(prepared, slug)
  const assessmentId = await inContext(services.db, systemContext, async (db) => {
    const times = { opensAt: new Date(Date.now() - day), closesAt: new Date(Date.now() + 30 * day), frozenAt: new Date() }
    const [wave] = await db
      .insert(waves)
      .values({ slug: `w-${slug}`, name: 'Wave', ...times, instrumentVersionId: services.instruments.currentId })
      .returning({ id: waves.id })
    const [assessment] = await db.insert(assessments).values({ waveId: wave!.id, cityId }).returning({ id: assessments.id })
    return assessment!.id
  })
  return { prepared, slug, assessmentId, coordinator: await signIn(prepared, await addPerson(prepared, 'city-coordinator', cityId)) }
}

async function addContributor({ prepared, assessmentId, coordinator }: Town, questionId: string): Promise<SignedInPerson> {
  const { cityId } = coordinator.person.memberships[0]!
  const contributor = await signIn(prepared, await addPerson(prepared, 'contributor', cityId))
  await inContext(prepared.services.db, systemContext, (db) =>
    db.insert(assignments).values({ assessmentId, cityId: cityId!, questionId, personId: contributor.person.id }),
  )
  return contributor
}

/** Sends files as the form without a script does: twenty at a time. */
async function bring({ prepared, slug, coordinator }: Town, those: readonly InboxDocument[]): Promise<void> {
  for (let at = 0; at < those.length; at += 20) {
    const body = new FormData()
    body.set('_key', randomUUID())
    for (const { name, bytes, mediaType } of those.slice(at, at + 20))
      body.append('files', new File([bytes as BlobPart], name, { type: mediaType }))
    const { cookie } = coordinator
    const response = await prepared.app.request(`/cities/${slug}/evidence/files`, { method: 'POST', body, headers: { cookie } })
    expect(response.status).toBe(303)
  }
}

/** Reads the text of all files that have come in, as the reading thread does. */
async function readAll({ prepared: { services } }: Town): Promise<void> {
  await inContext(services.db, systemContext, async (db) => {
    for (let file = await findUnread(db); file !== null; file = await findUnread(db)) {
      const bytes = await readFile(storedFilePath(services.config.dataDir, file.storedAs))
      await storePages(db, file.id, await extractPages(bytes, file.mediaType), new Date())
    }
  })
}

interface Listed {
  total: number
  entries: { evidenceId: string; name: string; isRead: boolean; proposals: { questionId: string; because: string }[] }[]
}

const list = async ({ assessmentId, coordinator }: Town, page = 1, user = coordinator): Promise<Listed> =>
  (await user.ask(`/api/v1/assessments/${assessmentId}/inbox?page=${page}`)).json() as Promise<Listed>

const file = (
  { assessmentId, coordinator }: Town,
  filed: { evidenceId: string; questionIds: string[] }[],
  { user = coordinator, key = randomUUID() as string } = {},
): Promise<Response> =>
  user.ask(`/api/v1/assessments/${assessmentId}/inbox`, { json: { documents: filed }, headers: { 'idempotency-key': key } })

const citationsOf = async ({ assessmentId, coordinator }: Town, questionId: string) => {
  const response = await coordinator.ask(`/api/v1/assessments/${assessmentId}/questions/${questionId}/citations`)
  return ((await response.json()) as { citations: { id: string; evidenceId: string; page: number | null }[] }).citations
}

describe('80 files in one go', () => {
  it('come in, are listed by twenty, and the right question is among the proposals of at least 70 %', { timeout: 120_000 }, () =>
    rolledBack(async (prepared) => {
      const town = await setScene(prepared)
      await bring(town, documents)
      await readAll(town)
      const pages = [await list(town, 1), await list(town, 2), await list(town, 3), await list(town, 4)]
      expect(pages.map(({ total, entries }) => [total, entries.length])).toEqual(Array.from({ length: 4 }, () => [80, 20]))
      const entries = pages.flatMap((page) => page.entries)
      expect(new Set(entries.map(({ name }) => name)).size).toBe(80)
      const wanted = new Map(documents.map(({ name, questionId }) => [name, questionId]))
      const right = entries.filter(({ name, proposals }) => proposals.some(({ questionId }) => questionId === wanted.get(name)))
      expect(right.length / entries.length).toBeGreaterThanOrEqual(0.7)
      const filed = right.slice(0, 60).map(({ evidenceId, name }) => ({ evidenceId, questionIds: [wanted.get(name)!] }))
      expect(await (await file(town, filed)).json()).toEqual({ filed: 60, aside: 0 })
      expect((await list(town)).total).toBe(20)
    }),
  )

  it('are read by the reading thread, and the proposals rest on the name until then', { timeout: 60_000 }, () =>
    rolledBack(async (prepared) => {
      const town = await setScene(prepared)
      const pdf = documents.find(({ name }) => name.endsWith('.pdf'))!
      await bring(town, [{ ...pdf, name: 'scan0001.pdf' }])
      expect((await list(town)).entries[0]).toMatchObject({ isRead: false })
      expect(await readNext(prepared.services)).toBe(true)
      const [entry] = (await list(town)).entries
      expect(entry!.isRead).toBe(true)
      expect(entry!.proposals.map(({ questionId }) => questionId)).toContain(pdf.questionId)
    }),
  )

  it('need the same number of queries for one as for twenty', { timeout: 60_000 }, () =>
    rolledBack(async (prepared) => {
      const town = await setScene(prepared)
      const query = vi.spyOn(pg.Client.prototype, 'query')
      const counts: number[] = []
      for (const [from, to] of [
        [0, 1],
        [1, 30],
      ] as const) {
        await bring(town, documents.slice(from, to))
        const before = query.mock.calls.length
        expect((await town.coordinator.ask(`/assessments/${town.assessmentId}/inbox`)).status).toBe(200)
        counts.push(query.mock.calls.length - before)
      }
      query.mockRestore()
      expect(counts[1]).toBe(counts[0])
    }),
  )
})

describe('filing', () => {
  it('makes citations of the whole document, once, however often and by however many it is sent', () =>
    rolledBack(async (prepared) => {
      const town = await setScene(prepared)
      await bring(town, documents.slice(0, 2))
      const [a, b] = (await list(town)).entries
      const chosen = [
        { evidenceId: a!.evidenceId, questionIds: ['lea-03', 'par-02'] },
        { evidenceId: b!.evidenceId, questionIds: [] },
      ]
      const key = randomUUID()
      for (let i = 0; i < 2; i++) expect(await (await file(town, chosen, { key })).json()).toEqual({ filed: 1, aside: 1 })
      expect((await file(town, chosen.slice(0, 1))).status).toBe(200)
      for (const questionId of ['lea-03', 'par-02'])
        expect(await citationsOf(town, questionId)).toEqual([expect.objectContaining({ evidenceId: a!.evidenceId, page: null })])
      expect((await list(town)).total).toBe(0)
    }))

  it('brings back what was put aside, and a document whose citation was taken back', () =>
    rolledBack(async (prepared) => {
      const town = await setScene(prepared)
      await bring(town, documents.slice(0, 2))
      const [a, b] = (await list(town)).entries.map(({ evidenceId }) => evidenceId)
      await file(town, [
        { evidenceId: a!, questionIds: [] },
        { evidenceId: b!, questionIds: ['lea-03'] },
      ])
      const page = await (await town.coordinator.ask(`/assessments/${town.assessmentId}/inbox`)).text()
      expect(page).toContain('Everything is filed')
      expect(page).toContain('Bring back the document that was put aside')
      const back = await town.coordinator.ask(`/api/v1/assessments/${town.assessmentId}/inbox/bring-back`, { method: 'POST' })
      expect(await back.json()).toEqual({ count: 1 })
      expect((await list(town)).entries.map(({ evidenceId }) => evidenceId)).toEqual([a])
      const [citation] = await citationsOf(town, 'lea-03')
      const path = `/api/v1/assessments/${town.assessmentId}/questions/lea-03/citations/${citation!.id}`
      expect((await town.coordinator.ask(path, { method: 'DELETE' })).status).toBe(204)
      expect(new Set((await list(town)).entries.map(({ evidenceId }) => evidenceId))).toEqual(new Set([a, b]))
    }))

  it('proposes to a contributor own questions only, and files to no other', () =>
    rolledBack(async (prepared) => {
      const town = await setScene(prepared)
      const council = documents.find(({ questionId }) => questionId === 'lea-03')!
      await bring(town, [council])
      await readAll(town)
      const contributor = await addContributor(town, 'lea-03')
      const { entries } = await list(town, 1, contributor)
      expect(entries[0]!.proposals.map(({ questionId }) => questionId)).toEqual(['lea-03'])
      const { evidenceId } = entries[0]!
      expect((await file(town, [{ evidenceId, questionIds: ['lea-01'] }], { user: contributor })).status).toBe(403)
      expect((await file(town, [{ evidenceId, questionIds: ['lea-03'] }], { user: contributor })).status).toBe(200)
      expect(await citationsOf(town, 'lea-03')).toHaveLength(1)
      expect(await citationsOf(town, 'lea-01')).toEqual([])
    }))

  it('neither finds nor files documents of another city, and takes no question that does not exist', () =>
    rolledBack(async (prepared) => {
      const home = await setScene(prepared)
      const away = await setScene(prepared, 'away-town')
      await bring(away, documents.slice(0, 1))
      const [theirs] = (await list(away)).entries
      expect((await list(home)).total).toBe(0)
      const { evidenceId } = theirs!
      expect((await file(home, [{ evidenceId, questionIds: ['lea-03'] }])).status).toBe(404)
      expect((await file(home, [{ evidenceId, questionIds: [] }])).status).toBe(404)
      expect((await file(away, [{ evidenceId, questionIds: ['lea-03'] }], { user: home.coordinator })).status).toBe(404)
      expect((await file(away, [{ evidenceId, questionIds: ['xxx-01'] }])).status).toBe(404)
      expect((await list(away)).total).toBe(1)
    }))

  it('works by the form, which keeps documents without a choice', () =>
    rolledBack(async (prepared) => {
      const town = await setScene(prepared)
      await bring(town, documents.slice(0, 3))
      const [a, b, c] = (await list(town)).entries.map(({ evidenceId }) => evidenceId)
      const form = { _key: randomUUID(), document: [a!, b!, c!], [`q-${a}`]: ['com-02', ''], [`q-${b}`]: '', [`aside-${c}`]: 'yes' }
      const sent = await town.coordinator.ask(`/assessments/${town.assessmentId}/inbox`, { form })
      expect([sent.status, sent.headers.get('location')]).toEqual([303, `/assessments/${town.assessmentId}/inbox?filed=1&aside=1`])
      expect((await list(town)).entries.map(({ evidenceId }) => evidenceId)).toEqual([b])
    }))
})
