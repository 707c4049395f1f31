import type { PlantedNetwork } from '../planted-network.ts'
import { answering, type Expectation, everybody, idempotent, key } from './expectation.ts'

/** A file of the quick check that answers one question. */
const sheet = (question: string, answer: string) =>
  JSON.stringify({
    format: 'tessera-answer-sheet',
    formatVersion: 1,
    kind: 'quick-check',
    instrument: { id: 'tessera', version: '1.0.0' },
    language: 'en',
    madeAt: '2026-07-01T10:00:00.000Z',
    answers: [{ question, answer }],
  })
/** For the question that the contributor of city A answers. */
const ofPlanted = ({ question }: PlantedNetwork) => ({ sheet: sheet(question, 'not-known') })
const answers = { answers: [{ question: 'med-01', answer: 'general' }] }

export const quickcheckRoutes: Readonly<Record<string, Expectation>> = {
  'GET /quick-check': { who: everybody },
  'POST /quick-check': { who: everybody, form: () => ({ 'answer-med-01': 'general' }) },
  'POST /quick-check/file': { who: everybody, form: () => ({ sheet: sheet('med-01', 'general') }) },
  'POST /quick-check/chart': { who: everybody, form: () => ({ sheet: sheet('med-01', 'general'), kind: 'csv' }) },
  'POST /api/v1/quick-check/profile': { who: everybody, json: () => answers },
  'POST /api/v1/quick-check/sheet': { who: everybody, json: () => answers },
  'GET /assessments/:assessmentId/import': { who: answering },
  'POST /assessments/:assessmentId/import': { who: answering, form: () => ({}), status: 422 }, // without a file
  'POST /assessments/:assessmentId/import/apply': {
    who: answering,
    form: (planted) => ({ ...ofPlanted(planted), take: planted.question, [`version-${planted.question}`]: '3', ...key() }),
  },
  'POST /api/v1/assessments/{assessmentId}/quick-check-imports/preview': { who: answering, json: ofPlanted },
  'POST /api/v1/assessments/{assessmentId}/quick-check-imports': {
    who: answering,
    headers: idempotent,
    json: (planted) => ({ ...ofPlanted(planted), questions: [{ question: planted.question, version: 3 }] }),
  },
}
