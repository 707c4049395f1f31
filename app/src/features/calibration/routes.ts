import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { deviationOf } from './case.ts'
import { calibrationOverviewSchema, calibrationSchema, caseRequestSchema, caseSchema } from './schemas.ts'
import { judgeCase, openCalibration, openCalibrationOverview, type OwnCase } from './usecases.ts'

const tags = ['reviews']

const routes = {
  own: createRoute({
    operationId: 'getCalibration',
    method: 'get',
    path: '/api/v1/calibration',
    tags,
    summary: 'The invented cases with your own decisions; what was expected stands there after each',
    responses: { 200: json(calibrationSchema, 'Cases'), ...problems },
  }),
  judge: createRoute({
    operationId: 'judgeCase',
    method: 'post',
    path: '/api/v1/calibration/{caseId}',
    tags,
    summary: 'Decide a case, once',
    request: { params: z.object({ caseId: z.string().max(60) }), ...body(caseRequestSchema) },
    responses: { 201: json(caseSchema, 'The case with what was expected'), ...problems },
  }),
  overview: createRoute({
    operationId: 'getCalibrationOverview',
    method: 'get',
    path: '/api/v1/calibration/overview',
    tags,
    summary: 'How far every expert is from what was expected, and which cases are hard',
    responses: { 200: json(calibrationOverviewSchema, 'Overview'), ...problems },
  }),
} as const

function toCase({ case: of, judgement }: OwnCase, language: 'en' | 'de') {
  const { question, options, explanation, evidence, why } = of.texts[language]
  return {
    id: of.id,
    question,
    options: of.options.map(({ id, points }) => ({ id, points, label: options[id] ?? id })),
    answered: of.answered,
    explanation,
    evidence,
    judgement: judgement && {
      decision: judgement.decision,
      points: judgement.points,
      note: judgement.note,
      judgedAt: judgement.judgedAt.toISOString(),
    },
    expected: judgement && { ...of.expected, why },
    deviation: judgement && deviationOf(of, judgement),
  }
}

export function registerCalibrationRoutes(api: Api, services: Services): void {
  api.add('reviews.manage', routes.overview, async (c) => {
    const { experts, cases } = await inTransaction(services, c, (db) => openCalibrationOverview(db, personOf(c)))
    return c.json(
      {
        experts: experts.map(({ id, name, summary }) => ({ id, name, ...summary })),
        cases: cases.map(({ summary: { caseId, ...figures } }) => ({ id: caseId, ...figures })),
      },
      200,
    )
  })
  api.add('review.work', routes.own, async (c) => {
    const { cases, summary } = await inTransaction(services, c, (db) => openCalibration(db, personOf(c)))
    return c.json({ cases: cases.map((each) => toCase(each, c.get('language'))), summary }, 200)
  })
  api.add('review.work', routes.judge, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('json') }
    const judged = await inTransaction(services, c, (db) => judgeCase(db, personOf(c), request, services.now()))
    return c.json(toCase(judged, c.get('language')), 201)
  })
}
