import { type Expectation, everybody, guestSignIn, applicant, linkHolder } from './expectation.ts'

const publicPages: Record<string, Expectation> = Object.fromEntries(
  [
    '/',
    '/accessibility',
    '/privacy',
    '/imprint',
    '/api',
    '/api/v1/openapi.json',
    '/icon.svg',
    '/mosaic.svg',
    '/.well-known/security.txt',
    '/questionnaire',
    '/method',
    '/method/weights',
    '/cities',
    '/cities/:slug',
    '/pact',
    '/sign-in',
    '/sign-in/code',
    '/forgot-password',
  ].map((path) => [`GET ${path}`, { who: everybody }]),
)

const signInPages: Record<string, Expectation> = {
  'GET /method/weights.csv': { who: everybody, status: 404 },
  'GET /method/weights.json': { who: everybody, status: 404 },
  'GET /pact/:city': { who: everybody, params: () => ({ city: 'lublin' }) },
  'POST /sign-in': { who: everybody, form: () => guestSignIn },
  'POST /sign-in/demo': { who: everybody, form: ({ demoPerson }) => ({ personId: demoPerson }) },
  'POST /sign-in/code': { who: everybody, form: () => ({ code: '123456' }), status: 422 },
  'POST /sign-out': { who: everybody, form: () => ({}) },
  'POST /forgot-password': { who: everybody, form: () => ({ email: 'guest@example.org' }) },
  'GET /reset-password': { who: everybody, query: ({ resetToken }) => `token=${resetToken}` },
  'POST /reset-password': { who: everybody, form: ({ resetToken }) => ({ token: resetToken, password: 'another long password' }) },
  'GET /invitations/:token': { who: everybody, showsPeople: linkHolder },
  'POST /invitations/:token': { who: ['stranger'], narrower: 'the invitation is for another address than theirs', form: () => applicant },
}

export const publicRoutes: Readonly<Record<string, Expectation>> = { ...publicPages, ...signInPages }
