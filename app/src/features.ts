import type { Api } from './api.ts'
import type { Services } from './services.ts'
import type { Pages } from './web.ts'

/** Everything the product offers, feature by feature. */
export function registerFeatures(pages: Pages, api: Api, services: Services): void {
  void pages
  void api
  void services
}
