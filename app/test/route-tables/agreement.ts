import { type Expectation, ifMatch, inWave, lead, watching } from './expectation.ts'

// The second expert of city A's review has not signed: its pages are open, and say nothing of either expert.

const pages = '/evaluations/reviews/:reviewId'
const operation = '/api/v1/reviews/{reviewId}'
const decision = { decision: 'agreed', reason: 'The minutes do show it.' }
const wave = { who: watching, params: inWave('open') }
const notYet = 409

export const agreementRoutes: Readonly<Record<string, Expectation>> = {
  'GET /evaluations/:slug/agreement': wave,
  'GET /evaluations/:slug/agreement.csv': wave,
  [`GET ${pages}/disagreements`]: { who: watching },
  [`GET ${pages}/disagreements/:questionId`]: { who: watching },
  [`POST ${pages}/disagreements/:questionId`]: {
    who: lead,
    form: () => ({ ...decision, reasonCode: '', points: '', reportText: '', version: '0' }),
    status: 422,
  },
  [`GET ${pages}/conclusion`]: { who: watching },
  [`POST ${pages}/conclusion/sign`]: { who: lead, form: () => ({ version: '1' }), status: 422 },
  [`POST ${pages}/conclusion/publish`]: { who: watching, form: () => ({ version: '1' }), status: 422 },
  'GET /api/v1/waves/{wave}/agreement': wave,
  [`GET ${operation}/disagreements`]: { who: watching },
  [`PUT ${operation}/questions/{questionId}/adjudication`]: { who: lead, headers: ifMatch(0), json: () => decision, status: notYet },
  [`GET ${operation}/conclusion`]: { who: watching },
  [`POST ${operation}/evaluation-signature`]: { who: lead, headers: ifMatch(1), json: () => ({}), status: notYet },
  [`POST ${operation}/publication`]: { who: watching, headers: ifMatch(1), status: notYet },
}
