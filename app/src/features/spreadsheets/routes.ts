import { blankContent, exportQuestionnaire } from './exporting.ts'
import { forgetSpreadsheet, importSpreadsheet, previewSpreadsheet } from './importing.ts'
import { blankFile, exportFile, fileFormats } from './files.ts'
import { registerRecordRoutes } from './record-routes.ts'
import { doneSchema, importSchema, previewSchema, spreadsheetBody, spreadsheetContent, toPreview } from './schemas.ts'
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import { once } from '../../once.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { maximumFile } from '../../waiting-files.ts'

const tags = ['spreadsheets']
const assessmentId = z.object({ assessmentId: z.uuid() })
const format = z.enum(fileFormats).default('xlsx')
const exportRoute = createRoute({
  operationId: 'exportSpreadsheet',
  method: 'get',
  path: '/api/v1/assessments/{assessmentId}/spreadsheet',
  tags,
  summary: 'The questionnaire with its answers as a spreadsheet: whole, or the part of a department or an area',
  description: 'With the questions that you read, in the language of the request. Imported again unchanged, it changes nothing.',
  request: {
    params: assessmentId,
    query: z.object({
      format,
      empty: z.enum(['true', 'false']).default('false').openapi({ description: 'true = without answers' }),
      department: z.uuid().optional(),
      dimension: z.string().max(60).optional(),
    }),
  },
  responses: { 200: { description: 'The file', content: spreadsheetContent }, ...problems },
})
const blankRoute = createRoute({
  operationId: 'exportBlankQuestionnaire',
  method: 'get',
  path: '/api/v1/instruments/current/spreadsheet',
  tags,
  summary: 'The empty questionnaire as a spreadsheet',
  request: { query: z.object({ format }) },
  responses: { 200: { description: 'The file', content: spreadsheetContent }, ...problems },
})
const previewRoute = createRoute({
  operationId: 'previewSpreadsheet',
  method: 'post',
  path: '/api/v1/assessments/{assessmentId}/spreadsheet-files',
  tags,
  summary: 'What a spreadsheet would change, question by question; nothing is written',
  description: 'The body is the file itself, XLSX or CSV, up to 10 MB. It is kept for a day, so that it can be taken over.',
  request: { params: assessmentId, ...spreadsheetBody },
  responses: { 200: json(previewSchema, 'Preview'), ...problems },
})
const importRoute = createRoute({
  operationId: 'importSpreadsheet',
  method: 'post',
  path: '/api/v1/assessments/{assessmentId}/spreadsheet-imports',
  tags,
  summary: 'Take over chosen answers of a spreadsheet that was looked at; what others have changed meanwhile is left alone and named',
  request: { params: assessmentId, headers: idempotencyHeader, ...body(importSchema) },
  responses: { 201: json(doneSchema, 'What was saved, and what was left alone'), ...problems },
})

export function registerSpreadsheetRoutes(api: Api, services: Services): void {
  registerExports(api, services)
  registerImports(api, services)
  registerRecordRoutes(api, services)
}

function registerExports(api: Api, services: Services): void {
  api.add('assessment.read', exportRoute, async (c) => {
    const { format: wanted, empty, department, dimension } = c.req.valid('query')
    const request = {
      assessmentId: c.req.valid('param').assessmentId,
      isEmpty: empty === 'true',
      departmentId: department ?? null,
      dimensionId: dimension ?? null,
    }
    const exported = await inTransaction(services, c, (db) => exportQuestionnaire(db, personOf(c), services.instruments, request))
    return exportFile(c, wanted, exported, services.now())
  })
  api.add('public', blankRoute, (c) => {
    const { current } = services.instruments
    return blankFile(c, c.req.valid('query').format, current, blankContent(current))
  })
}

function registerImports(api: Api, services: Services): void {
  api.add(
    'answer.save',
    previewRoute,
    async (c) => {
      const file = {
        assessmentId: c.req.valid('param').assessmentId,
        fileName: c.req.valid('query').fileName,
        bytes: new Uint8Array(await c.req.arrayBuffer()),
        language: c.get('language'),
      }
      const preview = await inTransaction(services, c, (db) => previewSpreadsheet(db, personOf(c), services, file, services.now()))
      return c.json(toPreview(c.get('t'), preview), 200)
    },
    { maximumBody: maximumFile },
  )
  api.add('answer.save', importRoute, async (c) => {
    const { file: hash, questions } = c.req.valid('json')
    const chosen = questions.map(({ question, version }) => ({ questionId: question, version }))
    const file = { assessmentId: c.req.valid('param').assessmentId, hash, language: c.get('language') }
    const request = { key: c.req.valid('header')['idempotency-key'], operation: 'importSpreadsheet', body: { ...file, chosen } }
    const done = await inTransaction(services, c, (db) =>
      once(db, personOf(c), request, () => importSpreadsheet(db, personOf(c), services, { ...file, chosen }, services.now())),
    )
    if (done.changed.length === 0) await forgetSpreadsheet(services.config, personOf(c), file)
    return c.json(done, 201)
  })
}
