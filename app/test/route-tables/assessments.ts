import {
  type Expectation,
  everybody,
  everybodySignedIn,
  cityA,
  anyCity,
  answering,
  key,
  idempotent,
  ifMatch,
  withId,
} from './expectation.ts'

const assessmentPages: Record<string, Expectation> = {
  ...Object.fromEntries(
    [
      '',
      '/areas/:dimension',
      '/areas/:dimension/check',
      '/check',
      '/questions/:questionId',
      '/questions/:questionId/history',
      '/results',
      '/results.csv',
      '/results.json',
      '/results/chart.svg',
      '/results/chart.csv',
      '/results/:element',
      '/submit',
      '/submissions/:submissionId',
    ].map((path) => [`GET /assessments/:assessmentId${path}`, { who: cityA }]),
  ),
  'POST /assessments/:assessmentId/answers/:questionId': { who: answering, form: () => ({ version: '3', explanation: 'A new text.' }) },
  'POST /assessments/:assessmentId/submit': { who: ['coordinator'], form: key },
}

const assessmentOperations: Record<string, Expectation> = {
  'GET /api/v1/assessments': { who: anyCity },
  'GET /api/v1/assessments/{assessmentId}': { who: cityA },
  'GET /api/v1/assessments/{assessmentId}/answers': { who: cityA },
  'PUT /api/v1/assessments/{assessmentId}/answers/{questionId}': {
    who: answering,
    headers: ifMatch(3),
    json: () => ({ explanation: 'A new text.' }),
  },
  'GET /api/v1/assessments/{assessmentId}/answers/{questionId}/history': { who: cityA },
  'GET /api/v1/assessments/{assessmentId}/scores': { who: cityA },
  'GET /api/v1/assessments/{assessmentId}/comparison': { who: cityA },
  'POST /api/v1/assessments/{assessmentId}/submissions': { who: ['coordinator'], headers: idempotent },
  'GET /api/v1/results': { who: everybodySignedIn },
  'GET /api/v1/instruments/current': { who: everybody },
  'GET /api/v1/instruments/{id}': { who: everybody, params: withId(({ instrumentId }) => instrumentId) },
}

export const assessmentsRoutes: Readonly<Record<string, Expectation>> = { ...assessmentPages, ...assessmentOperations }
