import { cityA, type Expectation, idempotent, ifMatch, key } from './expectation.ts'

const city = ['coordinator', 'contributor', 'approver'] as const
const author = ['coordinator'] as const
const onlyAuthor = 'only whoever wrote a message takes it back'
const onlyCity = 'whether technical partners read along, the city decides'
const page = '/assessments/:assessmentId/questions/:questionId/thread'
const api = '/api/v1/assessments/{assessmentId}/questions/{questionId}/threads'
const message = () => ({ text: 'What do you think?' })
const form = () => ({ ...message(), ...key() })
// the conversation has been begun, and its first message was its first change
const seen = 2
const closing = () => ({ version: String(seen), ...key() })

const pages: Record<string, Expectation> = {
  'GET /assessments/:assessmentId/threads': { who: cityA },
  [`GET ${page}`]: { who: cityA },
  [`POST ${page}`]: { who: cityA, form },
  [`POST ${page}/:threadId/messages`]: { who: cityA, form },
  [`POST ${page}/:threadId/messages/:messageId/take-back`]: { who: author, narrower: onlyAuthor, form: key },
  [`POST ${page}/:threadId/close`]: { who: cityA, form: closing },
  [`POST ${page}/:threadId/reopen`]: { who: cityA, form: closing, status: 422 },
  [`POST ${page}/:threadId/sharing`]: { who: city, narrower: onlyCity, form: () => ({ ...closing(), isShared: 'no' }) },
}

const operations: Record<string, Expectation> = {
  'GET /api/v1/assessments/{assessmentId}/threads': { who: cityA },
  [`GET ${api}`]: { who: cityA },
  [`POST ${api}`]: { who: cityA, headers: idempotent, json: message },
  [`POST ${api}/{threadId}/messages`]: { who: cityA, headers: idempotent, json: message },
  [`POST ${api}/{threadId}/messages/{messageId}/take-back`]: { who: author, narrower: onlyAuthor },
  [`POST ${api}/{threadId}/close`]: { who: cityA, headers: ifMatch(seen), json: () => ({}) },
  [`POST ${api}/{threadId}/reopen`]: { who: cityA, headers: ifMatch(seen), status: 409 },
  [`PUT ${api}/{threadId}/sharing`]: { who: city, narrower: onlyCity, headers: ifMatch(seen), json: () => ({ isShared: false }) },
}

export const threadsRoutes: Readonly<Record<string, Expectation>> = { ...pages, ...operations }
