import { describe, expect, it } from 'vitest'
import { addPerson, signIn } from '../../../test/signed-in.ts'
import { addCity } from '../../../test/accounts.ts'
import { testDatabase } from '../../../test/database.ts'
import { createMetrics, saveOutcome } from './metrics.ts'
import { serveMetrics } from './metrics-server.ts'

const { rolledBack } = testDatabase()
const pool = { totalCount: 5, idleCount: 3, waitingCount: 1 }

describe('figures for monitoring', () => {
  it('counts requests by route pattern, saves by outcome, and shows the pool; no address, no name, no city', async () => {
    await rolledBack(async (prepared) => {
      const metrics = createMetrics(pool, [...prepared.app.pages.routes, ...prepared.app.api.routes])
      prepared.services.onAnswered = metrics.count
      const cityId = await addCity(prepared, 'canary-city')
      const { ask } = await signIn(prepared, await addPerson(prepared, 'contributor', cityId, 'Canary'))
      await ask('/cities/canary-city?canary=1')
      await ask('/cities/canary-city')
      const save = `/api/v1/assessments/${crypto.randomUUID()}/answers/x`
      await ask(save, { method: 'PUT', json: { explanation: 'canary' }, headers: { 'if-match': '"0"' } })
      await ask('/canary/nowhere')
      const text = await metrics.registry.metrics()
      expect(text).toContain('tessera_http_requests_total{method="GET",route="/cities/:slug",status="2xx"} 2')
      expect(text).toContain('tessera_http_requests_total{method="GET",route="none",status="4xx"} 1')
      expect(text).toContain('tessera_answer_saves_total{outcome="refused"} 1')
      expect(text).toContain('tessera_database_connections{state="used"} 2')
      expect(text).toContain('tessera_database_connections{state="waiting"} 1')
      expect(text).toContain('nodejs_eventloop_lag_seconds')
      expect(text).not.toMatch(/canary/i)
    })
  })

  it('tells a save that came too late from one that was refused or failed', () => {
    expect([200, 303, 412, 422, 404, 500, 503].map(saveOutcome)).toEqual([
      'saved',
      'saved',
      'changed',
      'refused',
      'refused',
      'failed',
      'failed',
    ])
  })

  it('serves them on a port of their own, and nothing else there', async () => {
    const { port, close } = await serveMetrics(createMetrics(pool, []), { host: '127.0.0.1', port: 0 })
    try {
      const response = await fetch(`http://127.0.0.1:${port}/metrics`)
      expect(response.status).toBe(200)
      expect(await response.text()).toContain('process_resident_memory_bytes')
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404)
      expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: 'POST' })).status).toBe(404)
    } finally {
      await close()
    }
  })
})
