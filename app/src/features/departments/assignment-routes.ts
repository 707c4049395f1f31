import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import { once } from '../../once.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { ifMatchHeader, versionOf } from '../cities/version.ts'
import { assignQuestions, openAssignments, updateAssignment, withdrawAssignment, type AssignmentInput } from './assigning.ts'
import { handOnAssignment } from './hand-on.ts'
import { openOverview } from './reading.ts'
import { assignmentFields, assignmentItem, assignmentsSchema, handOnSchema } from './schemas.ts'
import { takeOverAssignments } from './take-over.ts'

const tags = ['assignments']
const params = z.object({ assessmentId: z.uuid() })
const assignmentParams = z.object({ assessmentId: z.uuid(), assignment: z.uuid() })
const named = z.object({ id: z.uuid(), name: z.string() }).nullable()

const assignmentSchema = z
  .object({
    id: z.uuid(),
    assessmentId: z.uuid(),
    dimensionId: z.string().nullable(),
    questionId: z.string().nullable(),
    department: named,
    person: named,
    contact: named,
    dueOn: z.string().nullable(),
    note: z.string().nullable(),
    version: z.number().int(),
  })
  .openapi('Assignment')
const owedSchema = z
  .object({
    departmentId: z.uuid().nullable(),
    personId: z.uuid().nullable(),
    contactId: z.uuid().nullable(),
    names: z.array(z.string()).openapi({ description: 'the department first; empty = nobody answers these' }),
    asked: z.number().int(),
    answered: z.number().int(),
    open: z.number().int(),
    overdue: z.number().int(),
    dueOn: z.string().nullable(),
    lastSavedAt: z.string().nullable(),
  })
  .openapi('OwedBy')
const done = z.object({ done: z.boolean() })

const listRoute = createRoute({
  operationId: 'listAssignments',
  method: 'get',
  path: '/api/v1/assessments/{assessmentId}/assignments',
  tags,
  summary: 'Who answers which areas and questions, until when',
  description:
    'An assignment of a question counts before that of its area. A person who is named answers alone; a department alone means all its members.',
  request: { params },
  responses: { 200: json(z.object({ assignments: z.array(assignmentSchema) }), 'Assignments'), ...problems },
})
const assignRoute = createRoute({
  operationId: 'assignQuestions',
  method: 'post',
  path: '/api/v1/assessments/{assessmentId}/assignments',
  tags,
  summary: 'Say who answers areas and questions, until when',
  request: { params, headers: idempotencyHeader, ...body(assignmentsSchema) },
  responses: { 200: json(z.object({ changed: z.number().int() }), 'How many assignments are new or different'), ...problems },
})
const updateRoute = createRoute({
  operationId: 'updateAssignment',
  method: 'put',
  path: '/api/v1/assessments/{assessmentId}/assignments/{assignment}',
  tags,
  summary: 'Change who answers, until when',
  request: { params: assignmentParams, headers: ifMatchHeader, ...body(assignmentFields) },
  responses: { 200: json(assignmentSchema, 'The assignment'), ...problems },
})
const withdrawRoute = createRoute({
  operationId: 'withdrawAssignment',
  method: 'delete',
  path: '/api/v1/assessments/{assessmentId}/assignments/{assignment}',
  tags,
  summary: 'Take an assignment back; what was answered stays',
  request: { params: assignmentParams, headers: ifMatchHeader },
  responses: { 200: json(done, 'Taken back'), ...problems },
})
const handOnRoute = createRoute({
  operationId: 'handOnAssignment',
  method: 'post',
  path: '/api/v1/assessments/{assessmentId}/assignments/{assignment}/hand-on',
  tags,
  summary: 'Hand on what is yours to a colleague or to somebody without an account',
  request: { params: assignmentParams, headers: ifMatchHeader, ...body(handOnSchema) },
  responses: { 200: json(done, 'Handed on'), ...problems },
})
const takeOverRoute = createRoute({
  operationId: 'takeOverAssignments',
  method: 'post',
  path: '/api/v1/assessments/{assessmentId}/assignments/take-over',
  tags,
  summary: 'Take over who answered what in the last wave, without dates',
  request: { params, headers: idempotencyHeader },
  responses: { 200: json(z.object({ taken: z.number().int() }), 'How many assignments were taken over'), ...problems },
})
const overviewRoute = createRoute({
  operationId: 'getAssignmentOverview',
  method: 'get',
  path: '/api/v1/assessments/{assessmentId}/overview',
  tags,
  summary: 'Who owes what: assigned, answered, open and overdue questions, the most overdue first',
  request: { params },
  responses: {
    200: json(
      z.object({ today: z.string().openapi({ description: 'the day that counts, where you are' }), rows: z.array(owedSchema) }),
      'Overview',
    ),
    ...problems,
  },
})

export function registerAssignmentRoutes(api: Api, services: Services): void {
  registerReading(api, services)
  registerChanges(api, services)
  registerPassing(api, services)
}

function registerReading(api: Api, services: Services): void {
  const { instruments, now } = services
  api.add('assessment.read', listRoute, async (c) => {
    const { assessmentId } = c.req.valid('param')
    const { assignments } = await inTransaction(services, c, (db) => openAssignments(db, personOf(c), instruments, assessmentId))
    return c.json({ assignments }, 200)
  })
  api.add('assessment.read', overviewRoute, async (c) => {
    const { assessmentId } = c.req.valid('param')
    const { rows, today } = await inTransaction(services, c, (db) => openOverview(db, personOf(c), instruments, assessmentId, now()))
    return c.json({ today, rows: rows.map(({ responsible, ...row }) => ({ ...responsible, ...row })) }, 200)
  })
}

/** An item of the API as the use case takes it. */
function toItem({ area, question, ...fields }: z.output<typeof assignmentItem>): AssignmentInput {
  return question === undefined
    ? { ...fields, dimensionId: area!, questionId: null }
    : { ...fields, dimensionId: null, questionId: question }
}

function registerChanges(api: Api, services: Services): void {
  const { instruments, now } = services
  api.add('city.arrange', assignRoute, async (c) => {
    const input = { ...c.req.valid('param'), items: c.req.valid('json').assignments.map(toItem) }
    const request = { key: c.req.valid('header')['idempotency-key'], operation: 'assignQuestions', body: input }
    const changed = await inTransaction(services, c, (db) =>
      once(db, personOf(c), request, () => assignQuestions(db, personOf(c), instruments, input, now())),
    )
    return c.json({ changed }, 200)
  })
  api.add('city.arrange', updateRoute, async (c) => {
    const { assessmentId, assignment: assignmentId } = c.req.valid('param')
    const input = { assessmentId, assignmentId, ...c.req.valid('json'), version: versionOf(c.req.header('if-match')) }
    const assignment = await inTransaction(services, c, (db) => updateAssignment(db, personOf(c), instruments, input, now()))
    return c.json(assignment, 200, { ETag: `"${assignment.version}"` })
  })
  api.add('city.arrange', withdrawRoute, async (c) => {
    const { assessmentId, assignment: assignmentId } = c.req.valid('param')
    const key = { assessmentId, assignmentId, version: versionOf(c.req.header('if-match')) }
    await inTransaction(services, c, (db) => withdrawAssignment(db, personOf(c), instruments, key, now()))
    return c.json({ done: true }, 200)
  })
}

function registerPassing(api: Api, services: Services): void {
  const { instruments, now } = services
  api.add('answer.save', handOnRoute, async (c) => {
    const { assessmentId, assignment: assignmentId } = c.req.valid('param')
    const { questions, ...input } = c.req.valid('json')
    const key = { assessmentId, assignmentId, version: versionOf(c.req.header('if-match')) }
    await inTransaction(services, c, (db) =>
      handOnAssignment(db, personOf(c), instruments, { ...key, ...input, questionIds: questions }, now()),
    )
    return c.json({ done: true }, 200)
  })
  api.add('city.arrange', takeOverRoute, async (c) => {
    const input = c.req.valid('param')
    const request = { key: c.req.valid('header')['idempotency-key'], operation: 'takeOverAssignments', body: input }
    const taken = await inTransaction(services, c, (db) =>
      once(db, personOf(c), request, () => takeOverAssignments(db, personOf(c), instruments, input, now())),
    )
    return c.json({ taken }, 200)
  })
}
