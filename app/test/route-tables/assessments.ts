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

const seeingAll = cityA.filter((viewer) => viewer !== 'contributor')
const ownOnly = 'a contributor sees the questions that are theirs, unless the city opens the whole questionnaire to them'

const assessmentPages: Record<string, Expectation> = {
  ...Object.fromEntries(
    [
      '',
      '/areas/:dimension',
      '/areas/:dimension/check',
      '/check',
      '/questions/:questionId',
      '/questions/:questionId/history',
      '/submissions/:submissionId',
    ].map((path) => [`GET /assessments/:assessmentId${path}`, { who: cityA }]),
  ),
  ...Object.fromEntries(
    [
      '/results',
      '/results.csv',
      '/results.json',
      '/results/chart.svg',
      '/results/chart.png',
      '/results/chart.csv',
      '/results/:element',
      '/submit',
    ].map((path) => [`GET /assessments/:assessmentId${path}`, { who: seeingAll, narrower: ownOnly }]),
  ),
  'POST /assessments/:assessmentId/answers/:questionId': { who: answering, form: () => ({ version: '3', explanation: 'A new text.' }) },
  'POST /assessments/:assessmentId/submit': { who: ['coordinator'], form: key, status: 422 },
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
  'GET /api/v1/assessments/{assessmentId}/answers/{questionId}': { who: cityA },
  'POST /api/v1/assessments/{assessmentId}/questions/{questionId}/answering': { who: answering },
  'GET /api/v1/live': { who: anyCity, query: () => 'seconds=0' },
  'GET /api/v1/assessments/{assessmentId}/answers/{questionId}/history': { who: cityA },
  'GET /api/v1/assessments/{assessmentId}/scores': { who: seeingAll, narrower: ownOnly },
  'GET /api/v1/assessments/{assessmentId}/comparison': { who: seeingAll, narrower: ownOnly },
  'POST /api/v1/assessments/{assessmentId}/submissions': { who: ['coordinator'], headers: idempotent, status: 409 },
  'GET /api/v1/results': { who: everybodySignedIn },
  'GET /api/v1/instruments/current': { who: everybody },
  'GET /api/v1/instruments/{id}': { who: everybody, params: withId(({ instrumentId }) => instrumentId) },
}

export const assessmentsRoutes: Readonly<Record<string, Expectation>> = { ...assessmentPages, ...assessmentOperations }
