import { randomUUID } from 'node:crypto'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { actionsOf } from '../../../test/accounts.ts'
import { testDatabase } from '../../../test/database.ts'
import { aCity, addFile, change, entries, pdf, sendForm } from '../../../test/evidence-city.ts'
import type { SignedInPerson } from '../../../test/signed-in.ts'

const { rolledBack } = testDatabase()

describe('the form without a script', () => {
  it('stores several files, and none when one of them is refused', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const { contributor } = city.people
      const path = '/cities/home/evidence/files'
      expect((await sendForm(city, contributor, path, { _key: randomUUID() }, { 'a.txt': 'one', 'b.pdf': pdf })).status).toBe(303)
      expect((await sendForm(city, contributor, path, { _key: randomUUID() }, { 'c.txt': 'three', 'd.exe': 'MZ' })).status).toBe(415)
      expect((await entries(contributor)).map(({ title }) => title).sort()).toEqual(['a', 'b'])
    }))

  it('has one effect when it is sent twice', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const { coordinator } = city.people
      const key = randomUUID()
      for (let i = 0; i < 2; i++)
        expect((await sendForm(city, coordinator, '/cities/home/evidence/files', { _key: key }, { 'a.txt': 'one' })).status).toBe(303)
      expect(await entries(coordinator)).toHaveLength(1)
      expect((await actionsOf(prepared)).filter((action) => action === 'evidence.added')).toHaveLength(1)
    }))

  it('shows the form of a question again with everything typed when the file is missing or refused', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const path = `/assessments/${city.assessmentId}/questions/com-02/evidence`
      const fields = { _key: randomUUID(), form: 'new', page: '2', quotation: 'The council <has> adopted' }
      for (const files of [{}, { 'tool.exe': 'MZ' }]) {
        const response = await sendForm(city, city.people.contributor, path, fields, files as Record<string, string>)
        const html = await response.text()
        expect(response.status).toBe(422)
        expect(html).toContain('The council &lt;has> adopted')
        expect(html).toMatch(/value="2"/)
      }
    }))
})

describe('who opens what', () => {
  it('shows confidential entries to coordinators, approvers and whoever added them; partners read what is released for them', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const { coordinator, contributor, approver, partner } = city.people
      const secret = await addFile(city, contributor, 'secret.txt', 'secret words')
      const shared = await addFile(city, coordinator, 'shared.txt', 'shared words')
      expect((await change(contributor, secret, { isConfidential: true, releaseLevel: 'public' })).status).toBe(200)
      expect((await change(coordinator, shared, { isConfidential: true })).status).toBe(200)
      const seen = async (by: SignedInPerson) => (await entries(by)).map(({ title }) => title).sort()
      expect(await seen(coordinator)).toEqual(['secret', 'shared'])
      expect(await seen(approver)).toEqual(['secret', 'shared'])
      expect(await seen(contributor)).toEqual(['secret'])
      expect(await seen(partner)).toEqual([])
      for (const what of ['', '/file', '/read']) {
        expect((await partner.ask(`/cities/home/evidence/${secret.id}${what}`)).status).toBe(404)
        expect((await contributor.ask(`/cities/home/evidence/${shared.id}${what}`)).status).toBe(404)
      }
      await change(coordinator, { ...shared, version: 2 }, { isConfidential: false, releaseLevel: 'partner' })
      expect(await seen(partner)).toEqual(['shared'])
    }))

  it('keeps the library of another city as unknown as a city that does not exist', () =>
    rolledBack(async (prepared) => {
      const home = await aCity(prepared)
      const away = await aCity(prepared, 'away')
      const entry = await addFile(home, home.people.coordinator, 'plan.pdf', pdf)
      const stranger = away.people.coordinator
      for (const path of ['', `/${entry.id}`, `/${entry.id}/file`, `/${entry.id}/read`])
        for (const slug of ['home', 'away']) {
          if (path === '' && slug === 'away') continue
          const response = await stranger.ask(`/cities/${slug}/evidence${path}`)
          expect([path, slug, response.status, (await response.text()).includes('plan')]).toEqual([path, slug, 404, false])
        }
      const cited = await stranger.ask(`/api/v1/assessments/${away.assessmentId}/questions/com-02/citations`, {
        json: { evidenceId: entry.id },
        headers: { 'idempotency-key': randomUUID() },
      })
      expect(cited.status).toBe(404)
    }))

  it('lets contributors change what they added and the coordination everything', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const entry = await addFile(city, city.people.coordinator, 'plan.pdf', pdf)
      expect((await change(city.people.contributor, entry, { title: 'Mine' })).status).toBe(403)
      expect((await change(city.people.coordinator, entry, { title: 'Ours' })).status).toBe(200)
      expect((await change(city.people.coordinator, entry, { title: 'Late' })).status).toBe(412)
    }))
})

describe('links and the list', () => {
  it('takes https addresses only and never needs them to exist', () =>
    rolledBack(async (prepared) => {
      const { coordinator } = (await aCity(prepared)).people
      const status = async (url: string) =>
        (
          await coordinator.ask('/api/v1/cities/home/evidence', {
            json: { title: 'Page', url },
            headers: { 'idempotency-key': randomUUID() },
          })
        ).status
      expect(await status('https://www.nowhere.example/plan')).toBe(201)
      for (const url of ['http://plain.example', 'javascript:alert(1)', 'file:///etc/passwd', 'https://localhost/', 'plan'])
        expect(await status(url)).toBe(422)
    }))

  it('searches, filters and sorts', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const { coordinator } = city.people
      const plan = await addFile(city, coordinator, 'Integration plan 100%.txt', 'a')
      await addFile(city, coordinator, 'Minutes of March.txt', 'b')
      await change(coordinator, plan, { validUntil: '2020-12-31' })
      const titles = async (query: string) => (await entries(coordinator, 'home', query)).map(({ title }) => title)
      expect(await titles('?q=INTEGRATION')).toEqual(['Integration plan 100%'])
      expect(await titles('?q=100%25')).toEqual(['Integration plan 100%'])
      expect(await titles('?q=_______________________________________')).toEqual([])
      expect(await titles('?kind=minutes')).toEqual(['Minutes of March'])
      expect(await titles('?state=expired')).toEqual(['Integration plan 100%'])
      expect(await titles('?sort=title')).toEqual(['Integration plan 100%', 'Minutes of March'])
    }))
})

describe('the archive', () => {
  it('holds each document in the folders of its questions, in their order, with a list; and only what the person reads', () =>
    rolledBack(async (prepared) => {
      const city = await aCity(prepared)
      const { coordinator, contributor } = city.people
      const plan = await addFile(city, coordinator, 'plan.pdf', pdf)
      const note = await addFile(city, coordinator, '=cmd.txt', 'text')
      const at = (question: string, input: object) =>
        coordinator.ask(`/api/v1/assessments/${city.assessmentId}/questions/${question}/citations`, {
          json: input,
          headers: { 'idempotency-key': randomUUID() },
        })
      await at('com-03', { evidenceId: plan.id })
      await at('com-02', { evidenceId: plan.id, page: 2, quotation: '=1+1 <b>' })
      await at('com-02', { evidenceId: note.id })
      const unpack = async (by: SignedInPerson) =>
        unzipSync(new Uint8Array(await (await by.ask(`/assessments/${city.assessmentId}/evidence.zip`)).arrayBuffer()))
      const files = await unpack(coordinator)
      expect(Object.keys(files)).toEqual(['index.html', 'index.csv', '02 com-02/plan.pdf', '02 com-02/=cmd.txt', '03 com-03/plan.pdf'])
      expect(files['03 com-03/plan.pdf']).toEqual(pdf)
      const csv = new TextDecoder().decode(files['index.csv'])
      expect(csv).toContain("'=1+1 <b>")
      expect(csv).toContain(plan.file!.sha256)
      expect(new TextDecoder().decode(files['index.html'])).toContain('=1+1 &lt;b&gt;')
      expect(Object.keys(await unpack(contributor))).toEqual(['index.html', 'index.csv', '02 com-02/plan.pdf', '02 com-02/=cmd.txt'])
    }))
})
