import { answering, cityA, coordination, type Expectation, everybody, idempotent, key, network, networkManages } from './expectation.ts'

const absentFile = '0'.repeat(64)
const absent = () => ({ hash: absentFile })

const questionnaire: Record<string, Expectation> = {
  'GET /questionnaire.xlsx': { who: everybody },
  'GET /questionnaire.csv': { who: everybody },
  'GET /assessments/:assessmentId/spreadsheet': { who: cityA },
  'GET /assessments/:assessmentId/spreadsheet.xlsx': { who: cityA },
  'GET /assessments/:assessmentId/spreadsheet.csv': { who: cityA },
  'POST /assessments/:assessmentId/spreadsheet': { who: answering, form: () => ({}), status: 422 }, // without a file
  'GET /assessments/:assessmentId/spreadsheet/files/:hash': { who: answering, params: absent, status: 404 },
  'POST /assessments/:assessmentId/spreadsheet/files/:hash': {
    who: answering,
    params: absent,
    form: () => ({ take: 'med-01', 'version-med-01': '0', ...key() }),
    status: 404,
  },
  'GET /api/v1/instruments/current/spreadsheet': { who: everybody },
  'GET /api/v1/assessments/{assessmentId}/spreadsheet': { who: cityA },
  'POST /api/v1/assessments/{assessmentId}/spreadsheet-files': { who: answering, json: () => ({ this: 'is read as a table' }) },
  'POST /api/v1/assessments/{assessmentId}/spreadsheet-imports': {
    who: answering,
    headers: idempotent,
    json: () => ({ file: absentFile, questions: [{ question: 'med-01', version: 0 }] }),
    status: 404,
  },
}

const facts: Record<string, Expectation> = {
  'GET /cities/:slug/facts/spreadsheet': { who: coordination },
  'GET /cities/:slug/facts/spreadsheet.xlsx': { who: coordination },
  'GET /cities/:slug/facts/spreadsheet.csv': { who: coordination },
  'POST /cities/:slug/facts/spreadsheet': { who: coordination, form: () => ({}), status: 422 }, // without a file
  'GET /cities/:slug/facts/spreadsheet/files/:hash': { who: coordination, params: absent, status: 404 },
  'POST /cities/:slug/facts/spreadsheet/files/:hash': {
    who: coordination,
    params: absent,
    form: () => ({ take: 'population/2024', ...key() }),
    status: 404,
  },
  'GET /api/v1/cities/{slug}/facts/spreadsheet': { who: coordination },
  'POST /api/v1/cities/{slug}/fact-files': { who: coordination, json: () => ({ this: 'is read as a table' }) },
  'POST /api/v1/cities/{slug}/fact-imports': {
    who: coordination,
    headers: idempotent,
    json: () => ({ file: absentFile, rows: [{ key: 'population/2024', version: 0 }] }),
    status: 404,
  },
}

/** The pages of one place, for whoever manages its people. */
const peoplePages = (base: string, who: Expectation['who']): Record<string, Expectation> => ({
  [`GET ${base}/people/spreadsheet`]: { who, showsPeople: networkManages },
  [`GET ${base}/people/spreadsheet.xlsx`]: { who, showsPeople: networkManages },
  [`GET ${base}/people/spreadsheet.csv`]: { who, showsPeople: networkManages },
  [`POST ${base}/people/spreadsheet`]: { who, form: () => ({}), status: 422 }, // without a file
  [`GET ${base}/people/spreadsheet/files/:hash`]: { who, params: absent, status: 404 },
  [`POST ${base}/people/spreadsheet/files/:hash`]: {
    who,
    params: absent,
    form: () => ({ take: 'a@example.org contributor', ...key() }),
    status: 404,
  },
})

const people: Record<string, Expectation> = {
  ...peoplePages('/network', network),
  ...peoplePages('/cities/:slug', coordination),
  'GET /api/v1/people/spreadsheet': { who: coordination, query: () => 'city=city-a', showsPeople: networkManages },
  'POST /api/v1/people-files': { who: coordination, query: () => 'city=city-a', json: () => ({ this: 'is read as a table' }) },
  'POST /api/v1/people-imports': {
    who: coordination,
    query: () => 'city=city-a',
    headers: idempotent,
    json: () => ({ file: absentFile, rows: ['a@example.org contributor'] }),
    status: 404,
  },
}

export const spreadsheetsRoutes: Readonly<Record<string, Expectation>> = { ...questionnaire, ...facts, ...people }
