import type { PlantedNetwork } from '../planted-network.ts'
import { cityA, type Expectation, idempotent, ifMatch, key, lead, watching } from './expectation.ts'

// What experts ask and cities reply, sharing, and what comes of it. The planted review of city A goes on, with an open query.

const assigned = ['reviewer'] as const
const replying = ['coordinator', 'contributor'] as const
const wholeCity = ['coordinator', 'approver', 'partner', 'reviewer', 'lead', 'network'] as const
const asking = { who: assigned, showsAnswers: 'an expert who is assigned reads the frozen copy of the city' }
const signed = 'whoever replies for a city does so with their name'
const reading = {
  who: watching,
  showsAnswers: 'the evaluating organisation and the network read what is asked and replied',
  showsPeople: signed,
}
const leading = { ...reading, who: lead }
const narrower = 'a contributor who answers only what is theirs sees no result of the whole; an expert of another city sees none'
const text = { text: 'Since when?' }
const dueOn = new Date(Date.now() + 7 * 24 * 3600 * 1000).toISOString().slice(0, 10)
const page = '/reviews/:reviewId'
const api = '/api/v1/reviews/{reviewId}'
const query = `${page}/questions/:questionId/query`
/** Nothing is asked about it yet; about the other question a query is open. */
const fresh = ({ freshQuestionA }: PlantedNetwork) => ({ questionId: freshQuestionA })
/** The city has replied to it and not handed it back. */
const replied = ({ repliedQueryA }: PlantedNetwork) => ({ queryId: repliedQueryA })
/** Experts are still at work, so that nothing is shared, closed or shown. */
const notYet = 409

const pages: Record<string, Expectation> = {
  [`GET ${query}`]: asking,
  [`POST ${query}`]: { ...asking, params: fresh, form: () => ({ ...text, dueOn, ...key() }) },
  [`POST ${query}/:queryId/close`]: { ...asking, form: key },
  [`POST ${query}/:queryId/withdraw`]: { ...asking, form: key },
  [`GET ${page}/city`]: { who: cityA },
  [`GET ${page}/queries/:queryId`]: { who: cityA },
  [`POST ${page}/queries/:queryId`]: { who: replying, form: () => ({ ...text, answerVersion: '1', ...key() }) },
  [`POST ${page}/queries/:queryId/finish`]: { who: replying, params: replied, form: key },
  [`GET ${page}/decisions`]: { who: cityA, status: notYet },
  [`POST ${page}/decisions/:questionId`]: { who: replying, form: () => ({ ...text, ...key() }), status: notYet },
  [`GET ${page}/dialogue`]: reading,
  [`POST ${page}/share`]: { ...leading, form: () => ({ version: '1', replyDays: '21', ...key() }), status: 422 },
  [`POST ${page}/close`]: { ...leading, form: () => ({ version: '1', reason: '', ...key() }), status: 422 },
  [`GET ${page}/result`]: { who: wholeCity, narrower, status: notYet },
  [`GET ${page}/corrections`]: { who: cityA, status: notYet },
  [`POST ${page}/corrections`]: { who: replying, form: () => ({ decision: 'kept', seen: 'com-01:1', ...key() }), status: notYet },
}

const operations: Record<string, Expectation> = {
  [`GET ${api}/questions/{questionId}/queries`]: asking,
  [`POST ${api}/questions/{questionId}/queries`]: { ...asking, params: fresh, headers: idempotent, json: () => text },
  [`POST ${api}/queries/{queryId}/close`]: asking,
  [`POST ${api}/queries/{queryId}/withdraw`]: asking,
  [`GET ${api}/city`]: { who: cityA },
  [`POST ${api}/queries/{queryId}/replies`]: { who: replying, headers: idempotent, json: () => text },
  [`POST ${api}/queries/{queryId}/finish`]: { who: replying, params: replied },
  [`GET ${api}/decisions`]: { who: cityA, status: notYet },
  [`POST ${api}/decisions/{questionId}/replies`]: { who: replying, headers: idempotent, json: () => text, status: notYet },
  [`GET ${api}/dialogue`]: reading,
  [`POST ${api}/share`]: { who: lead, headers: { ...idempotent, ...ifMatch(1) }, json: () => ({}), status: notYet },
  [`POST ${api}/close`]: { who: lead, headers: { ...idempotent, ...ifMatch(1) }, json: () => ({}), status: notYet },
  [`GET ${api}/result`]: { who: wholeCity, narrower, status: notYet },
  [`GET ${api}/corrections`]: { who: cityA, status: notYet },
  [`POST ${api}/corrections`]: {
    who: replying,
    headers: idempotent,
    json: () => ({ choices: [{ questionId: 'com-01', decision: 'kept', version: 1 }] }),
    status: notYet,
  },
}

export const dialogueRoutes: Readonly<Record<string, Expectation>> = { ...pages, ...operations }
