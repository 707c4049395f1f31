import { answering, cityA, type Expectation, everybody, idempotent, key } from './expectation.ts'

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

export const spreadsheetsRoutes: Readonly<Record<string, Expectation>> = { ...questionnaire }
