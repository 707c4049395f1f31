import { randomUUID } from 'node:crypto'
import { type Expectation, everybody, everybodySignedIn, idempotent, ifMatch, key, withId } from './expectation.ts'

// Comparing all cities. The pages are public: strangers see invented cities only, which the tests of the feature hold.
// The planted network has results of real cities alone, so that a stranger finds no file there.

const files = ['/compare', '/compare/cities', '/compare/aggregates']

const membersOnly = 'strangers see files of invented cities only, and there are none here'

const fileRoutes: Record<string, Expectation> = Object.fromEntries(
  [...files.flatMap((path) => ['csv', 'svg', 'png'].map((ending) => `${path}.${ending}`)), '/compare/map.svg', '/compare/map.png'].map(
    (path) => [`GET ${path}`, { who: everybody, narrower: membersOnly }],
  ),
)

const pageRoutes: Record<string, Expectation> = Object.fromEntries(
  [...files, '/compare/map'].map((path) => [`GET ${path}`, { who: everybody }]),
)

const noneOfTheirs = 'nobody has a saved group here; the tests of the feature hold that a group is its owner’s'
const someGroup = withId(() => randomUUID())
