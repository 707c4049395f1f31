import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import { authorOf } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf, type WebContext } from '../../web.ts'
import { continueUploadAs, getUploadAs, type UploadProgress } from './add-files.ts'
import { findSlug } from './queries.ts'
import { toEvidenceJson, uploadRequestSchema, uploadSchema } from './schemas.ts'
import { beginUpload } from './usecases.ts'

const tags = ['evidence']
const upload = z.object({ uploadId: z.uuid() })

const beginRoute = createRoute({
  operationId: 'beginUpload',
  method: 'post',
  path: '/api/v1/cities/{slug}/uploads',
  tags,
  summary: 'Begin to upload a file into the library of a city',
  description:
    'Name, size and SHA-256 are checked against the rules before any byte is sent. The bytes follow with continueUpload, in one request or in many.',
  request: { params: z.object({ slug: z.string().max(80) }), headers: idempotencyHeader, ...body(uploadRequestSchema) },
  responses: { 201: json(uploadSchema, 'The upload'), ...problems },
})
const getRoute = createRoute({
  operationId: 'getUpload',
  method: 'get',
  path: '/api/v1/uploads/{uploadId}',
  tags,
  summary: 'How far an upload is',
  description: 'The header Upload-Offset says how many bytes are safe on the disk; HEAD gives the header alone. Only for whoever began it.',
  request: { params: upload },
  responses: { 200: json(uploadSchema, 'The upload'), ...problems },
})
const continueRoute = createRoute({
  operationId: 'continueUpload',
  method: 'patch',
  path: '/api/v1/uploads/{uploadId}',
  tags,
  summary: 'Send further bytes of an upload',
  description:
    'Upload-Offset carries the number of bytes that are known to be safe; another number than the true one gives 409 with the true one. What is acknowledged has been flushed to the disk. With the last byte the file is checked and becomes an entry of the library; sending that request again gives the same entry.',
  request: {
    params: upload,
    headers: z.object({ 'upload-offset': z.string().optional() }),
    body: { required: true, content: { 'application/offset+octet-stream': { schema: z.string().openapi({ format: 'binary' }) } } },
  },
  responses: { 200: json(uploadSchema, 'The upload'), ...problems },
})

function offsetOf(header: string | undefined): number {
  if (header === undefined || !/^\d{1,15}$/.test(header)) throw new AppError('PRECONDITION_MISSING')
  return Number(header)
}

/** The body piece by piece; an empty one has no pieces. */
export const piecesOf = ({ body: stream }: Request): AsyncIterable<Uint8Array> =>
  (stream as unknown as AsyncIterable<Uint8Array> | null) ?? (async function* () {})()

async function answer(c: WebContext, services: Services, { evidence, ...progress }: UploadProgress) {
  const now = services.now()
  const entry =
    evidence === null ? null : toEvidenceJson(await inTransaction(services, c, (db) => findSlug(db, evidence.cityId)), evidence, now)
  c.header('Upload-Offset', String(progress.offset))
  return { ...progress, evidence: entry }
}

export function registerUploadRoutes(api: Api, services: Services): void {
  api.add('evidence.edit', beginRoute, async (c) => {
    const { slug } = c.req.valid('param')
    const input = c.req.valid('json')
    const key = c.req.valid('header')['idempotency-key']
    const person = personOf(c)
    const { id } = await inTransaction(services, c, (db) =>
      once(db, person, { key, operation: 'beginUpload', body: { slug, ...input } }, () =>
        beginUpload(db, person, services.config, { slug, ...input }, services.now()),
      ),
    )
    const { progress } = await inTransaction(services, c, (db) => getUploadAs(db, authorOf(person), id))
    return c.json(await answer(c, services, progress), 201)
  })
  api.add('evidence.edit', getRoute, async (c) => {
    const { uploadId } = c.req.valid('param')
    const { progress } = await inTransaction(services, c, (db) => getUploadAs(db, authorOf(personOf(c)), uploadId))
    return c.json(await answer(c, services, progress), 200)
  })
  api.add(
    'evidence.edit',
    continueRoute,
    async (c) => {
      const { uploadId } = c.req.valid('param')
      const offset = offsetOf(c.req.header('upload-offset'))
      const uploading = {
        services,
        transact: <T>(work: Parameters<typeof inTransaction<T>>[2]) => inTransaction(services, c, work),
        author: authorOf(personOf(c)),
      }
      return c.json(await answer(c, services, await continueUploadAs(uploading, uploadId, offset, piecesOf(c.req.raw))), 200)
    },
    { maximumBody: Infinity },
  )
}
