import {
  type Expectation,
  everybody,
  everybodySignedIn,
  coordination,
  network,
  key,
  guestSignIn,
  ownPassword,
  invitation,
  applicant,
  networkManages,
  linkHolder,
  refusedTo,
  session,
  withId,
  withSecondFactor,
} from './expectation.ts'

const accountPages: Record<string, Expectation> = {
  'GET /home': { who: everybodySignedIn },
  'GET /account': { who: everybodySignedIn },
  'POST /account': { who: everybodySignedIn, form: () => ({ name: 'New name', language: 'de' }) },
  'POST /account/password': { who: everybodySignedIn, form: () => ownPassword },
  'GET /account/two-factor': { who: everybodySignedIn },
  // whoever has a second factor is told so
  'POST /account/two-factor': {
    who: everybodySignedIn,
    form: () => ({ twoFactorPassword: 'a long test password' }),
    status: refusedTo(withSecondFactor, 422),
  },
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
  'POST /api/v1/account/two-factor': {
    who: everybodySignedIn,
    json: () => ({ password: 'a long test password' }),
    status: refusedTo(withSecondFactor, 409),
  },
  'POST /api/v1/account/two-factor/confirm': { who: everybodySignedIn, json: () => ({ code: '123456' }), status: 409 },
  'POST /api/v1/account/two-factor/stop': { who: everybodySignedIn, json: () => ({ password: 'a long test password' }) },
  'DELETE /api/v1/account/sessions/{id}': { who: everybodySignedIn, params: session },
  'POST /api/v1/account/sessions/end-others': { who: everybodySignedIn },
}

export const accountsRoutes: Readonly<Record<string, Expectation>> = { ...accountPages, ...peoplePages, ...sessionOperations }
