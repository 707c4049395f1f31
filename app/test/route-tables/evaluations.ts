import type { PlantedNetwork } from '../planted-network.ts'
import { everybody, type Expectation, experts, idempotent, inWave, key, lead, network, watching } from './expectation.ts'

const declaring = [...experts, ...lead]
const reason = 'ten characters and more'
const page = '/evaluations/reviews/:reviewId'
const operation = '/api/v1/evaluations/reviews/{reviewId}'
const methodForm = { share: '20', seed: '7', publishable: '0.8', tentative: '0.667', minimumUnits: '30', version: '0' }
const second = ({ freeExpert }: PlantedNetwork) => ({ personId: freeExpert, part: 'second' })
/** Has declared nothing, so that an exception could be asked for. */
const conflicted = ({ people }: PlantedNetwork) => ({ personId: people.reviewerB.person.id, part: 'second' })
const exceptions = 'the network coordination and the lead of the evaluation read what is noted about exceptions'

export const evaluationsRoutes: Readonly<Record<string, Expectation>> = {
  'GET /waves/:slug/method': { who: everybody, params: inWave('open') },
  'GET /network/waves/:slug/method': { who: network, params: inWave('open') },
  // a wave whose method is not registered
  'POST /network/waves/:slug/method': { who: network, params: inWave('closed'), form: () => ({ ...methodForm, ...key() }) },
  'GET /evaluations/:slug/interests': { who: declaring, params: inWave('open') },
  'POST /evaluations/:slug/interests': { who: declaring, params: inWave('open'), form: () => ({ declares: 'none', ...key() }) },
  'GET /evaluations/:slug': { who: watching, params: inWave('open') },
  // both cities that have handed in have a review
  'POST /evaluations/:slug/reviews': {
    who: lead,
    params: inWave('open'),
    form: () => ({ city: 'city-a', dueOn: '', ...key() }),
    status: 422,
  },
  'POST /evaluations/:slug/proposals': { who: lead, params: inWave('open'), form: key },
  [`GET ${page}`]: { who: watching, showsAnswers: exceptions },
  [`POST ${page}/assign`]: { who: lead, form: (planted) => ({ ...second(planted), dueOn: '', ...key() }) },
  [`POST ${page}/assignments/:assignmentId/end`]: { who: lead, form: () => ({ reason }) },
  [`POST ${page}/exception`]: { who: lead, form: (planted) => ({ ...conflicted(planted), reason }) },
  // nobody has asked for it
  [`POST ${page}/override`]: {
    who: network,
    form: (planted) => ({ ...conflicted(planted), reason, note: reason, ...key() }),
    status: 422,
    showsAnswers: exceptions,
  },
  [`POST ${page}/dates`]: { who: lead, form: () => ({ dueOn: '2030-01-31', version: '1' }) },
  [`POST ${page}/withdraw`]: { who: lead, form: () => ({ reason, version: '1' }) },
  'GET /api/v1/waves/{wave}/method': { who: everybody },
  'POST /api/v1/waves/{wave}/method': { who: network, params: inWave('closed'), headers: idempotent, json: () => ({ seed: 7 }) },
  'GET /api/v1/waves/{wave}/interests': { who: declaring },
  'POST /api/v1/waves/{wave}/interests': { who: declaring, headers: idempotent, json: () => ({ ties: [] }) },
  'GET /api/v1/waves/{wave}/evaluation': { who: watching },
  'POST /api/v1/waves/{wave}/reviews': { who: lead, headers: idempotent, json: () => ({ city: 'city-a' }), status: 409 },
  'POST /api/v1/waves/{wave}/review-proposals': { who: lead, headers: idempotent },
  [`GET ${operation}`]: { who: watching, showsAnswers: exceptions },
  [`POST ${operation}/assignments`]: { who: lead, headers: idempotent, json: second },
  [`POST ${operation}/assignments/{assignmentId}/end`]: { who: lead, json: () => ({ reason }) },
  [`POST ${operation}/exceptions`]: { who: lead, json: (planted) => ({ ...conflicted(planted), reason }) },
  [`POST ${operation}/overrides`]: {
    who: network,
    headers: idempotent,
    json: (planted) => ({ ...conflicted(planted), reason, note: reason }),
    status: 409,
  },
  [`PUT ${operation}/dates`]: { who: lead, headers: { 'if-match': '"1"' }, json: () => ({ dueOn: '2030-01-31' }) },
  [`POST ${operation}/withdraw`]: { who: lead, headers: { 'if-match': '"1"' }, json: () => ({ reason }) },
}
