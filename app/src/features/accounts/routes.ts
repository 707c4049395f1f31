import type { Api } from '../../api.ts'
import type { Services } from '../../services.ts'
import { addOidcRoutes } from './oidc-routes.ts'
import { addOwnAccountRoutes } from './own-account-routes.ts'
import { addPeopleRoutes } from './people-routes.ts'
import { addSessionRoutes } from './session-routes.ts'

export function registerAccountRoutes(api: Api, services: Services): void {
  addSessionRoutes(api, services)
  addOwnAccountRoutes(api, services)
  addOidcRoutes(api, services)
  addPeopleRoutes(api, services)
}
