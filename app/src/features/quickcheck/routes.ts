import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import { once } from '../../once.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { profileOf } from './profile.ts'
import { answersSchema, importSchema, previewSchema, profileSchema, readQuickAnswers, toPreview, toProfile } from './schemas.ts'
import { makeSheet, sheetSchema } from './sheet.ts'
import { importAnswers, previewAnswerImport } from './usecases.ts'

const publicTags = ['quick check']
const tags = ['assessments']
const assessmentId = z.object({ assessmentId: z.uuid() })

const scoreRoute = createRoute({
  operationId: 'scoreQuickCheck',
  method: 'post',
  path: '/api/v1/quick-check/profile',
  tags: publicTags,
  summary: 'A provisional profile from answers to the anchor questions; nothing is stored',
  description: 'The anchor questions are those with anchor: true in GET /api/v1/instruments/current.',
  request: body(answersSchema),
  responses: { 200: json(profileSchema, 'Profile'), ...problems },
})
const sheetRoute = createRoute({
  operationId: 'makeQuickCheckSheet',
  method: 'post',
  path: '/api/v1/quick-check/sheet',
  tags: publicTags,
  summary: 'The answers as a file that an invited city can import; nothing is stored',
  request: body(answersSchema),
  responses: { 200: json(sheetSchema, 'The file'), ...problems },
})
const previewRoute = createRoute({
  operationId: 'previewQuickCheckImport',
  method: 'post',
  path: '/api/v1/assessments/{assessmentId}/quick-check-imports/preview',
  tags,
  summary: 'What a file of the quick check would change, question by question; nothing is written',
  request: { params: assessmentId, ...body(importSchema.pick({ sheet: true })) },
  responses: { 200: json(previewSchema, 'Preview'), ...problems },
})
const importRoute = createRoute({
  operationId: 'importQuickCheck',
  method: 'post',
  path: '/api/v1/assessments/{assessmentId}/quick-check-imports',
  tags,
  summary: 'Take over chosen answers of a quick check, all or none',
  request: { params: assessmentId, headers: idempotencyHeader, ...body(importSchema) },
  responses: { 201: json(z.object({ saved: z.number().int() }), 'How many answers were saved'), ...problems },
})

export function registerQuickCheckRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('public', scoreRoute, (c) => {
    const answers = readQuickAnswers(instruments.current, c.req.valid('json').answers)
    return c.json(toProfile(instruments.current, profileOf(instruments.current, answers)), 200)
  })
  api.add('public', sheetRoute, (c) => {
    const answers = readQuickAnswers(instruments.current, c.req.valid('json').answers)
    return c.json(makeSheet(instruments.current, answers, c.get('language'), services.now()), 200)
  })
  api.add('answer.save', previewRoute, async (c) => {
    const { assessmentId: id } = c.req.valid('param')
    const { sheet } = c.req.valid('json')
    const preview = await inTransaction(services, c, (db) => previewAnswerImport(db, personOf(c), instruments, id, sheet))
    return c.json(toPreview(preview), 200)
  })
  api.add('answer.save', importRoute, async (c) => {
    const { assessmentId: id } = c.req.valid('param')
    const input = c.req.valid('json')
    const chosen = input.questions.map(({ question, version }) => ({ questionId: question, version }))
    const request = { key: c.req.valid('header')['idempotency-key'], operation: 'importQuickCheck', body: { id, input } }
    const done = await inTransaction(services, c, (db) =>
      once(db, personOf(c), request, () =>
        importAnswers(
          db,
          personOf(c),
          instruments,
          { assessmentId: id, text: input.sheet, chosen, language: c.get('language') },
          services.now(),
        ),
      ),
    )
    return c.json(done, 201)
  })
}
