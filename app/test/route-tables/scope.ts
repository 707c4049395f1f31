import { cityA, type Expectation, ifMatch } from './expectation.ts'

const arranging = ['coordinator'] as const
const schools = { scopeId: 'schools', isResponsible: false, reason: 'The region' }

export const scopeRoutes: Readonly<Record<string, Expectation>> = {
  'GET /assessments/:assessmentId/scope': { who: cityA },
  'POST /assessments/:assessmentId/scope': {
    who: arranging,
    form: () => ({ version: '1', 'responsible-schools': 'no', 'reason-schools': 'The region' }),
  },
  'GET /api/v1/assessments/{assessmentId}/scope': { who: cityA },
  'PUT /api/v1/assessments/{assessmentId}/scope': { who: arranging, headers: ifMatch(1), json: () => ({ scopes: [schools] }) },
}
