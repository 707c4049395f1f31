import { randomUUID } from 'node:crypto'
import { type Expectation, everybody, everybodySignedIn, idempotent, ifMatch, key, refusedTo } from './expectation.ts'

// Comparing all cities. The pages are public: strangers see invented cities only, which the tests of the feature hold. The
// planted network has results of real cities alone, so that a stranger who asks for a file is asked to sign in.

const pages = ['/compare', '/compare/cities', '/compare/aggregates']

const files = [
  ...pages.flatMap((path) => ['csv', 'svg', 'png'].map((ending) => `${path}.${ending}`)),
  '/compare/map.svg',
  '/compare/map.png',
]

const fileRoutes: Record<string, Expectation> = Object.fromEntries(
  files.map((path) => [
    `GET ${path}`,
    {
      who: everybodySignedIn,
      narrower: 'strangers get files of invented cities only, and there are none here',
      // only city A has results, which no expert sees yet: neither its own nor who might judge it next
      status: refusedTo(['reviewer', 'reviewerB'], 404),
    },
  ]),
)

const pageRoutes: Record<string, Expectation> = Object.fromEntries(
  [...pages, '/compare/map'].map((path) => [`GET ${path}`, { who: everybody }]),
)

const group = { name: 'Ports', cities: ['city-a', 'city-b'] }
const groupForm = { name: 'Ports', cities: 'city-a,city-b' }
/** Nobody has a group here: each person sees only their own, and the tests of the feature hold that. */
const unknownGroup = () => ({ groupId: randomUUID() })

export const compareRoutes: Readonly<Record<string, Expectation>> = {
  ...pageRoutes,
  ...fileRoutes,
  'GET /mosaic.png': { who: everybody },
  'GET /compare/groups': { who: everybodySignedIn },
  'GET /compare/groups/new': { who: everybodySignedIn },
  'POST /compare/groups': { who: everybodySignedIn, form: () => ({ ...groupForm, ...key() }) },
  'GET /compare/groups/:groupId': { who: everybodySignedIn, params: unknownGroup, status: 404 },
  'POST /compare/groups/:groupId': {
    who: everybodySignedIn,
    params: unknownGroup,
    form: () => ({ ...groupForm, version: '1' }),
    status: 404,
  },
  'POST /compare/groups/:groupId/delete': { who: everybodySignedIn, params: unknownGroup, form: () => ({ version: '1' }), status: 404 },
  'GET /api/v1/comparison': { who: everybody },
  'GET /api/v1/saved-groups': { who: everybodySignedIn },
  'POST /api/v1/saved-groups': { who: everybodySignedIn, json: () => group, headers: idempotent },
  'PUT /api/v1/saved-groups/{groupId}': {
    who: everybodySignedIn,
    params: unknownGroup,
    json: () => group,
    headers: ifMatch(1),
    status: 404,
  },
  'DELETE /api/v1/saved-groups/{groupId}': { who: everybodySignedIn, params: unknownGroup, headers: ifMatch(1), status: 404 },
}
