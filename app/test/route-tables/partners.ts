import { cityA, coordination, type Expectation, idempotent, ifMatch, key } from './expectation.ts'
import type { PlantedNetwork } from '../planted-network.ts'

const partner = ['partner'] as const
const answering = ['coordinator', 'contributor'] as const
const seeingAll = cityA.filter((viewer) => viewer !== 'contributor')
const ownOnly = 'a contributor sees the questions that are theirs, unless the city opens the whole questionnaire to them'
const partnership = ({ partnershipA }: PlantedNetwork) => ({ membershipId: partnershipA })
const suggestion = ({ suggestionA }: PlantedNetwork) => ({ suggestionId: suggestionA })
const proposal = ({ proposalA }: PlantedNetwork) => ({ proposalId: proposalA })
const figure = { fact: 'population', year: 2024, value: 101_000, source: 'Statistical office', quality: 'official' }
const figureForm = { ...figure, year: '2024', value: '101000', version: '0', note: '' }
const base = '/assessments/:assessmentId'
const operation = '/api/v1/assessments/{assessmentId}'
const proposing = {
  who: ['coordinator', 'partner', 'network'] as const,
  narrower: 'figures are for those who propose them and those who decide about the facts of this city',
  showsAnswers: 'the network coordination decides about the facts of every city, too',
  showsPeople: 'a proposed figure names who proposed it',
}

export const partnersRoutes: Readonly<Record<string, Expectation>> = {
  'GET /caseload': { who: partner },
  'GET /cities/:slug/partners': { who: ['coordinator'] },
  'POST /cities/:slug/partners/:membershipId': { who: ['coordinator'], params: partnership, form: () => ({ right: 'read' }) },
  'GET /cities/:slug/proposals': proposing,
  'POST /cities/:slug/proposals': { who: partner, form: () => ({ ...figureForm, ...key() }) },
  'POST /cities/:slug/proposals/:proposalId/decide': { who: coordination, params: proposal, form: () => ({ decision: 'accepted' }) },
  'POST /cities/:slug/proposals/:proposalId/withdraw': { who: partner, params: proposal, form: () => ({}) },
  [`GET ${base}/suggestions`]: { who: cityA },
  [`GET ${base}/questions/:questionId/suggest`]: { who: partner },
  [`POST ${base}/suggestions/new/:questionId`]: { who: partner, form: () => ({ explanation: 'A better text.', note: '', ...key() }) },
  [`POST ${base}/suggestions/:suggestionId/accept`]: { who: answering, params: suggestion, form: () => ({ version: '3' }) },
  [`POST ${base}/suggestions/:suggestionId/decline`]: { who: answering, params: suggestion, form: () => ({ note: 'Not so.' }) },
  [`POST ${base}/suggestions/:suggestionId/withdraw`]: { who: partner, params: suggestion, form: () => ({}) },
  [`GET ${base}/precheck`]: { who: seeingAll, narrower: ownOnly },
  [`POST ${base}/precheck/:questionId`]: { who: partner, form: () => ({ mark: 'ready', remark: '', version: '0' }) },

  'GET /api/v1/cities/{city}/partners': { who: ['coordinator'] },
  'PUT /api/v1/cities/{city}/partners/{membershipId}/rights': {
    who: ['coordinator'],
    params: partnership,
    json: () => ({ rights: ['read'] }),
  },
  'GET /api/v1/caseload': { who: partner },
  [`GET ${operation}/suggestions`]: { who: cityA },
  [`POST ${operation}/questions/{questionId}/suggestions`]: {
    who: partner,
    headers: idempotent,
    json: () => ({ explanation: 'A better text.' }),
  },
  [`POST ${operation}/suggestions/{suggestionId}/accept`]: { who: answering, params: suggestion, headers: ifMatch(3) },
  [`POST ${operation}/suggestions/{suggestionId}/decline`]: { who: answering, params: suggestion, json: () => ({}) },
  [`POST ${operation}/suggestions/{suggestionId}/withdraw`]: { who: partner, params: suggestion },
  'GET /api/v1/cities/{city}/figure-proposals': proposing,
  'POST /api/v1/cities/{city}/figure-proposals': { who: partner, headers: idempotent, json: () => figure },
  'POST /api/v1/cities/{city}/figure-proposals/{proposalId}/decide': {
    who: coordination,
    params: proposal,
    json: () => ({ decision: 'declined' }),
  },
  'POST /api/v1/cities/{city}/figure-proposals/{proposalId}/withdraw': { who: partner, params: proposal },
  [`GET ${operation}/precheck`]: { who: seeingAll, narrower: ownOnly },
  [`PUT ${operation}/precheck/{questionId}`]: {
    who: partner,
    headers: ifMatch(0),
    json: () => ({ mark: 'needs-work', remark: 'Which year?' }),
  },
}
