import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import type { Db } from '../../db/open.ts'
import { once } from '../../once.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf, type WebContext } from '../../web.ts'
import { ifMatchHeader, versionOf } from '../cities/version.ts'
import { closeInput, messageInput, sharingInput, threadInput, threadSchema } from './schemas.ts'
import { isUnanswered, type Message, type Thread, waitsFor } from './thread.ts'
import {
  closeThread,
  openCityThreads,
  openThreads,
  reopenThread,
  shareThread,
  startThread,
  takeBackMessage,
  type ThreadKey,
  writeMessage,
} from './usecases.ts'

const tags = ['threads']
const place = z.object({ assessmentId: z.uuid(), questionId: z.string().max(60) })
const threadParams = place.extend({ threadId: z.uuid() })
const base = '/api/v1/assessments/{assessmentId}/questions/{questionId}/threads'
const written = json(z.object({ threadId: z.uuid(), messageId: z.uuid() }), 'What was written')
const list = { 200: json(z.object({ threads: z.array(threadSchema) }), 'Conversations'), ...problems }
const done = { 204: { description: 'Done' }, ...problems }

function toMessage({ text, createdAt, withdrawnAt, mentions, ...message }: Message) {
  return {
    ...message,
    text: withdrawnAt === null ? text : null,
    mentions: [...mentions],
    createdAt: createdAt.toISOString(),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
  }
}

function toThread(thread: Thread, personId: string) {
  const { messages, wave, createdAt, closedAt, ...rest } = thread
  return {
    ...rest,
    wave: wave.name,
    createdAt: createdAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    waitsForYou: waitsFor(thread, personId),
    isUnanswered: isUnanswered(thread),
    messages: messages.map(toMessage),
  }
}

const listAllRoute = createRoute({
  operationId: 'listThreads',
  method: 'get',
  path: '/api/v1/assessments/{assessmentId}/threads',
  tags,
  summary: 'Every conversation of the city that you see, of all waves',
  request: { params: place.pick({ assessmentId: true }) },
  responses: list,
})
const listRoute = createRoute({
  operationId: 'listQuestionThreads',
  method: 'get',
  path: base,
  tags,
  summary: 'The conversations about a question, open ones first',
  request: { params: place },
  responses: list,
})
const startRoute = createRoute({
  operationId: 'startThread',
  method: 'post',
  path: base,
  tags,
  summary: 'Begin a conversation about a question',
  request: { params: place, headers: idempotencyHeader, ...body(threadInput) },
  responses: { 201: written, ...problems },
})
const writeRoute = createRoute({
  operationId: 'writeMessage',
  method: 'post',
  path: `${base}/{threadId}/messages`,
  tags,
  summary: 'Write in a conversation that is open',
  request: { params: threadParams, headers: idempotencyHeader, ...body(messageInput) },
  responses: { 201: written, ...problems },
})
const takeBackRoute = createRoute({
  operationId: 'takeBackMessage',
  method: 'post',
  path: `${base}/{threadId}/messages/{messageId}/take-back`,
  tags,
  summary: 'Take back your own message, within ten minutes; nobody is mailed of it',
  request: { params: threadParams.extend({ messageId: z.uuid() }) },
  responses: done,
})
const closeRoute = createRoute({
  operationId: 'closeThread',
  method: 'post',
  path: `${base}/{threadId}/close`,
  tags,
  summary: 'Close a conversation, with a last word or without',
  request: { params: threadParams, headers: ifMatchHeader, ...body(closeInput) },
  responses: done,
})
const reopenRoute = createRoute({
  operationId: 'reopenThread',
  method: 'post',
  path: `${base}/{threadId}/reopen`,
  tags,
  summary: 'Open a closed conversation again',
  request: { params: threadParams, headers: ifMatchHeader },
  responses: done,
})
const shareRoute = createRoute({
  operationId: 'shareThread',
  method: 'put',
  path: `${base}/{threadId}/sharing`,
  tags,
  summary: 'Let technical partners read along, or no longer',
  request: { params: threadParams, headers: ifMatchHeader, ...body(sharingInput) },
  responses: done,
})

export function registerThreadRoutes(api: Api, services: Services): void {
  registerReading(api, services)
  registerWriting(api, services)
  registerSteps(api, services)
}

function registerReading(api: Api, services: Services): void {
  const { instruments } = services
  api.add('assessment.read', listAllRoute, async (c) => {
    const { assessmentId } = c.req.valid('param')
    const { threads } = await inTransaction(services, c, (db) => openCityThreads(db, personOf(c), instruments, assessmentId))
    return c.json({ threads: threads.map((thread) => toThread(thread, personOf(c).id)) }, 200)
  })
  api.add('assessment.read', listRoute, async (c) => {
    const { threads } = await inTransaction(services, c, (db) => openThreads(db, personOf(c), instruments, c.req.valid('param')))
    return c.json({ threads: threads.map((thread) => toThread(thread, personOf(c).id)) }, 200)
  })
}

function registerWriting(api: Api, services: Services): void {
  const { instruments, now } = services
  api.add('thread.write', startRoute, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('json') }
    const key = c.req.valid('header')['idempotency-key']
    const made = await inTransaction(services, c, (db) =>
      once(db, personOf(c), { key, operation: 'startThread', body: request }, () =>
        startThread(db, personOf(c), instruments, { ...request, language: request.language ?? c.get('language') }, now()),
      ),
    )
    return c.json(made, 201)
  })
  api.add('thread.write', writeRoute, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('json') }
    const key = c.req.valid('header')['idempotency-key']
    const made = await inTransaction(services, c, (db) =>
      once(db, personOf(c), { key, operation: 'writeMessage', body: request }, () =>
        writeMessage(db, personOf(c), instruments, { ...request, language: request.language ?? c.get('language') }, now()),
      ),
    )
    return c.json(made, 201)
  })
  api.add('thread.write', takeBackRoute, async (c) => {
    await inTransaction(services, c, (db) => takeBackMessage(db, personOf(c), instruments, c.req.valid('param'), now()))
    return c.body(null, 204)
  })
}

function registerSteps(api: Api, services: Services): void {
  const { instruments, now } = services
  const step = async <T extends Omit<ThreadKey, 'version'>>(
    c: WebContext,
    key: T,
    ifMatch: string | undefined,
    work: (db: Db, versioned: T & { version: number }) => Promise<void>,
  ) => {
    const version = versionOf(ifMatch)
    await inTransaction(services, c, (db) => work(db, { ...key, version }))
    return c.body(null, 204)
  }
  api.add('thread.write', closeRoute, (c) => {
    const { lastWord = null } = c.req.valid('json')
    const word = lastWord === null ? null : { ...lastWord, language: lastWord.language ?? c.get('language') }
    return step(c, c.req.valid('param'), c.req.valid('header')['if-match'], (db, key) =>
      closeThread(db, personOf(c), instruments, { ...key, lastWord: word }, now()),
    )
  })
  api.add('thread.write', reopenRoute, (c) =>
    step(c, c.req.valid('param'), c.req.valid('header')['if-match'], (db, key) => reopenThread(db, personOf(c), instruments, key, now())),
  )
  api.add('thread.write', shareRoute, (c) => {
    const { isShared } = c.req.valid('json')
    return step(c, c.req.valid('param'), c.req.valid('header')['if-match'], (db, key) =>
      shareThread(db, personOf(c), instruments, { ...key, isShared }, now()),
    )
  })
}
