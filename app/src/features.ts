import type { Api } from './api.ts'
import { registerAssessmentPages } from './features/assessments/pages/pages.tsx'
import { registerAssessmentRoutes } from './features/assessments/routes.ts'
import { registerResultRoutes } from './features/results/routes.ts'
import { registerPublicationPages } from './features/publication/pages/pages.tsx'
import type { Services } from './services.ts'
import type { Pages } from './web.ts'

/** Everything the product offers, feature by feature. */
export function registerFeatures(pages: Pages, api: Api, services: Services): void {
  registerAssessmentPages(pages, services)
  registerAssessmentRoutes(api, services)
  registerResultRoutes(api, services)
  registerPublicationPages(pages, api, services)
}
