import { type FactsPreview, forgetFacts, importFacts, previewFacts } from './facts.ts'
import { factsFile, fileFormats, peopleFile } from './files.ts'
import { sendInvitations } from './invitation-mails.ts'
import { exportPeople, forgetPeople, getPlace, importPeople, type PeoplePreview, previewPeople } from './people.ts'
import type { PlannedRecord } from './record-table.ts'
import { spreadsheetBody, spreadsheetContent } from './schemas.ts'
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import { once } from '../../once.ts'
import type { Services } from '../../services.ts'
import type { Translator } from '../../text/text.ts'
import { inTransaction, personOf } from '../../web.ts'
import { getEditableFacts } from '../cities/usecases.ts'
import { maximumFile } from '../../waiting-files.ts'

const tags = ['spreadsheets']
const slugParam = z.object({ slug: z.string() })
const formatQuery = z.object({ format: z.enum(fileFormats).default('xlsx') })
const cityQuery = z.object({
  city: z.string().max(80).optional().openapi({ description: 'address of a city; without it the whole network' }),
})
const fileField = z.string({ error: 'spreadsheets.api.file' }).regex(/^[0-9a-f]{64}$/, 'spreadsheets.api.file')

const recordSchema = z.object({
  row: z.number().int(),
  key: z.string().openapi({ description: 'names the row when it is taken over' }),
  state: z.enum(['new', 'changed', 'conflict', 'same', 'refused']),
  version: z.number().int().openapi({ description: 'of what stands here; 0 = nothing' }),
  message: z.string().nullable().openapi({ description: 'why the row is refused' }),
})
const recordsSchema = z
  .object({
    file: z.string(),
    fileName: z.string(),
    problem: z.string().nullable().openapi({ description: 'why nothing of the file can be used' }),
    extraColumns: z.array(z.string()),
    rows: z.array(recordSchema),
  })
  .openapi('RecordsPreview')

const toRecord = (t: Translator, { row, key, state, rule, values }: PlannedRecord, version: number) => ({
  row,
  key,
  state,
  version,
  message: rule === null ? null : t(rule, values),
})

function toRecords(t: Translator, { hash, fileName, problem, extraColumns, planned }: FactsPreview | PeoplePreview) {
  return {
    file: hash,
    fileName,
    problem: problem === null ? null : t(problem.rule, problem.values),
    extraColumns: [...extraColumns],
    rows: planned.map((each) => toRecord(t, each, 'current' in each ? (each.current?.version ?? 0) : 0)),
  }
}

const exportFactsRoute = createRoute({
  operationId: 'exportFacts',
  method: 'get',
  path: '/api/v1/cities/{slug}/facts/spreadsheet',
  tags,
  summary: 'The figures of a city as a spreadsheet that can be imported again',
  request: { params: slugParam, query: formatQuery },
  responses: { 200: { description: 'The file', content: spreadsheetContent }, ...problems },
})
const previewFactsRoute = createRoute({
  operationId: 'previewFacts',
  method: 'post',
  path: '/api/v1/cities/{slug}/fact-files',
  tags,
  summary: 'What a spreadsheet of figures would change; nothing is written',
  request: { params: slugParam, ...spreadsheetBody },
  responses: { 200: json(recordsSchema, 'Preview'), ...problems },
})
const importFactsRoute = createRoute({
  operationId: 'importFacts',
  method: 'post',
  path: '/api/v1/cities/{slug}/fact-imports',
  tags,
  summary: 'Save chosen figures of a spreadsheet; what others have changed meanwhile is left alone and named',
  request: {
    params: slugParam,
    headers: idempotencyHeader,
    ...body(
      z.object({
        file: fileField,
        rows: z
          .array(z.object({ key: z.string().max(200), version: z.number().int().min(0) }))
          .min(1)
          .max(5000),
      }),
    ),
  },
  responses: { 201: json(z.object({ saved: z.array(z.string()), changed: z.array(z.string()) }), 'What was saved'), ...problems },
})
const exportPeopleRoute = createRoute({
  operationId: 'exportPeople',
  method: 'get',
  path: '/api/v1/people/spreadsheet',
  tags,
  summary: 'People with their roles, and open invitations, of a city or of the network',
  request: { query: cityQuery.extend(formatQuery.shape) },
  responses: { 200: { description: 'The file', content: spreadsheetContent }, ...problems },
})
const previewPeopleRoute = createRoute({
  operationId: 'previewPeople',
  method: 'post',
  path: '/api/v1/people-files',
  tags,
  summary: 'Whom a spreadsheet would invite; nobody is invited yet',
  request: { ...spreadsheetBody, query: cityQuery.extend(spreadsheetBody.query.shape) },
  responses: { 200: json(recordsSchema, 'Preview'), ...problems },
})
const importPeopleRoute = createRoute({
  operationId: 'importPeople',
  method: 'post',
  path: '/api/v1/people-imports',
  tags,
  summary: 'Invite chosen people of a spreadsheet; each gets a mail with a link',
  request: {
    query: cityQuery,
    headers: idempotencyHeader,
    ...body(z.object({ file: fileField, rows: z.array(z.string().max(400)).min(1).max(500) })),
  },
  responses: {
    201: json(
      z.object({ invited: z.number().int(), links: z.array(z.object({ email: z.string(), link: z.string(), wasMailed: z.boolean() })) }),
      'The invitations; each link is given once',
    ),
    ...problems,
  },
})

export function registerRecordRoutes(api: Api, services: Services): void {
  registerFacts(api, services)
  registerPeople(api, services)
}

function registerFacts(api: Api, services: Services): void {
  const { config } = services
  api.add('facts.edit', exportFactsRoute, async (c) => {
    const { city, facts } = await inTransaction(services, c, (db) => getEditableFacts(db, personOf(c), c.req.valid('param').slug))
    return factsFile(c, c.req.valid('query').format, city, facts)
  })
  api.add(
    'facts.edit',
    previewFactsRoute,
    async (c) => {
      const file = {
        slug: c.req.valid('param').slug,
        fileName: c.req.valid('query').fileName,
        bytes: new Uint8Array(await c.req.arrayBuffer()),
      }
      const preview = await inTransaction(services, c, (db) => previewFacts(db, personOf(c), config, file, services.now()))
      return c.json(toRecords(c.get('t'), preview), 200)
    },
    { maximumBody: maximumFile },
  )
  api.add('facts.edit', importFactsRoute, async (c) => {
    const { file: hash, rows } = c.req.valid('json')
    const input = { slug: c.req.valid('param').slug, hash, chosen: rows }
    const request = { key: c.req.valid('header')['idempotency-key'], operation: 'importFacts', body: input }
    const { city, done } = await inTransaction(services, c, async (db) => ({
      city: (await getEditableFacts(db, personOf(c), input.slug)).city,
      done: await once(db, personOf(c), request, () => importFacts(db, personOf(c), config, input, services.now())),
    }))
    if (done.changed.length === 0) await forgetFacts(config, personOf(c), city, hash)
    return c.json(done, 201)
  })
}

function registerPeople(api: Api, services: Services): void {
  const { config } = services
  api.add('city-people.invite', exportPeopleRoute, async (c) => {
    const { format, city: slug } = c.req.valid('query')
    const { city, people } = await inTransaction(services, c, (db) => exportPeople(db, personOf(c), slug ?? null, services.now()))
    return peopleFile(c, format, city, people)
  })
  api.add(
    'city-people.invite',
    previewPeopleRoute,
    async (c) => {
      const { city, fileName } = c.req.valid('query')
      const file = { slug: city ?? null, fileName, bytes: new Uint8Array(await c.req.arrayBuffer()) }
      const preview = await inTransaction(services, c, (db) => previewPeople(db, personOf(c), config, file, services.now()))
      return c.json(toRecords(c.get('t'), preview), 200)
    },
    { maximumBody: maximumFile },
  )
  api.add('city-people.invite', importPeopleRoute, async (c) => {
    const { file: hash, rows: chosen } = c.req.valid('json')
    const input = { slug: c.req.valid('query').city ?? null, hash, chosen, key: c.req.valid('header')['idempotency-key'] }
    const { city, made } = await inTransaction(services, c, async (db) => ({
      city: await getPlace(db, personOf(c), input.slug),
      made: await importPeople(db, personOf(c), config, input, services.now()),
    }))
    const links = await sendInvitations(c, services, made)
    await forgetPeople(config, personOf(c), city, hash)
    return c.json({ invited: made.length, links }, 201)
  })
}
