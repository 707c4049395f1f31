import { cityA, type Expectation, idempotent, ifMatch, key } from './expectation.ts'
import type { PlantedNetwork } from '../planted-network.ts'

const seeingAll = cityA.filter((viewer) => viewer !== 'contributor')
const ownOnly = 'a contributor sees the questions that are theirs, unless the city opens the whole questionnaire to them'
const arranging = ['coordinator'] as const
const signing = ['approver'] as const
const step = ({ stepA }: PlantedNetwork) => ({ stepId: stepA })
const base = '/assessments/:assessmentId/sign-off'
const chain = '/cities/:slug/sign-off'
const operation = '/api/v1/assessments/{assessmentId}/sign-off'
const chainOperation = '/api/v1/cities/{city}/sign-off-steps'
const sentBack = ({ signedHash }: PlantedNetwork) => ({ decision: 'sent-back', note: 'Which year?', contentHash: signedHash })

export const signoffRoutes: Readonly<Record<string, Expectation>> = {
  [`GET ${base}`]: { who: seeingAll, narrower: ownOnly },
  [`GET ${base}/:stepId`]: { who: seeingAll, narrower: ownOnly, params: step },
  [`POST ${base}/:stepId`]: { who: signing, params: step, form: (planted) => ({ ...sentBack(planted), questionId: '', ...key() }) },
  [`POST ${base}/ask`]: { who: arranging, form: key },
  [`GET ${chain}`]: { who: arranging },
  [`POST ${chain}`]: { who: arranging, form: () => ({ name: 'Council', person: '', ...key() }) },
  [`POST ${chain}/:stepId`]: { who: arranging, params: step, form: () => ({ name: 'Council', person: '', version: '1' }) },
  [`POST ${chain}/:stepId/move`]: { who: arranging, params: step, form: () => ({}) },
  [`POST ${chain}/:stepId/remove`]: { who: arranging, params: step, form: () => ({}) },
  [`GET ${operation}`]: { who: seeingAll, narrower: ownOnly },
  [`POST ${operation}/{stepId}`]: { who: signing, params: step, headers: idempotent, json: sentBack },
  [`POST ${operation}/ask`]: { who: arranging, headers: idempotent },
  [`GET ${chainOperation}`]: { who: arranging },
  [`POST ${chainOperation}`]: { who: arranging, headers: idempotent, json: () => ({ name: 'Council' }) },
  [`PUT ${chainOperation}/{stepId}`]: { who: arranging, params: step, headers: ifMatch(1), json: () => ({ name: 'Council' }) },
  [`DELETE ${chainOperation}/{stepId}`]: { who: arranging, params: step },
  [`POST ${chainOperation}/{stepId}/move`]: { who: arranging, params: step },
}
