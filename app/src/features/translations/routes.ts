import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { versionOf } from '../assessments/routes.ts'
import { languageSchema, translationSaveSchema, translationSchema } from './schemas.ts'
import { sourceHash, usualLanguage } from './translation.ts'
import {
  checkTranslation,
  type OpenedTranslation,
  openTranslation,
  openTranslations,
  saveTranslation,
  type TranslationRow,
} from './usecases.ts'

const params = z.object({ assessmentId: z.uuid(), questionId: z.string().max(60), language: languageSchema })
const tags = ['translations']
const path = '/api/v1/assessments/{assessmentId}/answers/{questionId}/translations/{language}'
const headers = z.object({ 'if-match': z.string().optional() })

function toJson({ question, original, translation, state }: TranslationRow, language: string): z.infer<typeof translationSchema> {
  const {
    explanation = null,
    reason = null,
    version = 0,
    translatedAt = null,
    translator = null,
    checkedAt = null,
    checker = null,
  } = translation ?? {}
  return {
    questionId: question.id,
    language,
    state,
    originalLanguage: original.language,
    original: { explanation: original.explanation, reason: original.reason },
    explanation,
    reason,
    version,
    sourceHash: sourceHash(original),
    translatedAt,
    translator,
    checkedAt,
    checker,
  }
}

const etag = ({ translation }: OpenedTranslation) => ({ ETag: `"${translation?.version ?? 0}"` })

const listRoute = createRoute({
  operationId: 'listTranslations',
  method: 'get',
  path: '/api/v1/assessments/{assessmentId}/translations',
  tags,
  summary: 'Every answer with a text in another language, and how its translation stands',
  request: { params: z.object({ assessmentId: z.uuid() }), query: z.object({ language: languageSchema.default(usualLanguage) }) },
  responses: { 200: json(z.object({ translations: z.array(translationSchema) }), 'Translations'), ...problems },
})
const getRoute = createRoute({
  operationId: 'getTranslation',
  method: 'get',
  path,
  tags,
  summary: 'The texts of one answer, original beside translation',
  request: { params },
  responses: { 200: json(translationSchema, 'Translation'), ...problems },
})
const saveRoute = createRoute({
  operationId: 'saveTranslation',
  method: 'put',
  path,
  tags,
  summary: 'Save a translation as a draft',
  description: 'If-Match carries the version you have seen ("0" for none yet); a stale one gives 412 with the present translation.',
  request: { params, headers, ...body(translationSaveSchema) },
  responses: { 200: json(translationSchema, 'Translation'), ...problems },
})
const checkRoute = createRoute({
  operationId: 'checkTranslation',
  method: 'post',
  path: `${path}/check`,
  tags,
  summary: 'Say that you have read a translation once more beside the original',
  request: { params, headers },
  responses: { 200: json(translationSchema, 'Translation'), ...problems },
})

export function registerTranslationRoutes(api: Api, services: Services): void {
  const { instruments, now } = services
  api.add('assessment.read', listRoute, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('query') }
    const { rows } = await inTransaction(services, c, (db) => openTranslations(db, personOf(c), instruments, request))
    return c.json({ translations: rows.map((row) => toJson(row, request.language)) }, 200)
  })
  api.add('assessment.read', getRoute, async (c) => {
    const opened = await inTransaction(services, c, (db) => openTranslation(db, personOf(c), instruments, c.req.valid('param')))
    return c.json(toJson(opened, opened.language), 200, etag(opened))
  })
  api.add('translation.edit', saveRoute, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('json'), version: versionOf(c.req.valid('header')['if-match']) }
    const opened = await inTransaction(services, c, (db) => saveTranslation(db, personOf(c), instruments, request, now()))
    return c.json(toJson(opened, opened.language), 200, etag(opened))
  })
  api.add('translation.edit', checkRoute, async (c) => {
    const request = { ...c.req.valid('param'), version: versionOf(c.req.valid('header')['if-match']) }
    const opened = await inTransaction(services, c, (db) => checkTranslation(db, personOf(c), instruments, request, now()))
    return c.json(toJson(opened, opened.language), 200, etag(opened))
  })
}
