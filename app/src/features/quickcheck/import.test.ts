import { describe, expect, it } from 'vitest'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { plantNetwork } from '../../../test/planted-network.ts'
import { ask } from '../../../test/signed-in.ts'
import { answerHistory, answers as answersTable } from '../../db/schema.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { makeSheet } from './sheet.ts'

const { rolledBack } = testDatabase()
const now = new Date('2026-07-01T10:00:00Z')
const said = (questionId: string, ...options: string[]) => ({ questionId, options, missing: null, reason: null, explanation: null })

/** City A, whose coordinator has a file of the quick check. */
async function cityWithFile(prepared: Prepared) {
  const planted = await plantNetwork(prepared)
  const base = `/assessments/${planted.assessmentA}/import`
  const api = `/api/v1/assessments/${planted.assessmentA}`
  const send = (path: string, init: RequestInit) =>
    prepared.app.request(path, {
      ...init,
      headers: { cookie: planted.people.coordinator.cookie, 'accept-language': 'en', ...init.headers },
    })
  const post = (path: string, fields: [string, string][]) =>
    send(path, {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  const upload = (text: string) => {
    const body = new FormData()
    body.set('file', new File([text], 'check.json'))
    return send(base, { method: 'POST', body })
  }
  const sheet = (...answers: ReturnType<typeof said>[]) =>
    JSON.stringify(makeSheet(prepared.services.instruments.current, answers, 'en', now))
  return { planted, base, api, send, post, upload, sheet }
}

const stored = async ({ services }: Prepared, questionId: string) =>
  (await inContext(services.db, systemContext, (db) => db.select().from(answersTable))).find((row) => row.questionId === questionId)

describe('the quick check of a visitor', () => {
  it('goes from form to profile to file without an account, and back to the form', async () => {
    await rolledBack(async (prepared) => {
      const page = await (await ask(prepared, '/quick-check')).text()
      expect(page.match(/data-question/g)).toHaveLength(22)
      const profile = await ask(prepared, '/quick-check', {
        form: { 'answer-com-02': 'planned', 'answer-com-09': 'group', 'answer-lan-01': ['childcare', 'open-to-all'] },
      })
      const text = await profile.text()
      expect(text).toContain('42.0 of 100 on 2 anchor questions')
      expect(text).toContain('There is no overall score and no rank, on purpose')
      expect(profile.headers.get('set-cookie')).toBeNull()
      const sheet = /name="sheet" value="([^"]+)"/.exec(text)![1]!.replaceAll('&quot;', '"')
      const file = await ask(prepared, '/quick-check/file', { form: { sheet } })
      expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="tessera-quick-check-\d{4}-\d\d-\d\d\.json"$/)
      expect(((await file.json()) as { answers: unknown[] }).answers).toHaveLength(3)
      const svg = await (await ask(prepared, '/quick-check/chart', { form: { sheet, kind: 'svg' } })).text()
      expect([svg.slice(0, 4), svg.includes('Provisional, not reviewed, not ranked')]).toEqual(['<svg', true])
      const png = await ask(prepared, '/quick-check/chart', { form: { sheet, kind: 'png' } })
      expect([png.headers.get('content-type'), png.headers.get('content-disposition')]).toEqual([
        'image/png',
        'attachment; filename="quick-check.png"',
      ])
      const csv = await (await ask(prepared, '/quick-check/chart', { form: { sheet, kind: 'csv' } })).text()
      expect(csv).toMatch(/\ncommitment,[^,]+,42,42,2,2,10,quick-check,/)
      expect((await ask(prepared, '/quick-check/chart', { form: { sheet: '{}', kind: 'csv' } })).status).toBe(422)
      const again = await (await ask(prepared, '/quick-check', { form: { sheet, action: 'edit' } })).text()
      expect(again.match(/value="[^"]+" checked/g)).toHaveLength(4)
    })
  })

  it('asks for an answer before there is a profile, and refuses what no form of ours sends', async () => {
    await rolledBack(async (prepared) => {
      const nothing = await ask(prepared, '/quick-check', { form: { action: 'show' } })
      expect([nothing.status, (await nothing.text()).includes('Answer at least one question first.')]).toEqual([422, true])
      expect((await ask(prepared, '/quick-check', { form: { 'answer-com-02': '<script>' } })).status).toBe(422)
      expect((await ask(prepared, '/quick-check/file', { form: { sheet: '{"format":"other"}' } })).status).toBe(422)
      const api = await ask(prepared, '/api/v1/quick-check/profile', { json: { answers: [{ question: 'com-02', answer: 'perhaps' }] } })
      expect([api.status, ((await api.json()) as { fields: unknown }).fields]).toEqual([
        422,
        [{ path: 'answers.0', message: 'optionUnknown' }],
      ])
    })
  })

  it('stores nothing', async () => {
    await rolledBack(async (prepared) => {
      const count = async () => (await inContext(prepared.services.db, systemContext, (db) => db.select().from(answersTable))).length
      const before = await count()
      await ask(prepared, '/quick-check', { form: { 'answer-com-02': 'yes' } })
      await ask(prepared, '/api/v1/quick-check/sheet', { json: { answers: [{ question: 'com-02', answer: 'yes' }] } })
      expect(await count()).toBe(before)
    })
  })
})

describe('an invited city', () => {
  it('sees what would change, takes over what it ticks, and keeps where it came from', async () => {
    await rolledBack(async (prepared) => {
      const { base, upload, post, sheet } = await cityWithFile(prepared)
      const text = sheet(said('med-01', 'general'), said('mdc-02', 'orally'))
      const preview = await (await upload(text)).text()
      expect(preview).toContain('2 open questions would be filled')
      expect(preview.match(/value="m(ed-01|dc-02)" checked/g)).toHaveLength(2)
      const applied = await post(`${base}/apply`, [
        ['_key', crypto.randomUUID()],
        ['sheet', text],
        ['take', 'med-01'],
        ['version-med-01', '0'],
        ['version-mdc-02', '0'],
      ])
      expect(applied.headers.get('location')).toBe(`${base}?saved=1`)
      expect(await stored(prepared, 'med-01')).toMatchObject({ options: ['general'], version: 1 })
      expect(await stored(prepared, 'mdc-02')).toBeUndefined()
      const history = await inContext(prepared.services.db, systemContext, (db) => db.select().from(answerHistory))
      expect(history.find(({ questionId }) => questionId === 'med-01')).toMatchObject({ origin: 'quick-check' })
    })
  })

  it('keeps its own answer unless the question is ticked, and its explanation in any case', async () => {
    await rolledBack(async (prepared) => {
      const { planted, base, upload, post, sheet } = await cityWithFile(prepared)
      const before = (await stored(prepared, planted.question))!
      const question = prepared.services.instruments.current.dimensions
        .flatMap(({ indicators }) => indicators.flatMap(({ questions }) => questions))
        .find(({ id }) => id === planted.question)!
      const other = question.options.find(({ id }) => !before.options!.includes(id))!.id
      const text = sheet(said(planted.question, other))
      const preview = await (await upload(text)).text()
      expect(preview).toContain('Your city has given another answer.')
      expect(preview).not.toContain(`value="${planted.question}" checked`)
      const take = (version: number): [string, string][] => [
        ['_key', crypto.randomUUID()],
        ['sheet', text],
        ['take', planted.question],
        [`version-${planted.question}`, String(version)],
      ]
      const stale = await post(`${base}/apply`, take(before.version - 1))
      expect([stale.status, (await stale.text()).includes('Somebody was quicker')]).toEqual([412, true])
      expect((await post(`${base}/apply`, take(before.version))).status).toBe(303)
      expect(await stored(prepared, planted.question)).toMatchObject({
        options: [other],
        explanation: before.explanation,
        version: before.version + 1,
      })
    })
  })

  it('takes over all or nothing, also through the API', async () => {
    await rolledBack(async (prepared) => {
      const { planted, api, send, sheet } = await cityWithFile(prepared)
      const text = sheet(said('med-01', 'general'), said(planted.question, 'whatever'))
      const json = (path: string, body: unknown) =>
        send(`${api}/quick-check-imports${path}`, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        })
      const preview = (await (await json('/preview', { sheet: text })).json()) as { questions: unknown[]; problems: unknown[] }
      expect(preview).toMatchObject({
        questions: [{ question: 'med-01', state: 'fill', version: 0 }],
        problems: [{ question: 2, rule: 'optionUnknown' }],
      })
      const both = await json('', {
        sheet: text,
        questions: [
          { question: 'med-01', version: 0 },
          { question: planted.question, version: 3 },
        ],
      })
      expect(both.status).toBe(404)
      expect((await json('', { sheet: text, questions: [{ question: 'med-01', version: 0 }] })).status).toBe(201)
    })
  })

  it('refuses a file that is none, kindly', async () => {
    await rolledBack(async (prepared) => {
      const { upload, post, base } = await cityWithFile(prepared)
      for (const text of ['', 'question,answer\ncom-02,yes', 'x'.repeat(70_000)]) expect((await upload(text)).status).toBe(422)
      expect(
        (
          await post(`${base}/apply`, [
            ['sheet', 'nonsense'],
            ['take', 'med-01'],
            ['_key', crypto.randomUUID()],
          ])
        ).status,
      ).toBe(422)
    })
  })
})
