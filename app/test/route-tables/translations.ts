import type { PlantedNetwork } from '../planted-network.ts'
import { answering, cityA, type Expectation, ifMatch } from './expectation.ts'

const page = '/assessments/:assessmentId/questions/:questionId/translation'
const api = '/api/v1/assessments/{assessmentId}/answers/{questionId}/translations/{language}'
const params = () => ({ language: 'de' })
// the draft that stands there, of the original as it reads now
const draft = ({ translatedA }: PlantedNetwork) => ({ explanation: 'Ein neuer Text.', sourceHash: translatedA })

export const translationsRoutes: Readonly<Record<string, Expectation>> = {
  'GET /assessments/:assessmentId/translations': { who: cityA },
  [`GET ${page}`]: { who: cityA, query: () => 'language=de' },
  [`POST ${page}`]: { who: answering, form: (planted) => ({ language: 'de', version: '1', ...draft(planted) }) },
  [`POST ${page}/check`]: { who: answering, form: () => ({ language: 'de', version: '1' }) },
  'GET /api/v1/assessments/{assessmentId}/translations': { who: cityA, query: () => 'language=de' },
  [`GET ${api}`]: { who: cityA, params },
  [`PUT ${api}`]: { who: answering, params, headers: ifMatch(1), json: draft },
  [`POST ${api}/check`]: { who: answering, params, headers: ifMatch(1) },
}
