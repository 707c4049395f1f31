import { accountsRoutes } from './route-tables/accounts.ts'
import { agreementRoutes } from './route-tables/agreement.ts'
import { assessmentsRoutes } from './route-tables/assessments.ts'
import { calibrationRoutes } from './route-tables/calibration.ts'
import { carriedRoutes } from './route-tables/carried.ts'
import { compareRoutes } from './route-tables/compare.ts'
import { dialogueRoutes } from './route-tables/dialogue.ts'
import { earlierRoutes } from './route-tables/earlier.ts'
import { departmentsRoutes } from './route-tables/departments.ts'
import { evaluationsRoutes } from './route-tables/evaluations.ts'
import { evidenceRoutes } from './route-tables/evidence.ts'
import type { Expectation } from './route-tables/expectation.ts'
import { guestsRoutes } from './route-tables/guests.ts'
import { inboxRoutes } from './route-tables/inbox.ts'
import { jointRoutes } from './route-tables/joint.ts'
import { networkRoutes } from './route-tables/network.ts'
import { noticesRoutes } from './route-tables/notices.ts'
import { quickcheckRoutes } from './route-tables/quickcheck.ts'
import { partnersRoutes } from './route-tables/partners.ts'
import { reviewsRoutes } from './route-tables/reviews.ts'
import { scopeRoutes } from './route-tables/scope.ts'
import { signoffRoutes } from './route-tables/signoff.ts'
import { snapshotsRoutes } from './route-tables/snapshots.ts'
import { publicRoutes } from './route-tables/public.ts'
import { spreadsheetsRoutes } from './route-tables/spreadsheets.ts'
import { threadsRoutes } from './route-tables/threads.ts'
import { tokensRoutes } from './route-tables/tokens.ts'
import { translationsRoutes } from './route-tables/translations.ts'

// Who may do what, written by hand from the roles of the product and not read from the code: a route that says something
// else, or that is missing here, fails the test. Each entry is a request that succeeds for those who may. One file per feature.

export const routeTable: Readonly<Record<string, Expectation>> = {
  ...publicRoutes,
  ...accountsRoutes,
  ...compareRoutes,
  ...networkRoutes,
  ...noticesRoutes,
  ...assessmentsRoutes,
  ...earlierRoutes,
  ...quickcheckRoutes,
  ...departmentsRoutes,
  ...dialogueRoutes,
  ...evaluationsRoutes,
  ...evidenceRoutes,
  ...guestsRoutes,
  ...partnersRoutes,
  ...jointRoutes,
  ...inboxRoutes,
  ...signoffRoutes,
  ...reviewsRoutes,
  ...agreementRoutes,
  ...calibrationRoutes,
  ...carriedRoutes,
  ...scopeRoutes,
  ...snapshotsRoutes,
  ...translationsRoutes,
  ...spreadsheetsRoutes,
  ...threadsRoutes,
  ...tokensRoutes,
}

/** Changes that no form makes, and why. */
export const withoutForm: Readonly<Record<string, string>> = {
  sayAnswering: 'told by the page while somebody types; without a script nobody is told',
  continueUpload: 'a form without a script sends the whole file at once, when it begins the upload',
}
