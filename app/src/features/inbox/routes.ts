import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { bringBackDocuments, fileDocuments, openInbox } from './usecases.ts'

const tags = ['evidence']
const base = '/api/v1/assessments/{assessmentId}/inbox'
const ofAssessment = z.object({ assessmentId: z.uuid() })

const entrySchema = z
  .object({
    evidenceId: z.string(),
    title: z.string(),
    name: z.string(),
    isRead: z.boolean().openapi({ description: 'whether its text has been read' }),
    proposals: z.array(z.object({ questionId: z.string(), score: z.number(), because: z.enum(['earlier', 'number', 'words']) })),
  })
  .openapi('InboxEntry')
export const fileRequestSchema = z
  .strictObject({
    documents: z
      .array(z.strictObject({ evidenceId: z.uuid(), questionIds: z.array(z.string().max(60)).max(20) }))
      .min(1)
      .max(200),
  })
  .openapi('FilingRequest', { description: 'Documents without a question are put aside' })

const listRoute = createRoute({
  operationId: 'listInbox',
  method: 'get',
  path: base,
  tags,
  summary: 'Documents that prove nothing yet, with proposed questions',
  request: { params: ofAssessment, query: z.object({ page: z.coerce.number().int().min(1).max(1000).default(1) }) },
  responses: { 200: json(z.object({ total: z.number().int(), entries: z.array(entrySchema) }), 'Documents, newest first'), ...problems },
})
const fileRoute = createRoute({
  operationId: 'fileDocuments',
  method: 'post',
  path: base,
  tags,
  summary: 'File documents to questions, or put them aside',
  request: { params: ofAssessment, headers: idempotencyHeader, ...body(fileRequestSchema) },
  responses: { 200: json(z.object({ filed: z.number().int(), aside: z.number().int() }), 'How many'), ...problems },
})
const backRoute = createRoute({
  operationId: 'bringBackDocuments',
  method: 'post',
  path: `${base}/bring-back`,
  tags,
  summary: 'Bring back what was put aside',
  request: { params: ofAssessment },
  responses: { 200: json(z.object({ count: z.number().int() }), 'How many'), ...problems },
})

export function registerInboxRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('evidence.edit', listRoute, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('query') }
    const { entries, total } = await inTransaction(services, c, (db) => openInbox(db, personOf(c), instruments, request))
    const shown = entries.map(({ evidenceId, title, name, extractedAt, proposals }) => ({
      evidenceId,
      title,
      name,
      isRead: extractedAt !== null,
      proposals,
    }))
    return c.json({ total, entries: shown }, 200)
  })
  api.add('evidence.edit', fileRoute, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('json'), key: c.req.valid('header')['idempotency-key'] }
    return c.json(await inTransaction(services, c, (db) => fileDocuments(db, personOf(c), instruments, request, services.now())), 200)
  })
  api.add('evidence.edit', backRoute, async (c) => {
    const { assessmentId } = c.req.valid('param')
    return c.json(
      await inTransaction(services, c, (db) => bringBackDocuments(db, personOf(c), instruments, assessmentId, services.now())),
      200,
    )
  })
}
