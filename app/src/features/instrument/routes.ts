import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { type Api, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { type Env, inTransaction } from '../../web.ts'
import { contentHash } from './identity.ts'
import type { Instrument } from './instrument.ts'

const anything = z.record(z.string(), z.unknown())

const instrumentSchema = z
  .object({
    id: z.string().openapi({ description: 'Key of this version; an assessment names it.' }),
    contentHash: z.string().openapi({ description: 'SHA-256 over the canonical JSON (RFC 8785) of the content.' }),
    content: z.object({
      id: z.string(),
      version: z.string(),
      licence: z.string(),
      languages: z.array(z.string()),
      dimensions: z
        .array(anything)
        .openapi({ description: 'dimension -> indicators -> questions with options, points, max, weight, condition and evidence' }),
      schemes: z.array(anything).openapi({ description: 'weight schemes' }),
      clusters: z.array(anything).openapi({ description: 'declared groups of comparable cities' }),
      texts: z.record(z.string(), anything).openapi({ description: 'all wording by language, under the ids of the rules' }),
    }),
  })
  .openapi('Instrument')

const responses = {
  200: json(instrumentSchema, 'Instrument'),
  304: { description: 'Unchanged since the ETag of If-None-Match' },
  ...problems,
}
const tags = ['instruments']

const currentRoute = createRoute({
  operationId: 'getCurrentInstrument',
  method: 'get',
  path: '/api/v1/instruments/current',
  tags,
  summary: 'The questionnaire that new waves freeze: questions, points, weights, groups and all wording',
  responses,
})
const instrumentRoute = createRoute({
  operationId: 'getInstrument',
  method: 'get',
  path: '/api/v1/instruments/{id}',
  tags,
  summary: 'One version of the questionnaire; it never changes',
  request: { params: z.object({ id: z.uuid() }) },
  responses,
})

/** The whole content; a reader that has this version already gets 304. */
function answer<C extends Context<Env>>(c: C, id: string, instrument: Instrument, caching: string) {
  const hash = contentHash(instrument)
  c.header('ETag', `"${hash}"`)
  c.header('Cache-Control', caching)
  const known = (c.req.header('If-None-Match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (known.includes(`"${hash}"`)) return c.body(null, 304)
  return c.json({ id, contentHash: hash, content: instrument as unknown as z.infer<typeof instrumentSchema>['content'] }, 200)
}

export function registerInstrumentRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('public', currentRoute, (c) => answer(c, instruments.currentId, instruments.current, 'public, no-cache'))
  api.add('public', instrumentRoute, async (c) => {
    const { id } = c.req.valid('param')
    const instrument = await inTransaction(services, c, (db) => instruments.get(db, id))
    return answer(c, id, instrument, 'public, max-age=31536000, immutable')
  })
}
