import { createHash } from 'node:crypto'
import { uploadedBytes } from '../planted-evidence.ts'
import { answering, cityA, type Expectation, idempotent, ifMatch, key } from './expectation.ts'

const library = '/cities/:slug/evidence'
const entry = `${library}/:evidenceId`
const question = '/assessments/:assessmentId/questions/:questionId/evidence'
const operation = '/api/v1/cities/{slug}/evidence'
const citations = '/api/v1/assessments/{assessmentId}/questions/{questionId}/citations'
const own = { who: ['coordinator'] as const, narrower: 'a contributor changes only entries of their own' }
const begun = { who: ['coordinator'] as const, narrower: 'only whoever began it' }

const details = { title: 'A new title', kind: 'report', releaseLevel: 'private' }
const link = { ...details, url: 'https://www.example.org/plan' }
const place = { page: '1', quotation: 'Other words.' }

const pages: Record<string, Expectation> = {
  [`GET ${library}`]: { who: cityA },
  [`POST ${library}/files`]: {
    who: answering,
    headers: { 'content-type': 'multipart/form-data; boundary=edge' },
    text: () =>
      [
        '--edge\r\ncontent-disposition: form-data; name="_key"\r\n\r\n0123456789\r\n',
        '--edge\r\ncontent-disposition: form-data; name="files"; filename="minutes.txt"\r\n\r\nSome words.\r\n',
        '--edge--\r\n',
      ].join(''),
  },
  [`GET ${library}/new`]: { who: answering },
  [`POST ${library}/new`]: { who: answering, form: () => ({ ...link, ...key() }) },
  [`GET ${entry}`]: { who: cityA },
  [`GET ${entry}/file`]: { who: cityA },
  [`GET ${entry}/read`]: { who: cityA },
  [`GET ${entry}/edit`]: own,
  [`POST ${entry}/edit`]: { ...own, form: () => ({ ...details, version: '1' }) },
  [`GET ${entry}/remove`]: own,
  [`POST ${entry}/remove`]: { ...own, form: () => ({ version: '1', confirmed: 'yes' }) },
  [`POST ${entry}/restore`]: { ...own, form: () => ({ version: '1' }) },
  [`GET ${question}`]: { who: cityA },
  [`POST ${question}`]: { who: answering, form: ({ evidenceA }) => ({ ...place, evidenceId: evidenceA, ...key() }) },
  [`GET ${question}/:citationId`]: { who: answering },
  [`POST ${question}/:citationId`]: { who: answering, form: ({ citationA }) => ({ ...place, seen: citationA.tag }) },
  [`POST ${question}/:citationId/take-back`]: { who: answering, form: () => ({}) },
  'GET /assessments/:assessmentId/evidence.zip': { who: cityA },
}

const sha256 = createHash('sha256').update('any bytes').digest('hex')

const operations: Record<string, Expectation> = {
  [`GET ${operation}`]: { who: cityA },
  [`POST ${operation}`]: { who: answering, headers: idempotent, json: () => ({ title: 'A page', url: link.url }) },
  [`GET ${operation}/{evidenceId}`]: { who: cityA },
  [`PATCH ${operation}/{evidenceId}`]: { ...own, headers: ifMatch(1), json: () => ({ title: 'A new title' }) },
  [`DELETE ${operation}/{evidenceId}`]: { ...own, headers: ifMatch(1), query: () => 'confirmed=true' },
  [`POST ${operation}/{evidenceId}/restore`]: { ...own, headers: ifMatch(1) },
  'POST /api/v1/cities/{slug}/uploads': { who: answering, headers: idempotent, json: () => ({ name: 'plan.pdf', size: 9, sha256 }) },
  'GET /api/v1/uploads/{uploadId}': begun,
  'PATCH /api/v1/uploads/{uploadId}': {
    ...begun,
    headers: { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    text: () => uploadedBytes,
  },
  [`GET ${citations}`]: { who: cityA },
  [`POST ${citations}`]: { who: answering, headers: idempotent, json: ({ evidenceA }) => ({ evidenceId: evidenceA, page: 1 }) },
  [`PUT ${citations}/{citationId}`]: {
    who: answering,
    headers: ({ citationA }) => ({ 'if-match': `"${citationA.tag}"` }),
    json: () => ({ page: 1, quotation: 'Other words.', note: null, validUntil: null }),
  },
  [`DELETE ${citations}/{citationId}`]: { who: answering },
  'GET /api/v1/assessments/{assessmentId}/evidence': { who: cityA },
}

export const evidenceRoutes: Readonly<Record<string, Expectation>> = { ...pages, ...operations }
