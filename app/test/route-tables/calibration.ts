import { type Expectation, experts, lead } from './expectation.ts'

const params = () => ({ caseId: 'plan-adopted' })

export const calibrationRoutes: Readonly<Record<string, Expectation>> = {
  'GET /calibration': { who: experts },
  'GET /calibration/:caseId': { who: experts, params },
  'POST /calibration/:caseId': { who: experts, params, form: () => ({ decision: 'agreed', points: '', note: '' }) },
  'GET /evaluations/calibration': { who: lead },
  'GET /api/v1/calibration': { who: experts },
  'POST /api/v1/calibration/{caseId}': { who: experts, params, json: () => ({ decision: 'agreed' }) },
  'GET /api/v1/calibration/overview': { who: lead },
}
