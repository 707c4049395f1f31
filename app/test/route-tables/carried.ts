import { answering, cityA, type Expectation, idempotent, key } from './expectation.ts'

export const carriedRoutes: Readonly<Record<string, Expectation>> = {
  'GET /assessments/:assessmentId/still-true': { who: cityA },
  'POST /assessments/:assessmentId/still-true': { who: answering, form: ({ earlierA }) => ({ seen: `${earlierA}:1`, ...key() }) },
  'GET /api/v1/assessments/{assessmentId}/earlier-answers': { who: cityA },
  'POST /api/v1/assessments/{assessmentId}/earlier-answers/confirm': {
    who: answering,
    headers: idempotent,
    json: ({ earlierA }) => ({ answers: [{ questionId: earlierA, fromVersion: 1 }] }),
  },
}
