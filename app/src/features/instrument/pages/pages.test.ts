import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { contentHash } from '../identity.ts'
import { questionsOf } from '../instrument.ts'

const { rolledBack } = testDatabase()

describe('what anyone may read', () => {
  it('the blank questionnaire has every question with its wording, in under 300 kB', () =>
    rolledBack(async ({ app, services }) => {
      for (const language of ['de', 'en']) {
        const response = await app.request(`/questionnaire?lang=${language}`)
        const html = await response.text()
        expect(response.status).toBe(200)
        expect(html.length).toBeLessThan(300_000)
        for (const { id } of questionsOf(services.instruments.current)) expect(html).toContain(`id="${id}"`)
        expect(html).not.toContain('undefined')
      }
    }))

  it('the method page carries the fingerprint, the line for the index literature, and says once what it is modelled on', () =>
    rolledBack(async ({ app, services }) => {
      const html = await (await app.request('/method?lang=en')).text()
      expect(html).toContain(contentHash(services.instruments.current))
      expect(html).toContain('our question is your variable')
      expect(html.split('not endorsed')).toHaveLength(2)
      expect(html).toContain('2.78') // one of three mediation questions in twelve areas: 1/36
    }))

  it('the API gives the whole instrument under an ETag, and nothing to a reader that has it', () =>
    rolledBack(async ({ app, services }) => {
      const first = await app.request('/api/v1/instruments/current')
      const { id, content } = (await first.json()) as { id: string; content: { version: string } }
      expect(content).toEqual(JSON.parse(JSON.stringify(services.instruments.current)))
      const again = await app.request(`/api/v1/instruments/${id}`, { headers: { 'If-None-Match': `W/${first.headers.get('ETag')}` } })
      expect(again.status).toBe(304)
      expect((await app.request('/api/v1/instruments/00000000-0000-4000-8000-000000000000')).status).toBe(404)
    }))
})
