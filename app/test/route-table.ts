import { randomUUID } from 'node:crypto'
import type { PlantedNetwork, Viewer } from './planted-network.ts'

// Who may do what, written by hand from the roles of the product and not read from the code: a route that says something
// else, or that is missing here, fails the test. Each entry is a request that succeeds for those who may.

export interface Expectation {
  /** For whom the request succeeds. */
  who: readonly Viewer[]
  /** Values for the parameters of the address; the others are those of city A. */
  params?: (network: PlantedNetwork, viewer: Viewer) => Record<string, string>
  query?: (network: PlantedNetwork) => string
  form?: (network: PlantedNetwork) => Record<string, string>
  json?: (network: PlantedNetwork) => unknown
  headers?: Record<string, string>
  /** The step is not prepared, so that it is refused with this status to those who may, too. */
  status?: number
  /** Why fewer succeed than may ask for the route. */
  narrower?: string
  /** Why people outside city A may read names or addresses of its people here. */
  showsPeople?: string
}

const everybody = ['stranger', 'coordinator', 'contributor', 'approver', 'partner', 'reviewer', 'network', 'coordinatorB'] as const
const everybodySignedIn = everybody.filter((viewer) => viewer !== 'stranger')
const cityA = ['coordinator', 'contributor', 'approver', 'partner'] as const
const anyCity = [...cityA, 'coordinatorB'] as const
const answering = ['coordinator', 'contributor'] as const
const coordination = ['coordinator', 'network'] as const
const network = ['network'] as const

/** Parameters that every request may need, all of city A. */
export function parametersOf(planted: PlantedNetwork): Record<string, string> {
  return {
    slug: 'city-a',
    city: 'city-a',
    wave: planted.waves.open,
    fact: 'population',
    year: '2023',
    assessmentId: planted.assessmentA,
    questionId: planted.question,
    dimension: planted.dimension,
    element: planted.element,
    submissionId: planted.submissionA,
    token: planted.invitationA.token,
    id: planted.invitationA.id,
  }
}

const key = () => ({ _key: randomUUID() })
const idempotent = { 'idempotency-key': randomUUID() }
const ifMatch = (version: number) => ({ 'if-match': `"${version}"` })
const inWave = (which: keyof PlantedNetwork['waves']) => (planted: PlantedNetwork) => ({
  slug: planted.waves[which],
  wave: planted.waves[which],
})
const guestSignIn = { email: 'guest@example.org', password: 'a long test password' }
const ownPassword = { currentPassword: 'a long test password', newPassword: 'another long password' }
const invitation = { email: 'somebody.new@example.org', role: 'contributor' }
const applicant = { name: 'New person', password: 'a quite new password' }
const networkManages = 'the network coordination manages the people of all cities'
const linkHolder = 'whoever holds the secret of the link reads to whom it was sent'
const session = (planted: PlantedNetwork, viewer: Viewer) => ({
  id: viewer === 'stranger' ? randomUUID() : planted.people[viewer].sessionId,
})
const daysOn = (days: number) => new Date(Date.now() + days * 24 * 3600 * 1000).toISOString()
const wavePeriod = { name: 'Another wave', opensAt: daysOn(5), closesAt: daysOn(50) }
const waveForm = {
  name: 'Another wave',
  opensOn: daysOn(5).slice(0, 10),
  opensTime: '00:00',
  closesOn: daysOn(50).slice(0, 10),
  closesTime: '23:59',
}
const closingForm = () => ({ version: '1', closesOn: daysOn(50).slice(0, 10), closesTime: '23:59', ...key() })
const withId = (id: (planted: PlantedNetwork) => string) => (planted: PlantedNetwork) => ({ id: id(planted) })

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
    '/published',
    '/pact',
    '/sign-in',
    '/sign-in/code',
    '/forgot-password',
  ].map((path) => [`GET ${path}`, { who: everybody }]),
)

const signInPages: Record<string, Expectation> = {
  'GET /method/weights.csv': { who: everybody, status: 404 },
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

const accountPages: Record<string, Expectation> = {
  'GET /home': { who: everybodySignedIn },
  'GET /account': { who: everybodySignedIn },
  'POST /account': { who: everybodySignedIn, form: () => ({ name: 'New name', language: 'de' }) },
  'POST /account/password': { who: everybodySignedIn, form: () => ownPassword },
  'GET /account/two-factor': { who: everybodySignedIn },
  'POST /account/two-factor': { who: everybodySignedIn, form: () => ({ twoFactorPassword: 'a long test password' }) },
  'POST /account/two-factor/stop': { who: everybodySignedIn, form: () => ({ twoFactorPassword: 'a long test password' }) },
  'POST /account/two-factor/confirm': { who: everybodySignedIn, form: () => ({ code: '123456' }) },
  'POST /account/sessions/end-others': { who: everybodySignedIn, form: () => ({}) },
  'POST /account/sessions/:id/end': { who: everybodySignedIn, params: session, form: () => ({}) },
}

const peoplePages: Record<string, Expectation> = {
  'GET /network/people': { who: network, showsPeople: networkManages },
  'POST /network/people/invitations': { who: network, form: () => ({ email: 'somebody.new@example.org', role: 'reviewer', ...key() }) },
  'POST /network/people/invitations/:id/resend': { who: network, params: withId(({ networkInvitation }) => networkInvitation), form: key },
  'POST /network/people/invitations/:id/withdraw': {
    who: network,
    params: withId(({ networkInvitation }) => networkInvitation),
    form: key,
  },
  'POST /network/people/roles/:id/end': { who: network, params: withId(({ membershipA }) => membershipA), form: key },
  'GET /cities/:slug/people': { who: coordination, showsPeople: networkManages },
  'POST /cities/:slug/people/invitations': { who: coordination, form: () => ({ ...invitation, ...key() }) },
  'POST /cities/:slug/people/invitations/:id/resend': { who: coordination, form: key, showsPeople: networkManages },
  'POST /cities/:slug/people/invitations/:id/withdraw': { who: coordination, form: key },
  'POST /cities/:slug/people/roles/:id/end': { who: coordination, params: withId(({ membershipA }) => membershipA), form: key },
}

const fact = { fact: 'population', year: '2024', value: '101000', source: 'Statistical office', quality: 'official', version: '0' }
const cityPages: Record<string, Expectation> = {
  'GET /cities/:slug/facts': { who: coordination },
  'GET /cities/:slug/facts/new': { who: coordination },
  'GET /cities/:slug/facts/:fact/:year': { who: coordination },
  'POST /cities/:slug/facts': { who: coordination, form: () => fact },
  'GET /cities/:slug/facts/:fact/:year/remove': { who: coordination },
  'POST /cities/:slug/facts/:fact/:year/remove': { who: coordination, form: () => ({ version: '1' }) },
  'GET /network/cities': { who: network },
  'GET /network/cities/new': { who: network },
  'POST /network/cities/new': { who: network, form: () => ({ name: 'New city', country: 'DE', region: '', officialCode: '', ...key() }) },
  'GET /network/cities/:slug': { who: network },
}

const wavePages: Record<string, Expectation> = {
  'GET /network/waves': { who: network },
  'GET /network/waves/new': { who: network },
  'POST /network/waves/new': { who: network, form: () => ({ ...waveForm, ...key() }) },
  'GET /network/waves/:slug': { who: network, params: inWave('open') },
  'GET /network/waves/:slug/edit': { who: network, params: inWave('planned') },
  'POST /network/waves/:slug/edit': { who: network, params: inWave('planned'), form: () => ({ ...waveForm, version: '1', ...key() }) },
  'GET /network/waves/:slug/freeze': { who: network, params: inWave('planned') },
  'POST /network/waves/:slug/freeze': { who: network, params: inWave('planned'), form: () => ({ version: '1', ...key() }) },
  'GET /network/waves/:slug/extend': { who: network, params: inWave('open') },
  'POST /network/waves/:slug/extend': { who: network, params: inWave('open'), form: closingForm },
  'GET /network/waves/:slug/close': { who: network, params: inWave('open') },
  'POST /network/waves/:slug/close': { who: network, params: inWave('open'), form: () => ({ version: '1', ...key() }) },
  'GET /network/waves/:slug/reopen': { who: network, params: inWave('closed') },
  'POST /network/waves/:slug/reopen': { who: network, params: inWave('closed'), form: closingForm },
  'GET /network/waves/:slug/invite': { who: network, params: inWave('open') },
  'POST /network/waves/:slug/invite': { who: network, params: inWave('open'), form: () => ({ city: 'city-c', ...key() }) },
}

const assessmentPages: Record<string, Expectation> = {
  ...Object.fromEntries(
    [
      '',
      '/areas/:dimension',
      '/areas/:dimension/check',
      '/check',
      '/questions/:questionId',
      '/questions/:questionId/history',
      '/results',
      '/results.csv',
      '/results.json',
      '/results/chart.svg',
      '/results/chart.csv',
      '/results/:element',
      '/submit',
      '/submissions/:submissionId',
    ].map((path) => [`GET /assessments/:assessmentId${path}`, { who: cityA }]),
  ),
  'POST /assessments/:assessmentId/answers/:questionId': { who: answering, form: () => ({ version: '3', explanation: 'A new text.' }) },
  'POST /assessments/:assessmentId/submit': { who: ['coordinator'], form: key },
}

const sessionOperations: Record<string, Expectation> = {
  'GET /api/v1/session': { who: everybody },
  'POST /api/v1/session': { who: everybody, json: () => guestSignIn },
  'POST /api/v1/session/second-step': { who: everybody, json: () => ({ code: '123456' }), status: 401 },
  'POST /api/v1/session/demo': { who: everybody, json: ({ demoPerson }) => ({ personId: demoPerson }) },
  'DELETE /api/v1/session': { who: everybody },
  'POST /api/v1/password-resets': { who: everybody, json: () => ({ email: 'guest@example.org' }) },
  'POST /api/v1/password-resets/complete': {
    who: everybody,
    json: ({ resetToken }) => ({ token: resetToken, password: 'another long password' }),
  },
  'GET /api/v1/invitations/{token}': { who: everybody, showsPeople: linkHolder },
  'POST /api/v1/invitations/{token}/accept': {
    who: ['stranger'],
    narrower: 'the invitation is for another address than theirs',
    json: () => applicant,
  },
  'GET /api/v1/account': { who: everybodySignedIn },
  'PUT /api/v1/account': { who: everybodySignedIn, json: () => ({ name: 'New name', language: 'de' }) },
  'POST /api/v1/account/password': { who: everybodySignedIn, json: () => ownPassword },
  'POST /api/v1/account/two-factor': { who: everybodySignedIn, json: () => ({ password: 'a long test password' }) },
  'POST /api/v1/account/two-factor/confirm': { who: everybodySignedIn, json: () => ({ code: '123456' }), status: 409 },
  'POST /api/v1/account/two-factor/stop': { who: everybodySignedIn, json: () => ({ password: 'a long test password' }) },
  'DELETE /api/v1/account/sessions/{id}': { who: everybodySignedIn, params: session },
  'POST /api/v1/account/sessions/end-others': { who: everybodySignedIn },
}

const networkOperations: Record<string, Expectation> = {
  'GET /api/v1/people': { who: network, showsPeople: networkManages },
  'GET /api/v1/cities/{slug}/people': { who: coordination, showsPeople: networkManages },
  'POST /api/v1/invitations': { who: coordination, headers: idempotent, json: () => ({ ...invitation, city: 'city-a' }) },
  'POST /api/v1/invitations/{id}/resend': { who: coordination, headers: idempotent },
  'POST /api/v1/invitations/{id}/withdraw': { who: coordination },
  'POST /api/v1/memberships/{id}/end': { who: coordination, params: withId(({ membershipA }) => membershipA) },
  'GET /api/v1/cities': { who: everybody },
  'GET /api/v1/cities/{city}': { who: everybody },
  'GET /api/v1/published-figures': { who: everybody },
  'POST /api/v1/cities': { who: network, headers: idempotent, json: () => ({ name: 'New city', country: 'DE' }) },
  'PUT /api/v1/cities/{city}/facts/{fact}/{year}': {
    who: coordination,
    headers: ifMatch(1),
    json: () => ({ value: 101_000, source: 'Statistical office', quality: 'official' }),
  },
  'DELETE /api/v1/cities/{city}/facts/{fact}/{year}': { who: coordination, headers: ifMatch(1) },
  'GET /api/v1/waves': { who: everybody },
  'GET /api/v1/waves/{wave}': { who: everybody },
  'GET /api/v1/waves/{wave}/progress': { who: network },
  'POST /api/v1/waves': { who: network, headers: idempotent, json: () => wavePeriod },
  'PUT /api/v1/waves/{wave}': { who: network, params: inWave('planned'), headers: ifMatch(1), json: () => wavePeriod },
  'POST /api/v1/waves/{wave}/cities': { who: network, headers: idempotent, json: () => ({ cities: ['city-c'] }) },
  'POST /api/v1/waves/{wave}/freeze': { who: network, params: inWave('planned'), headers: ifMatch(1) },
  'POST /api/v1/waves/{wave}/close': { who: network, headers: ifMatch(1) },
  'POST /api/v1/waves/{wave}/extend': { who: network, headers: ifMatch(1), json: () => ({ closesAt: daysOn(50) }) },
  'POST /api/v1/waves/{wave}/reopen': {
    who: network,
    params: inWave('closed'),
    headers: ifMatch(1),
    json: () => ({ closesAt: daysOn(50) }),
  },
}

const assessmentOperations: Record<string, Expectation> = {
  'GET /api/v1/assessments': { who: anyCity },
  'GET /api/v1/assessments/{assessmentId}': { who: cityA },
  'GET /api/v1/assessments/{assessmentId}/answers': { who: cityA },
  'PUT /api/v1/assessments/{assessmentId}/answers/{questionId}': {
    who: answering,
    headers: ifMatch(3),
    json: () => ({ explanation: 'A new text.' }),
  },
  'GET /api/v1/assessments/{assessmentId}/answers/{questionId}/history': { who: cityA },
  'GET /api/v1/assessments/{assessmentId}/scores': { who: cityA },
  'GET /api/v1/assessments/{assessmentId}/comparison': { who: cityA },
  'POST /api/v1/assessments/{assessmentId}/submissions': { who: ['coordinator'], headers: idempotent },
  'GET /api/v1/results': { who: everybodySignedIn },
  'GET /api/v1/instruments/current': { who: everybody },
  'GET /api/v1/instruments/{id}': { who: everybody, params: withId(({ instrumentId }) => instrumentId) },
}

export const routeTable: Readonly<Record<string, Expectation>> = {
  ...publicPages,
  ...signInPages,
  ...accountPages,
  ...peoplePages,
  ...cityPages,
  ...wavePages,
  ...assessmentPages,
  ...sessionOperations,
  ...networkOperations,
  ...assessmentOperations,
}

/** Changes that no form makes, and why. */
export const withoutForm: Readonly<Record<string, string>> = {}
