import { randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { aCity, addFile, change, type City, pdf } from '../../../test/evidence-city.ts'
import { addReview, assignedTo } from '../../../test/reviews.ts'
import { addPerson, type SignedInPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { readNext } from '../evidence/extraction.ts'

const { rolledBack } = testDatabase()

const question = 'com-02'
const quotation = 'The council has adopted the plan.'

interface Scene {
  city: City
  expert: SignedInPerson
  reviewId: string
  /** Keys of the entries. */
  released: string
  confidential: string
  internal: string
}

/** A city that has handed in one answer with three documents, of which experts may open one. */
async function scene(prepared: Prepared): Promise<Scene> {
  const city = await aCity(prepared)
  const { coordinator } = city.people
  const path = `/api/v1/assessments/${city.assessmentId}`
  const cite = async (name: string, patch: object) => {
    const entry = await addFile(city, coordinator, name, name === 'plan.pdf' ? pdf : `${name} text`)
    expect((await change(coordinator, entry, { title: `Title of ${name}`, ...patch })).status).toBe(200)
    const json = { evidenceId: entry.id, ...(name === 'plan.pdf' ? { page: 2, quotation } : { quotation: `Words of ${name}` }) }
    const headers = { 'idempotency-key': randomUUID() }
    expect((await coordinator.ask(`${path}/questions/${question}/citations`, { json, headers })).status).toBe(201)
    return entry.id
  }
  const json = { options: ['yes'], explanation: 'Siehe <Beschluss> & Plan.' }
  const headers = { 'if-match': '"0"', 'accept-language': 'de' }
  const { instruments } = prepared.services
  const [option] = instruments.current.dimensions
    .flatMap((d) => d.indicators.flatMap((i) => i.questions))
    .find(({ id }) => id === question)!.options
  const saved = await coordinator.ask(`${path}/answers/${question}`, { method: 'PUT', json: { ...json, options: [option!.id] }, headers })
  expect(saved.status).toBe(200)
  const released = await cite('plan.pdf', { releaseLevel: 'network' })
  const confidential = await cite('secret.txt', { releaseLevel: 'network', isConfidential: true })
  const internal = await cite('internal.txt', { releaseLevel: 'partner' })
  while (await readNext(prepared.services));
  const submitted = await coordinator.ask(`${path}/submissions`, { method: 'POST', headers: { 'idempotency-key': randomUUID() } })
  expect(submitted.status).toBe(201)
  const expert = assignedTo(await addPerson(prepared, 'reviewer'), city.cityId)
  const { reviewId } = await inContext(prepared.services.db, systemContext, (db) =>
    addReview(db, { assessmentId: city.assessmentId, first: expert.id }),
  )
  return { city, expert: await signIn(prepared, expert), reviewId, released, confidential, internal }
}

const secrets = ['secret.txt', 'internal.txt']

describe('the documents of a desk', () => {
  it('stand at the cited page with the quotation marked; of others only why they cannot be opened', () =>
    rolledBack(async (prepared) => {
      const { expert, reviewId } = await scene(prepared)
      const html = await (await expert.ask(`/reviews/${reviewId}/questions/${question}`)).text()
      expect(html).toMatch(/<mark>The council has adopt-\s+ed the plan\.<\/mark>/)
      expect(html).toContain('lang="de"')
      expect(html).toContain('keeps this document confidential')
      expect(html).toContain('has not released this document')
      for (const secret of secrets) expect(html).not.toContain(secret)
      expect(html).not.toContain('opened before')
      expect(await (await expert.ask(`/reviews/${reviewId}/questions/${question}`)).text()).toContain('opened before')
      const api = await (await expert.ask(`/api/v1/reviews/${reviewId}/questions/${question}`)).text()
      for (const secret of secrets) expect(api).not.toContain(secret)
    }))

  it('are sent only while they are released, and only to whoever is assigned', () =>
    rolledBack(async (prepared) => {
      const { city, expert, reviewId, released, confidential, internal } = await scene(prepared)
      const path = (id: string) => `/reviews/${reviewId}/documents/${id}/file`
      const file = await expert.ask(path(released))
      expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf'])
      expect(new Uint8Array(await file.arrayBuffer())).toEqual(pdf)
      for (const id of [confidential, internal, randomUUID()]) expect((await expert.ask(path(id))).status).toBe(404)
      const stranger = await signIn(prepared, assignedTo(await addPerson(prepared, 'reviewer'), city.cityId))
      expect((await stranger.ask(path(released))).status).toBe(404)
      const { coordinator } = city.people
      const entry = (await (await coordinator.ask(`/api/v1/cities/home/evidence/${released}`)).json()) as Parameters<typeof change>[1]
      await change(coordinator, entry, { releaseLevel: 'private' })
      expect((await expert.ask(path(released))).status).toBe(404)
    }))
})

describe('the pack for the train', () => {
  it('holds every question with answer and released files, a page and a list, and nothing confidential', () =>
    rolledBack(async (prepared) => {
      const { expert, reviewId } = await scene(prepared)
      const response = await expert.ask(`/reviews/${reviewId}/pack.zip`)
      expect(response.headers.get('content-disposition')).toContain('review-home-wave-home.zip')
      const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
      const names = Object.keys(files)
      const count = prepared.services.instruments.current.dimensions.flatMap((d) => d.indicators.flatMap((i) => i.questions)).length
      expect(names.filter((name) => name.endsWith('/answer.txt'))).toHaveLength(count)
      const [folder] = names.find((name) => name.endsWith('plan.pdf'))!.split('/') as [string]
      expect(folder).toMatch(/^\d\d com-02$/)
      expect(files[`${folder}/plan.pdf`]).toEqual(new Uint8Array(pdf))
      expect(strFromU8(files[`${folder}/answer.txt`]!)).toContain('Siehe <Beschluss> & Plan.')
      const html = strFromU8(files['index.html']!)
      expect(html).toContain(`href="${encodeURIComponent(folder)}/plan.pdf"`)
      expect(html).toContain('Siehe &lt;Beschluss&gt; &amp; Plan.')
      expect(strFromU8(files['index.csv']!)).toContain(quotation)
      const everything =
        names.join(' ') +
        names
          .filter((name) => !name.endsWith('.pdf'))
          .map((name) => strFromU8(files[name]!))
          .join(' ')
      for (const secret of secrets) expect(everything).not.toContain(secret)
      const german = unzipSync(new Uint8Array(await (await expert.ask(`/reviews/${reviewId}/pack.zip?lang=de`)).arrayBuffer()))
      expect(strFromU8(german['index.html']!)).toMatch(/^<!doctype html><html lang="de">.*Unterlagen zur Begutachtung/)
    }))
})

describe('the agenda', () => {
  it('lists what is flagged with what is to be clarified, and notes among experts only on demand', () =>
    rolledBack(async (prepared) => {
      const { expert, reviewId } = await scene(prepared)
      const path = `/reviews/${reviewId}/agenda`
      expect(await (await expert.ask(path)).text()).toContain('No question is flagged')
      const form = {
        decision: 'need-more',
        reasonCode: 'unclear',
        reportText: 'Which council was it?',
        note: 'Ask the mayor.',
        isForMeeting: 'true',
      }
      await expert.ask(`/reviews/${reviewId}/questions/${question}`, { form: { ...form, version: '0', answerVersion: '1', after: 'here' } })
      const text = await (await expert.ask(`${path}.txt`)).text()
      expect(text).toContain('To clarify: Which council was it?')
      expect(text).toContain('Reason: The answer is unclear')
      expect(text).not.toContain('Ask the mayor.')
      expect(await (await expert.ask(`${path}.txt?notes=with`)).text()).toContain('Ask the mayor.')
      expect(await (await expert.ask(path)).text()).not.toContain('Ask the mayor.')
      expect(await (await expert.ask(`${path}?notes=with`)).text()).toContain('Ask the mayor.')
    }))
})
