import { randomUUID } from 'node:crypto'
import { type Expectation, everybody, idempotent, key, network } from './expectation.ts'

const absentFile = '0'.repeat(64)
const absent = () => ({ hash: absentFile, id: randomUUID() })

const publishedPages: Record<string, Expectation> = {
  'GET /published': { who: everybody },
  'GET /published.csv': { who: everybody },
  'GET /published/:city': { who: everybody, status: 404 }, // no figures are published about the planted cities
  'GET /published/:city/chart.svg': { who: everybody, status: 404 },
  'GET /published/:city/chart.png': { who: everybody, status: 404 },
  'GET /published/:city/chart.csv': { who: everybody, status: 404 },
}

const networkPages: Record<string, Expectation> = {
  'GET /network/earlier': { who: network },
  'GET /network/earlier/template.csv': { who: network },
  'GET /network/earlier/template.xlsx': { who: network },
  'POST /network/earlier': { who: network, form: () => ({}), status: 422 }, // without a file
  'GET /network/earlier/files/:hash': { who: network, params: absent, status: 404 },
  'POST /network/earlier/files/:hash': { who: network, params: absent, form: key, status: 404 },
  'GET /network/earlier/imports/:id/remove': { who: network, params: absent, status: 404 },
  'POST /network/earlier/imports/:id/remove': {
    who: network,
    params: absent,
    form: () => ({ reason: 'A sentence that says why.', ...key() }),
    status: 404,
  },
}

const operations: Record<string, Expectation> = {
  'GET /api/v1/earlier-results': { who: everybody },
  'GET /api/v1/earlier-results/imports': { who: network },
  'POST /api/v1/earlier-results/files': { who: network, json: () => ({ this: 'is read as a table' }) },
  'POST /api/v1/earlier-results/imports': { who: network, headers: idempotent, json: () => ({ file: absentFile }), status: 404 },
  'POST /api/v1/earlier-results/imports/{id}/removal': {
    who: network,
    params: absent,
    json: () => ({ reason: 'A sentence that says why.' }),
    status: 404,
  },
}

export const earlierRoutes: Readonly<Record<string, Expectation>> = { ...publishedPages, ...networkPages, ...operations }
