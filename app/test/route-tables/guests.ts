import { randomUUID } from 'node:crypto'
import { everybody, type Expectation, idempotent, ifMatch, key } from './expectation.ts'
import type { PlantedNetwork } from '../planted-network.ts'

const answering = ['coordinator', 'contributor'] as const
const holder = 'whoever holds the secret of the link, with or without an account'
const withLink = (planted: PlantedNetwork) => ({ guestId: planted.guestA.id })
const asGuest = (planted: PlantedNetwork) => ({ 'tessera-guest': planted.guestA.token })
const until = () => new Date(Date.now() + 5 * 24 * 3600 * 1000).toISOString().slice(0, 10)
const base = '/assessments/:assessmentId/guests'
const operation = '/api/v1/assessments/{assessmentId}/guests'
const ownEvidence = '/guest/questions/:questionId/evidence'
const ownOperation = '/api/v1/guest/questions/{questionId}/evidence'
const noCitation = () => ({ citationId: randomUUID() })
const makers = { narrower: 'a contributor sees and changes only links of their own' }

export const guestsRoutes: Readonly<Record<string, Expectation>> = {
  [`GET ${base}`]: { who: answering },
  [`GET ${base}/new`]: { who: answering },
  [`POST ${base}/new`]: {
    who: answering,
    form: ({ question }) => ({ question, name: 'A club', email: '', note: '', until: until(), ...key() }),
  },
  [`POST ${base}/:guestId/renew`]: { who: ['coordinator'], ...makers, params: withLink, form: key },
  [`POST ${base}/:guestId/withdraw`]: { who: ['coordinator'], ...makers, params: withLink, form: () => ({}) },
  'GET /guest/:token': { who: everybody, params: ({ guestA }) => ({ token: guestA.token }) },
  'GET /guest': { who: everybody, headers: asGuest, showsPeople: holder, showsAnswers: holder },
  'GET /guest/questions/:questionId': { who: everybody, headers: asGuest, showsPeople: holder, showsAnswers: holder },
  'POST /guest/answers/:questionId': { who: everybody, headers: asGuest, form: () => ({ version: '3', explanation: 'A guest says.' }) },
  'POST /guest/finish': { who: everybody, headers: asGuest, form: () => ({}) },
  [`GET ${operation}`]: { who: answering },
  [`POST ${operation}`]: { who: answering, headers: idempotent, json: ({ question }) => ({ questionIds: [question], name: 'A club' }) },
  [`POST ${operation}/{guestId}/renew`]: { who: ['coordinator'], ...makers, params: withLink, headers: idempotent },
  [`POST ${operation}/{guestId}/withdraw`]: { who: ['coordinator'], ...makers, params: withLink },
  'GET /api/v1/guest': { who: everybody, headers: asGuest, showsPeople: holder, showsAnswers: holder },
  'PUT /api/v1/guest/answers/{questionId}': {
    who: everybody,
    headers: (planted) => ({ ...asGuest(planted), ...ifMatch(3) }),
    json: () => ({ explanation: 'A guest says.' }),
    showsPeople: holder,
    showsAnswers: holder,
  },
  'POST /api/v1/guest/finish': { who: everybody, headers: asGuest },
  [`GET ${ownEvidence}`]: { who: everybody, headers: asGuest, showsPeople: holder, showsAnswers: holder },
  [`POST ${ownEvidence}`]: { who: everybody, headers: asGuest, form: () => ({ url: 'https://example.org/a' }), status: 422 },
  [`POST ${ownEvidence}/:citationId/take-back`]: { who: everybody, headers: asGuest, params: noCitation, form: () => ({}), status: 404 },
  [`GET ${ownOperation}`]: { who: everybody, headers: asGuest, showsPeople: holder, showsAnswers: holder },
  [`POST ${ownOperation}`]: { who: everybody, headers: asGuest, form: () => ({ url: 'https://example.org/a' }), status: 422 },
  [`DELETE ${ownOperation}/{citationId}`]: { who: everybody, headers: asGuest, params: noCitation, status: 404 },
}
