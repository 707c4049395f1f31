import { cityA, type Expectation, idempotent, key } from './expectation.ts'

const arranging = ['coordinator'] as const
const seeingAll = cityA.filter((viewer) => viewer !== 'contributor')
const ownOnly = 'a contributor sees the questions that are theirs, unless the city opens the whole questionnaire to them'
const page = '/assessments/:assessmentId/snapshots'
const api = '/api/v1/assessments/{assessmentId}/snapshots'
const states = () => 'a=earlier&b=now'

export const snapshotsRoutes: Readonly<Record<string, Expectation>> = {
  [`GET ${page}`]: { who: seeingAll, narrower: ownOnly },
  [`POST ${page}`]: { who: arranging, form: () => ({ name: 'For the council', day: '2026-03-01', time: '18:00', ...key() }) },
  [`GET ${page}/compare`]: { who: seeingAll, narrower: ownOnly, query: states },
  [`GET ${page}/compare.csv`]: { who: seeingAll, narrower: ownOnly, query: states },
  [`POST ${page}/:snapshotId/remove`]: { who: arranging, form: () => ({}) },
  [`GET ${api}`]: { who: seeingAll, narrower: ownOnly },
  [`POST ${api}`]: { who: arranging, headers: idempotent, json: () => ({ name: 'For the council', at: '2026-03-01T18:00:00Z' }) },
  [`DELETE ${api}/{snapshotId}`]: { who: arranging },
  [`GET ${api}/compare`]: { who: seeingAll, narrower: ownOnly, query: states },
}
