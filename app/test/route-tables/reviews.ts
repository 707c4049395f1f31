import { type Expectation, experts, ifMatch } from './expectation.ts'
import type { PlantedNetwork } from '../planted-network.ts'

// The desk of experts: whoever is assigned to the review of city A, and nobody else.

const assigned = ['reviewer'] as const
const showsAnswers = 'an expert who is assigned reads the frozen copy of the city'
const one = { who: assigned, showsAnswers }
const document = ({ evidenceA }: PlantedNetwork) => ({ evidenceId: evidenceA })
const decision = { decision: 'not-supported', reasonCode: 'evidence-missing', reportText: 'No page was named.' }
const base = '/reviews/:reviewId'
const operation = '/api/v1/reviews/{reviewId}'
const undecided = { ...one, status: 409 }

export const reviewsRoutes: Readonly<Record<string, Expectation>> = {
  'GET /reviews': { who: experts },
  [`GET ${base}`]: one,
  [`POST ${base}/sign`]: { ...undecided, form: () => ({}) },
  [`GET ${base}/agenda`]: one,
  [`GET ${base}/agenda.txt`]: one,
  [`GET ${base}/pack.zip`]: one,
  [`GET ${base}/documents/:evidenceId/file`]: { ...one, params: document, status: 404 },
  [`GET ${base}/questions/:questionId`]: one,
  [`POST ${base}/questions/:questionId`]: {
    ...one,
    form: () => ({ ...decision, points: '', note: '', version: '1', answerVersion: '1', seconds: '5', after: 'here' }),
  },
  'GET /api/v1/reviews': { who: experts },
  [`GET ${operation}`]: one,
  [`GET ${operation}/questions/{questionId}`]: one,
  [`PUT ${operation}/judgements/{questionId}`]: { ...one, headers: ifMatch(1), json: () => ({ ...decision, answerVersion: 1 }) },
  [`POST ${operation}/signature`]: undecided,
}
