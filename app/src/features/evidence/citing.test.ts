import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { actionsOf } from '../../../test/accounts.ts'
import { testDatabase } from '../../../test/database.ts'
import { aCity, addFile, change, type City, entries, pdf, sendForm } from '../../../test/evidence-city.ts'
import type { SignedInPerson } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { listExpiryReminders } from './expiry-queries.ts'
import { readNext } from './extraction.ts'

const { rolledBack } = testDatabase()

describe('a file', () => {
  it('is only ever sent as an attachment that nothing can run, with its name in all letters', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const entry = await addFile(city, city.people.coordinator, 'Plan „für" alle; 2025.pdf', pdf)
      for (const method of ['GET', 'HEAD']) {
        const response = await city.people.coordinator.ask(entry.file!.href, { method })
        expect(Object.fromEntries(response.headers)).toMatchObject({
          'content-type': 'application/pdf',
          'content-security-policy': "sandbox; default-src 'none'",
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        })
        const disposition = response.headers.get('content-disposition')!
        expect(disposition).toMatch(/^attachment; filename="Plan _f_r_ alle; 2025\.pdf"; filename\*=UTF-8''Plan%20/)
        expect(decodeURIComponent(disposition.split("UTF-8''")[1]!)).toBe('Plan „für" alle; 2025.pdf')
        if (method === 'GET') expect(new Uint8Array(await response.arrayBuffer())).toEqual(pdf)
      }
    }))

  it('is read at the cited page with the quotation marked across its lines; a wrong page names the right one', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const { coordinator } = city.people
      const entry = await addFile(city, coordinator, 'plan.pdf', pdf)
      while (await readNext(prepared.services));
      const read = async (query: string) => (await coordinator.ask(`/cities/home/evidence/${entry.id}/read?${query}`)).text()
      const quote = encodeURIComponent('The council has adopted the plan.')
      expect(await read(`page=2&quote=${quote}`)).toMatch(/<mark>The council has adopt-\s+ed the plan\.<\/mark>/)
      const wrong = await read(`page=1&quote=${quote}`)
      expect(wrong).toContain('another page')
      expect(wrong).toMatch(/read\?page=2&amp;quote=/)
      expect(await read(`quote=${quote}`)).toContain('<mark>')
      expect(await read('page=1&quote=nothing%20of%20this')).toContain('stands on no page')
    }))
})

describe('citing', () => {
  const cite = (by: SignedInPerson, { assessmentId }: City, question: string, input: object) =>
    by.ask(`/api/v1/assessments/${assessmentId}/questions/${question}/citations`, {
      json: input,
      headers: { 'idempotency-key': randomUUID() },
    })

  const states = async ({ assessmentId }: City, by: SignedInPerson) => {
    const { questions } = (await (await by.ask(`/api/v1/assessments/${assessmentId}/evidence`)).json()) as {
      questions: { questionId: string; state: string }[]
    }
    return new Map(questions.map(({ questionId, state }) => [questionId, state]))
  }

  it('adds a file and cites it in one step, from the form of a question', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const { contributor } = city.people
      const path = `/assessments/${city.assessmentId}/questions/com-02/evidence`
      const response = await sendForm(
        city,
        contributor,
        path,
        { _key: randomUUID(), form: 'new', page: '2', quotation: 'adopted' },
        { 'plan.pdf': pdf },
      )
      expect([response.status, response.headers.get('location')]).toEqual([303, `${path}?done=cited`])
      const page = await (await contributor.ask(path)).text()
      expect(page).toContain('adopted')
      expect(page).toMatch(/read\?page=2&amp;quote=adopted/)
      expect((await states(city, contributor)).get('com-02')).toBe('cited')
      expect(await actionsOf(prepared)).toEqual(expect.arrayContaining(['evidence.added', 'citation.added']))
    }))

  it('lets contributors cite at their questions only, and nobody once the wave is closed', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const entry = await addFile(city, city.people.coordinator, 'plan.pdf', pdf)
      const status = async (by: SignedInPerson, question: string) => (await cite(by, city, question, { evidenceId: entry.id })).status
      expect(await status(city.people.contributor, 'com-02')).toBe(201)
      expect(await status(city.people.contributor, 'com-03')).toBe(404)
      expect(await status(city.people.coordinator, 'com-03')).toBe(201)
      expect(await status(city.people.approver, 'com-03')).toBe(403)
      expect(await status(city.people.partner, 'com-03')).toBe(403)
      const closed = await aCity(prepared, 'closed', false)
      const old = await sendForm(
        closed,
        closed.people.coordinator,
        '/cities/closed/evidence/files',
        { _key: randomUUID() },
        { 'a.txt': 'x' },
      )
      expect(old.status).toBe(303)
      const [late] = await entries(closed.people.coordinator, 'closed')
      expect((await cite(closed.people.coordinator, closed, 'com-02', { evidenceId: late!.id })).status).toBe(409)
    }))

  it('refuses a page that the document does not have', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const entry = await addFile(city, city.people.coordinator, 'plan.pdf', pdf)
      while (await readNext(prepared.services));
      expect((await cite(city.people.coordinator, city, 'com-02', { evidenceId: entry.id, page: 3 })).status).toBe(422)
      expect((await cite(city.people.coordinator, city, 'com-02', { evidenceId: entry.id, page: 2 })).status).toBe(201)
    }))

  it('changes a place only as it was seen, and takes it back without touching the entry', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const { coordinator } = city.people
      const entry = await addFile(city, coordinator, 'plan.pdf', pdf)
      const added = (await (await cite(coordinator, city, 'com-02', { evidenceId: entry.id, page: 1 })).json()) as {
        id: string
        version: string
      }
      const path = `/api/v1/assessments/${city.assessmentId}/questions/com-02/citations/${added.id}`
      const place = { page: 2, quotation: 'words', note: null, validUntil: null }
      const put = (seen: string) => coordinator.ask(path, { method: 'PUT', json: place, headers: { 'if-match': `"${seen}"` } })
      expect((await put('0123456789abcdef')).status).toBe(412)
      expect((await put(added.version)).status).toBe(200)
      expect((await put(added.version)).status).toBe(412)
      expect((await coordinator.ask(path, { method: 'DELETE' })).status).toBe(204)
      expect((await coordinator.ask(path, { method: 'DELETE' })).status).toBe(404)
      expect((await entries(coordinator)).map(({ id }) => id)).toEqual([entry.id])
    }))

  it('asks for no evidence where the city is not responsible, whatever was answered before', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const { coordinator } = city.people
      const question = 'edu-01'
      const state = async () => (await states(city, coordinator)).get(question)
      const page = async () => (await coordinator.ask(`/assessments/${city.assessmentId}/questions/${question}/evidence`)).text()
      expect(await state()).toBe('missing')
      expect(await page()).toContain('Upload a new document')
      const stated = await coordinator.ask(`/api/v1/assessments/${city.assessmentId}/scope`, {
        method: 'PUT',
        json: { scopes: [{ scopeId: 'schools', isResponsible: false, reason: 'The region' }] },
        headers: { 'if-match': '"0"' },
      })
      expect(stated.status).toBe(200)
      expect(await state()).toBe('not-needed')
      const shown = await page()
      expect(shown).toContain('No evidence is needed here')
      expect(shown).toContain('The region')
      expect(shown).not.toMatch(/[Ee]vidence is (expected|required)|Upload a new document|No document proves/)
      const questions = await (await coordinator.ask(`/assessments/${city.assessmentId}/questions/${question}`)).text()
      expect(questions).toContain('No evidence needed')
    }))

  it('says who hides behind a number when a document is not for the reader', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const entry = await addFile(city, city.people.coordinator, 'plan.pdf', pdf)
      await cite(city.people.coordinator, city, 'com-02', { evidenceId: entry.id, quotation: 'secret words' })
      await change(city.people.coordinator, entry, { isConfidential: true })
      const shown = await (await city.people.contributor.ask(`/api/v1/assessments/${city.assessmentId}/questions/com-02/citations`)).json()
      expect(shown).toMatchObject({ citations: [], hidden: 1 })
      expect(JSON.stringify(shown)).not.toContain('secret')
    }))

  it('warns before a cited entry leaves the library, and counts it no longer; it can come back', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const { coordinator } = city.people
      const entry = await addFile(city, coordinator, 'plan.pdf', pdf)
      await cite(coordinator, city, 'com-02', { evidenceId: entry.id })
      const path = `/api/v1/cities/home/evidence/${entry.id}`
      const remove = (query: string) => coordinator.ask(path + query, { method: 'DELETE', headers: { 'if-match': '"1"' } })
      expect((await remove('')).status).toBe(409)
      expect((await remove('?confirmed=true')).status).toBe(204)
      expect((await states(city, coordinator)).get('com-02')).toBe('missing')
      expect(await entries(coordinator)).toEqual([])
      expect(await entries(coordinator, 'home', '?state=removed')).toHaveLength(1)
      expect((await coordinator.ask(entry.file!.href)).status).toBe(200) // nothing is lost
      expect((await coordinator.ask(`${path}/restore`, { method: 'POST', headers: { 'if-match': '"2"' } })).status).toBe(204)
      expect((await states(city, coordinator)).get('com-02')).toBe('cited')
    }))
})

describe('what runs out', () => {
  it('is told to the coordination and to whoever added it, once it proves an answer', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const { coordinator, contributor } = city.people
      const entry = await addFile(city, contributor, 'plan.pdf', pdf)
      const remind = async (day: string) =>
        (await inContext(prepared.services.db, systemContext, (db) => listExpiryReminders(db, day))).map(({ personId }) => personId).sort()
      await change(contributor, entry, { validUntil: '2030-06-30' })
      expect(await remind('2030-06-01')).toEqual([])
      await coordinator.ask(`/api/v1/assessments/${city.assessmentId}/questions/com-02/citations`, {
        json: { evidenceId: entry.id },
        headers: { 'idempotency-key': randomUUID() },
      })
      expect(await remind('2030-05-01')).toEqual([coordinator.person.id, contributor.person.id].sort())
      expect(await remind('2030-04-30')).toEqual([]) // 61 days before
      expect(await remind('2030-07-01')).toEqual([])
    }))
})
