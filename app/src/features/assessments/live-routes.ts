import { createRoute, z } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import { type Api, json, problems } from '../../api.ts'
import { inContext } from '../../db/context.ts'
import type { LiveEvent } from '../../live.ts'
import type { Person } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { contextOf, inTransaction, personOf, type WebContext } from '../../web.ts'
import { findSignedIn } from '../accounts/identify.ts'
import { getAnswer, hears, sayAnswering } from './live-usecases.ts'
import { answerSchema } from './schemas.ts'

const longest = 3600 // seconds after which a stream ends and the browser opens it anew
const beat = 20_000 // milliseconds between two signs of life, and between two looks at session and roles

const tags = ['assessments']
const ofQuestion = z.object({ assessmentId: z.uuid(), questionId: z.string().max(60) })

const streamRoute = createRoute({
  operationId: 'streamLive',
  method: 'get',
  path: '/api/v1/live',
  tags,
  summary: 'Who is answering and what was saved in your cities, as server-sent events',
  description:
    'Events "saved" and "answering" name assessment, question, version and person; they carry no answer. "resync" says that events may have been missed. A stream is enough for all tabs of a browser.',
  request: { query: z.object({ seconds: z.coerce.number().int().min(0).max(longest).default(longest) }) },
  responses: { 200: { description: 'A stream of events', content: { 'text/event-stream': { schema: z.string() } } }, ...problems },
})
const answerRoute = createRoute({
  operationId: 'getAnswer',
  method: 'get',
  path: '/api/v1/assessments/{assessmentId}/answers/{questionId}',
  tags,
  summary: 'One answer as it stands now',
  request: { params: ofQuestion },
  responses: { 200: json(answerSchema, 'The answer'), ...problems },
})
const answeringRoute = createRoute({
  operationId: 'sayAnswering',
  method: 'post',
  path: '/api/v1/assessments/{assessmentId}/questions/{questionId}/answering',
  tags,
  summary: 'Say that you are answering a question now; it is told and not stored',
  request: { params: ofQuestion },
  responses: { 204: { description: 'Told' }, ...problems },
})

/** The person behind the stream, looked up again and again: an ended session or role ends what is heard. */
async function whoIs(services: Services, c: WebContext): Promise<Person | null> {
  return (await findSignedIn(services, c.req.raw.headers))?.person ?? null
}

function stream(services: Services, c: WebContext, seconds: number): Response {
  const { live, instruments, db } = services
  return streamSSE(c, async (out) => {
    let person: Person | null = personOf(c)
    const send = async (event: LiveEvent): Promise<void> => {
      const reader = person
      if (reader === null || event.by.id === reader.id) return
      if (!(await inContext(db, contextOf(reader), (tx) => hears(tx, reader, instruments, event)))) return
      await out.writeSSE({ event: event.kind, data: JSON.stringify(event) })
    }
    const end = await live.subscribe((event) => {
      void (event === 'resync' ? out.writeSSE({ event, data: '' }) : send(event)).catch(() => out.abort())
    })
    out.onAbort(end)
    await out.writeSSE({ event: 'ready', data: '' })
    for (const until = Date.now() + seconds * 1000; !out.aborted && person !== null && Date.now() < until;) {
      await out.sleep(Math.min(beat, until - Date.now()))
      person = await whoIs(services, c)
      if (!out.aborted) await out.write(': still here\n\n')
    }
    end()
  })
}

export function registerLiveRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('assessment.read', streamRoute, (c) => stream(services, c as unknown as WebContext, c.req.valid('query').seconds) as never)
  api.add('assessment.read', answerRoute, async (c) => {
    const answer = await inTransaction(services, c, (db) => getAnswer(db, personOf(c), instruments, c.req.valid('param')))
    return c.json(answer, 200, { ETag: `"${answer.version}"` })
  })
  api.add('answer.save', answeringRoute, async (c) => {
    await inTransaction(services, c, (db) => sayAnswering(db, personOf(c), instruments, c.req.valid('param')))
    return c.body(null, 204)
  })
}
