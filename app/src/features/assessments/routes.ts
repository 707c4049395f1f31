import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, json, problems } from '../../api.ts'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { citiesOf } from '../../permissions.ts'
import type { StoredAnswer } from './answer.ts'
import { areaProgress, type Assessment, canAnswer, progressOf, questionStatuses } from './assessment.ts'
import { listAssessments } from './queries.ts'
import { requireSamePerson } from './same-person.ts'
import { answerPatchSchema, answerSchema, assessmentSchema, assessmentSummarySchema } from './schemas.ts'
import { getHistory, openQuestionnaire, saveAnswer } from './usecases.ts'

const assessmentId = z.object({ assessmentId: z.uuid() })
const answerKey = z.object({ assessmentId: z.uuid(), questionId: z.string().max(60) })

/** Version in If-Match: "3" or 3; 0 = there is no answer yet. */
export function versionOf(header: string | undefined): number {
  if (header === undefined) throw new AppError('PRECONDITION_MISSING')
  const version = Number(header.replace(/^W\//, '').replaceAll('"', ''))
  if (!Number.isInteger(version) || version < 0) throw new AppError('PRECONDITION_MISSING')
  return version
}

const etag = (answer: StoredAnswer) => ({ ETag: `"${answer.version}"` })

function summary(assessment: Assessment) {
  const { id, submittedAt, city, wave } = assessment
  return {
    id,
    city: { slug: city.slug, name: city.name },
    isSynthetic: city.isSynthetic,
    wave: { slug: wave.slug, name: wave.name, opensAt: wave.opensAt.toISOString(), closesAt: wave.closesAt.toISOString() },
    submittedAt: submittedAt?.toISOString() ?? null,
  }
}

const tags = ['assessments']

const listRoute = createRoute({
  operationId: 'listAssessments',
  method: 'get',
  path: '/api/v1/assessments',
  tags,
  summary: 'The assessments of your cities, newest wave first',
  responses: { 200: json(z.object({ assessments: z.array(assessmentSummarySchema) }), 'Assessments'), ...problems },
})
const getRoute = createRoute({
  operationId: 'getAssessment',
  method: 'get',
  path: '/api/v1/assessments/{assessmentId}',
  tags,
  summary: 'One assessment with the progress of each area and what can be done now',
  request: { params: assessmentId },
  responses: { 200: json(assessmentSchema, 'Assessment'), ...problems },
})
const listAnswersRoute = createRoute({
  operationId: 'listAnswers',
  method: 'get',
  path: '/api/v1/assessments/{assessmentId}/answers',
  tags,
  summary: 'All answers of an assessment',
  request: { params: assessmentId },
  responses: { 200: json(z.object({ answers: z.array(answerSchema), isSynthetic: z.boolean() }), 'Answers'), ...problems },
})
const saveRoute = createRoute({
  operationId: 'saveAnswer',
  method: 'put',
  path: '/api/v1/assessments/{assessmentId}/answers/{questionId}',
  tags,
  summary: 'Save the fields of an answer that change',
  description:
    'If-Match carries the version you have seen ("0" for none yet); missing gives 428, a stale one 412 with the current answer. Absent fields keep their value, null clears them.',
  request: {
    params: answerKey,
    headers: z.object({ 'if-match': z.string().optional(), 'tessera-person': z.string().optional() }),
    ...body(answerPatchSchema),
  },
  responses: { 200: json(answerSchema, 'The answer as stored'), ...problems },
})
const historyRoute = createRoute({
  operationId: 'getAnswerHistory',
  method: 'get',
  path: '/api/v1/assessments/{assessmentId}/answers/{questionId}/history',
  tags,
  summary: 'Every saved version of an answer, newest first',
  request: { params: answerKey },
  responses: { 200: json(z.object({ history: z.array(answerSchema) }), 'Versions'), ...problems },
})

export function registerAssessmentRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('assessment.read', listRoute, async (c) => {
    const assessments = await inTransaction(services, c, (db) => listAssessments(db, citiesOf(personOf(c))))
    return c.json({ assessments: assessments.map(summary) }, 200)
  })
  api.add('assessment.read', getRoute, async (c) => {
    const { assessment, instrument, answers, exclusions } = await inTransaction(services, c, (db) =>
      openQuestionnaire(db, personOf(c), instruments, c.req.valid('param').assessmentId),
    )
    const statuses = questionStatuses(instrument, answers, exclusions)
    const areas = areaProgress(instrument, statuses).map(({ dimension, progress, state }) => ({
      dimension: dimension.id,
      state,
      ...progress,
    }))
    return c.json(
      {
        ...summary(assessment),
        instrument: { id: instrument.id, version: instrument.version },
        progress: progressOf(statuses.values()),
        areas,
        steps: { answer: canAnswer(assessment, services.now()) },
      },
      200,
    )
  })
  api.add('assessment.read', listAnswersRoute, async (c) => {
    const { assessment, answers } = await inTransaction(services, c, (db) =>
      openQuestionnaire(db, personOf(c), instruments, c.req.valid('param').assessmentId),
    )
    return c.json({ answers: [...answers.values()], isSynthetic: assessment.city.isSynthetic }, 200)
  })
  api.add('answer.save', saveRoute, async (c) => {
    const { assessmentId, questionId } = c.req.valid('param')
    const headers = c.req.valid('header')
    const version = versionOf(headers['if-match'])
    requireSamePerson(headers['tessera-person'], personOf(c))
    const request = { assessmentId, questionId, version, patch: c.req.valid('json'), language: c.get('language') }
    const answer = await inTransaction(services, c, (db) => saveAnswer(db, personOf(c), instruments, request, services.now()))
    return c.json(answer, 200, etag(answer))
  })
  api.add('assessment.read', historyRoute, async (c) => {
    const { assessmentId, questionId } = c.req.valid('param')
    const { history } = await inTransaction(services, c, (db) => getHistory(db, personOf(c), instruments, assessmentId, questionId))
    return c.json({ history }, 200)
  })
}
