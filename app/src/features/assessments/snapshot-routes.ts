import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { answerSchema } from './schemas.ts'
import { changeKinds, countChanges, maximumSnapshotName, parseStateRef, type Snapshot, type StateRef, stateRefText } from './snapshot.ts'
import {
  type ComparedState,
  compareStates,
  createSnapshot,
  type OpenedSnapshots,
  openSnapshots,
  removeSnapshot,
  type StateComparison,
} from './snapshot-usecases.ts'

const params = z.object({ assessmentId: z.uuid() })
const tags = ['assessments']
const path = '/api/v1/assessments/{assessmentId}/snapshots'

const snapshotSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    at: z.string().openapi({ description: 'the moment it shows; may lie ahead' }),
    createdAt: z.string(),
    author: z.string().nullable(),
  })
  .openapi('Snapshot')

const listSchema = z
  .object({
    snapshots: z.array(snapshotSchema),
    copies: z.array(z.object({ id: z.string(), handedInAt: z.string() })),
    earlier: z.object({ assessmentId: z.string(), wave: z.object({ slug: z.string(), name: z.string() }) }).nullable(),
  })
  .openapi('Snapshots')

const scores = z.object({
  core: z.number().nullable(),
  extended: z.number().nullable(),
  dimensions: z.record(z.string(), z.number().nullable()),
})
const stateSchema = z.object({
  state: z.string(),
  at: z.string().nullable(),
  name: z.string().nullable(),
  instrumentVersion: z.string(),
  scores,
})
const exclusion = z.object({ scopeId: z.string(), reason: z.string() }).nullable()

const comparisonSchema = z
  .object({
    a: stateSchema,
    b: stateSchema,
    counts: z.record(z.enum(changeKinds), z.number().int()),
    changes: z.array(
      z.object({
        questionId: z.string(),
        kind: z.enum(changeKinds),
        before: answerSchema.nullable(),
        after: answerSchema.nullable(),
        exclusions: z.object({ before: exclusion, after: exclusion }),
      }),
    ),
  })
  .openapi('StateComparison')

const stateParameter = z
  .string()
  .max(60)
  .openapi({ description: 'now, snapshot:<id>, copy:<id> of what was handed in, or earlier for the wave before', example: 'now' })

const newSnapshotSchema = z.strictObject({
  name: z.string().trim().min(1, 'snapshots.form.nameMissing').max(maximumSnapshotName, 'snapshots.form.nameLong'),
  at: z.iso.datetime({ offset: true }),
})

const toJson = ({ id, name, at, createdAt, author }: Snapshot) => ({
  id,
  name,
  at: at.toISOString(),
  createdAt: createdAt.toISOString(),
  author,
})

const toList = ({ snapshots, copies, earlier }: OpenedSnapshots): z.infer<typeof listSchema> => ({
  snapshots: snapshots.map(toJson),
  copies: copies.map(({ id, frozenAt }) => ({ id, handedInAt: frozenAt.toISOString() })),
  earlier: earlier && { assessmentId: earlier.assessmentId, wave: earlier.wave },
})

const toState = ({ ref, name, sheet, instrument, scores: found }: ComparedState) => ({
  state: stateRefText(ref),
  at: sheet.at?.toISOString() ?? null,
  name,
  instrumentVersion: instrument.version,
  scores: { ...found, dimensions: Object.fromEntries(found.dimensions) },
})

const toComparison = ({ a, b, changes }: StateComparison): z.infer<typeof comparisonSchema> => ({
  a: toState(a),
  b: toState(b),
  counts: countChanges(changes),
  changes,
})

/** @throws {AppError} SNAPSHOT_NOT_FOUND when the address names no state */
export function requireStateRef(text: string): StateRef {
  const ref = parseStateRef(text)
  if (ref === null) throw new AppError('SNAPSHOT_NOT_FOUND')
  return ref
}

const listRoute = createRoute({
  operationId: 'listSnapshots',
  method: 'get',
  path,
  tags,
  summary: 'Named moments of an assessment, copies handed in, and the wave before: all that can be compared',
  request: { params },
  responses: { 200: json(listSchema, 'Snapshots'), ...problems },
})
const createSnapshotRoute = createRoute({
  operationId: 'createSnapshot',
  method: 'post',
  path,
  tags,
  summary: 'Give a moment a name',
  description: 'Past, now or ahead: every version of every answer is kept, so that a moment needs a name only.',
  request: { params, headers: idempotencyHeader, ...body(newSnapshotSchema) },
  responses: { 201: json(z.object({ id: z.string() }), 'Created'), ...problems },
})
const removeRoute = createRoute({
  operationId: 'removeSnapshot',
  method: 'delete',
  path: `${path}/{snapshotId}`,
  tags,
  summary: 'Take a snapshot off the list; the history of the answers stays',
  request: { params: params.extend({ snapshotId: z.uuid() }) },
  responses: { 204: { description: 'Removed' }, ...problems },
})
const compareRoute = createRoute({
  operationId: 'compareSnapshots',
  method: 'get',
  path: `${path}/compare`,
  tags,
  summary: 'What changed between any two states of an assessment, with the scores of both',
  request: { params, query: z.object({ a: stateParameter, b: stateParameter }) },
  responses: { 200: json(comparisonSchema, 'Comparison'), ...problems },
})

export function registerSnapshotRoutes(api: Api, services: Services): void {
  const { instruments, now } = services
  api.add('assessment.read', listRoute, async (c) => {
    const list = await inTransaction(services, c, (db) => openSnapshots(db, personOf(c), instruments, c.req.valid('param').assessmentId))
    return c.json(toList(list), 200)
  })
  api.add('city.arrange', createSnapshotRoute, async (c) => {
    const { name, at } = c.req.valid('json')
    const key = c.req.valid('header')['idempotency-key']
    const request = { assessmentId: c.req.valid('param').assessmentId, key, name, at: new Date(at) }
    const id = await inTransaction(services, c, (db) => createSnapshot(db, personOf(c), instruments, request, now()))
    return c.json({ id }, 201)
  })
  api.add('city.arrange', removeRoute, async (c) => {
    await inTransaction(services, c, (db) => removeSnapshot(db, personOf(c), instruments, c.req.valid('param'), now()))
    return c.body(null, 204)
  })
  api.add('assessment.read', compareRoute, async (c) => {
    const { a, b } = c.req.valid('query')
    const request = { assessmentId: c.req.valid('param').assessmentId, a: requireStateRef(a), b: requireStateRef(b) }
    const comparison = await inTransaction(services, c, (db) => compareStates(db, personOf(c), instruments, request, now()))
    return c.json(toComparison(comparison), 200)
  })
}
