import { createRoute, z } from '@hono/zod-openapi'
import { type Api, json, problems } from '../../api.ts'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import type { WebContext } from '../../web.ts'
import { citationSchema, toCitationJson } from '../evidence/schemas.ts'
import { citeByGuestForm } from './evidence-form.ts'
import { isOwn, listGuestEvidence, takeBackGuestCitation } from './evidence.ts'
import { asGuest } from './visit.ts'

const tags = ['guests']
const base = '/api/v1/guest/questions/{questionId}/evidence'
const question = z.object({ questionId: z.string().max(60) })
const headers = z.object({
  'tessera-guest': z.string().optional().openapi({ description: 'Secret of the link; a browser sends a cookie instead' }),
})

const listRoute = createRoute({
  operationId: 'listGuestEvidence',
  method: 'get',
  path: base,
  tags,
  summary: 'What proves the answer, as far as the guest may see it',
  request: { params: question, headers },
  responses: {
    200: json(
      z.object({ citations: z.array(citationSchema.extend({ title: z.string(), isOwn: z.boolean() })) }),
      'Citations of documents that are not confidential, and those of the guest',
    ),
    ...problems,
  },
})
const citeRoute = createRoute({
  operationId: 'citeAsGuest',
  method: 'post',
  path: base,
  tags,
  summary: 'Add a file or a link and cite it for the question, as a guest',
  description:
    'One file in the field files, or an address in the field url; page and quotation say where it stands. The same document at the same place, sent again, has no second effect.',
  request: {
    params: question,
    headers,
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            properties: {
              files: { type: 'string', format: 'binary' },
              url: { type: 'string' },
              page: { type: 'string', description: 'a whole number' },
              quotation: { type: 'string' },
            },
          },
        },
      },
    },
  },
  responses: { 201: json(z.object({ id: z.string() }), 'The citation'), ...problems },
})
const takeBackRoute = createRoute({
  operationId: 'takeBackGuestCitation',
  method: 'delete',
  path: `${base}/{citationId}`,
  tags,
  summary: 'Take an own citation back; the document stays in the library of the city',
  request: { params: question.extend({ citationId: z.uuid() }), headers },
  responses: { 204: { description: 'Done' }, ...problems },
})

export function registerGuestEvidenceRoutes(api: Api, services: Services): void {
  api.add('public', listRoute, (c) =>
    asGuest(services, c as WebContext, async (db, visit) => {
      const cited = await listGuestEvidence(db, visit, c.req.valid('param').questionId)
      const citations = cited.map((each) => ({
        ...toCitationJson(each.citation),
        title: each.evidence.title,
        isOwn: isOwn(visit, each),
      }))
      return c.json({ citations }, 200)
    }),
  )
  api.add(
    'public',
    citeRoute,
    async (c) => {
      const cited = await citeByGuestForm(c as WebContext, services, c.req.valid('param').questionId)
      if (cited.isCited) return c.json({ id: cited.id }, 201)
      const fields = Object.entries(cited.fields).map(([path, message]) => ({ path, message }))
      throw cited.problem ?? new AppError('INPUT_INVALID', {}, { fields })
    },
    { maximumBody: Infinity },
  )
  api.add('public', takeBackRoute, async (c) => {
    const { questionId, citationId } = c.req.valid('param')
    await asGuest(services, c as WebContext, (db, visit) => takeBackGuestCitation(db, visit, questionId, citationId, services.now()))
    return c.body(null, 204)
  })
}
