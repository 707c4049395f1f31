import { randomUUID } from 'node:crypto'
import { type Expectation, idempotent, key } from './expectation.ts'

const filing = ['coordinator', 'contributor'] as const
const base = '/assessments/:assessmentId/inbox'
const operation = '/api/v1/assessments/{assessmentId}/inbox'

export const inboxRoutes: Readonly<Record<string, Expectation>> = {
  [`GET ${base}`]: { who: filing },
  [`POST ${base}`]: { who: filing, form: key },
  [`POST ${base}/bring-back`]: { who: filing, form: () => ({}) },
  [`GET ${operation}`]: { who: filing },
  [`POST ${operation}`]: {
    who: filing,
    headers: idempotent,
    json: () => ({ documents: [{ evidenceId: randomUUID(), questionIds: [] }] }),
    status: 404,
  },
  [`POST ${operation}/bring-back`]: { who: filing },
}
