import { randomUUID } from 'node:crypto'
import { type Expectation, everybodySignedIn, everybody, idempotent, key } from './expectation.ts'

const unknownToken = () => ({ id: randomUUID() })

/** Access tokens, and sign-in with the organisation's accounts, which is not set up here. */
export const tokensRoutes: Readonly<Record<string, Expectation>> = {
  'GET /account/tokens': { who: everybodySignedIn },
  'POST /account/tokens': { who: everybodySignedIn, form: () => ({ name: 'Nightly report', scopes: 'read', lifetime: '30', ...key() }) },
  'POST /account/tokens/:id/revoke': { who: everybodySignedIn, params: unknownToken, form: () => ({}), status: 422 },
  'GET /api/v1/account/tokens': { who: everybodySignedIn },
  'POST /api/v1/account/tokens': {
    who: everybodySignedIn,
    json: () => ({ name: 'Nightly report', scopes: ['read'] }),
    headers: idempotent,
  },
  'DELETE /api/v1/account/tokens/{id}': { who: everybodySignedIn, params: unknownToken, status: 404 },
  'POST /sign-in/organisation': { who: everybody, form: () => ({}), status: 404 },
  'GET /sign-in/organisation/callback': { who: everybody, status: 404 },
  'POST /invitations/:token/organisation': { who: everybody, form: () => ({}), status: 404 },
  'POST /account/organisation': { who: everybodySignedIn, form: () => ({}), status: 404 },
  'POST /account/organisation/end': { who: everybodySignedIn, form: () => ({}), status: 404 },
  'POST /api/v1/session/organisation': { who: everybody, json: () => ({}), status: 404 },
  'POST /api/v1/invitations/{token}/organisation': { who: everybody, status: 404 },
  'POST /api/v1/account/organisation': { who: everybodySignedIn, status: 404 },
  'DELETE /api/v1/account/organisation': { who: everybodySignedIn, status: 404 },
}
