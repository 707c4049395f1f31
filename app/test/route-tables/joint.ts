import { type Expectation, idempotent, key } from './expectation.ts'
import type { PlantedNetwork } from '../planted-network.ts'

const arranging = ['coordinator'] as const
const agreement = ({ jointA }: PlantedNetwork) => ({ jointId: jointA })
const base = '/assessments/:assessmentId/joint'
const operation = '/api/v1/assessments/{assessmentId}/joint'
const proposal = ({ dimension }: PlantedNetwork) => ({ city: 'city-b', dimension, note: '', ...key() })

export const jointRoutes: Readonly<Record<string, Expectation>> = {
  [`GET ${base}`]: { who: arranging },
  [`POST ${base}`]: { who: arranging, form: proposal, status: 422 },
  [`POST ${base}/take-over`]: { who: arranging, form: () => ({}) },
  [`POST ${base}/:jointId/decide`]: { who: arranging, params: agreement, form: () => ({ decision: 'end' }) },
  [`POST ${base}/:jointId/hand-over`]: { who: arranging, params: agreement, form: () => ({}), status: 409 },
  [`GET ${operation}`]: { who: arranging },
  [`POST ${operation}`]: {
    who: arranging,
    headers: idempotent,
    json: ({ dimension }) => ({ city: 'city-b', dimensions: [dimension] }),
    status: 409,
  },
  [`POST ${operation}/take-over`]: { who: arranging },
  [`POST ${operation}/{jointId}/decide`]: { who: arranging, params: agreement, json: () => ({ decision: 'end' }) },
  [`POST ${operation}/{jointId}/hand-over`]: { who: arranging, params: agreement, status: 409 },
}
