import {
  type Expectation,
  everybody,
  coordination,
  network,
  key,
  idempotent,
  ifMatch,
  inWave,
  invitation,
  networkManages,
  daysOn,
  wavePeriod,
  waveForm,
  closingForm,
  withId,
} from './expectation.ts'

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

export const networkRoutes: Readonly<Record<string, Expectation>> = { ...cityPages, ...wavePages, ...networkOperations }
