import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { answerHealth } from './health.ts'
import type { Env } from './web.ts'

type Execute = Parameters<typeof answerHealth>[0]['execute']

const appOn = (execute: () => Promise<unknown>) => new Hono<Env>().get('/healthz', answerHealth({ execute: execute as unknown as Execute }))

describe('GET /healthz', () => {
  it('answers 503 when the database refuses', async () => {
    const response = await appOn(() => Promise.reject(new Error('refused'))).request('/healthz')
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({ status: 'unavailable', database: 'no answer' })
  })

  it('answers 503 after a second when the database says nothing', async () => {
    const start = Date.now()
    expect((await appOn(() => new Promise(() => {})).request('/healthz')).status).toBe(503)
    expect(Date.now() - start).toBeLessThan(2_000)
  })

  it('asks the database once, however many ask at the same time, and again afterwards', async () => {
    let asked = 0
    const app = appOn(async () => void asked++)
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.request('/healthz')))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(asked).toBe(1)
    await app.request('/healthz')
    expect(asked).toBe(2)
  })
})
