import { type Expectation, everybodySignedIn } from './expectation.ts'

/** Everybody has notices of their own, and nobody else's. */
export const noticesRoutes: Readonly<Record<string, Expectation>> = {
  'GET /notices': { who: everybodySignedIn },
  'POST /notices/seen': { who: everybodySignedIn, form: () => ({ until: new Date().toISOString() }) },
  'GET /account/notices': { who: everybodySignedIn },
  'POST /account/notices': { who: everybodySignedIn, form: () => ({ hour: '9', zone: 'Europe/Riga' }) },
  'GET /api/v1/notices': { who: everybodySignedIn },
  'POST /api/v1/notices/seen': { who: everybodySignedIn, json: () => ({}) },
  'GET /api/v1/account/notices': { who: everybodySignedIn },
  'PUT /api/v1/account/notices': { who: everybodySignedIn, json: () => ({ hour: null, timeZone: 'UTC' }) },
}
