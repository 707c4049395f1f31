import { randomUUID } from 'node:crypto'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { actionsOf, addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, signIn, type SignedInPerson } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { assessments, assignments, waves } from '../../db/schema.ts'
import type { Role } from '../../permissions.ts'
import { simplePdf } from '../demo/simple-pdf.ts'
import { readNext } from './extraction.ts'
import { listExpiryReminders } from './expiry-queries.ts'

const { rolledBack } = testDatabase()
const day = 24 * 3600 * 1000 // ms

interface City {
  prepared: Prepared
  cityId: string
  assessmentId: string
  people: Record<'coordinator' | 'contributor' | 'approver' | 'partner', SignedInPerson>
}

const roles: Record<keyof City['people'], Role> = {
  coordinator: 'city-coordinator',
  contributor: 'contributor',
  approver: 'approver',
  partner: 'technical-partner',
}

const aCity = (prepared: Prepared, slug = 'home', isOpen = true): Promise<City> =>
  inContext(prepared.services.db, systemContext, () => plantCity(prepared, slug, isOpen))

async function plantCity(prepared: Prepared, slug: string, isOpen: boolean): Promise<City> {
  const { services } = prepared
  const cityId = await addCity(prepared, slug)
  const now = Date.now()
  const [wave] = await services.db
    .insert(waves)
    .values({
      slug: `wave-${slug}`,
      name: 'Wave',
      opensAt: new Date(now - 9 * day),
      closesAt: new Date(now + (isOpen ? 9 : -1) * day),
      instrumentVersionId: services.instruments.currentId,
      frozenAt: new Date(now - 10 * day),
    })
    .returning({ id: waves.id })
  const [assessment] = await services.db.insert(assessments).values({ waveId: wave!.id, cityId }).returning({ id: assessments.id })
  const people: Partial<City['people']> = {}
  for (const [name, role] of Object.entries(roles))
    people[name as keyof City['people']] = await signIn(prepared, await addPerson(prepared, role, cityId))
  await services.db
    .insert(assignments)
    .values({ assessmentId: assessment!.id, cityId, questionId: 'com-02', personId: people.contributor!.person.id })
  return { prepared, cityId, assessmentId: assessment!.id, people: people as City['people'] }
}

interface Entry {
  id: string
  version: number
  title: string
  uses: number
  file: { href: string; sha256: string } | null
}

/** Sends files as a form without a script does. */
async function sendForm(
  { prepared }: City,
  by: SignedInPerson,
  path: string,
  fields: Record<string, string>,
  files: Record<string, string | Uint8Array>,
) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const [name, content] of Object.entries(files)) form.append('files', new File([content as BlobPart], name))
  if (Object.keys(files).length === 0) form.append('files', new File([], ''))
  return prepared.app.request(path, { method: 'POST', body: form, headers: { cookie: by.cookie, 'accept-language': 'en' } })
}

async function entries(by: SignedInPerson, slug = 'home', query = ''): Promise<Entry[]> {
  const response = await by.ask(`/api/v1/cities/${slug}/evidence${query}`)
  return ((await response.json()) as { evidence: Entry[] }).evidence
}

/** A file in the library, by the form. */
async function addFile(city: City, by: SignedInPerson, name: string, content: string | Uint8Array): Promise<Entry> {
  const before = new Set((await entries(by)).map(({ id }) => id))
  const response = await sendForm(city, by, '/cities/home/evidence/files', { _key: randomUUID() }, { [name]: content })
  expect([response.status, response.headers.get('location')]).toEqual([303, '/cities/home/evidence?done=added&count=1'])
  return (await entries(by)).find(({ id }) => !before.has(id))!
}

const change = (by: SignedInPerson, { id, version }: Entry, patch: object) =>
  by.ask(`/api/v1/cities/home/evidence/${id}`, { method: 'PATCH', json: patch, headers: { 'if-match': `"${version}"` } })

const pdf = simplePdf('Plan', [
  ['Plan', 'first page'],
  ['Decision', 'The council has adopt-', 'ed the plan.'],
])

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
