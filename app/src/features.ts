import type { Api } from './api.ts'
import { registerAccountPages } from './features/accounts/pages/pages.tsx'
import { registerAccountRoutes } from './features/accounts/routes.ts'
import { registerHomePages } from './features/assessments/pages/home.tsx'
import { registerAssessmentPages } from './features/assessments/pages/pages.tsx'
import { registerAssessmentRoutes } from './features/assessments/routes.ts'
import { registerCityPages } from './features/cities/pages/pages.tsx'
import { registerCityRoutes } from './features/cities/routes.ts'
import { registerBenchmarkPages } from './features/benchmark/pages/pages.tsx'
import { registerBenchmarkRoutes } from './features/benchmark/routes.ts'
import { registerResultPages } from './features/results/pages/pages.tsx'
import { registerResultRoutes } from './features/results/routes.ts'
import { publicResult } from './features/publication/city-result.tsx'
import { registerPublicationPages } from './features/publication/pages/pages.tsx'
import { registerInstrumentPages } from './features/instrument/pages/pages.tsx'
import { registerInstrumentRoutes } from './features/instrument/routes.ts'
import { registerTokenPages } from './features/tokens/pages/pages.tsx'
import { registerTokenRoutes } from './features/tokens/routes.ts'
import { registerWavePages } from './features/waves/pages/pages.tsx'
import { registerWaveRoutes } from './features/waves/routes.ts'
import type { Services } from './services.ts'
import type { Pages } from './web.ts'

/** Everything the product offers, feature by feature. */
export function registerFeatures(pages: Pages, api: Api, services: Services): void {
  registerAccountPages(pages, services)
  registerAccountRoutes(api, services)
  registerTokenPages(pages, services)
  registerTokenRoutes(api, services)
  registerCityPages(pages, services, { result: (c, city) => publicResult(services, c.get('t'), city) })
  registerCityRoutes(api, services)
  registerWavePages(pages, services)
  registerWaveRoutes(api, services)
  registerHomePages(pages, services)
  registerAssessmentPages(pages, services, { questions: [], assessment: [] })
  registerAssessmentRoutes(api, services)
  registerResultPages(pages, services)
  registerResultRoutes(api, services)
  registerBenchmarkPages(pages, services)
  registerBenchmarkRoutes(api, services)
  registerPublicationPages(pages, api, services)
  registerInstrumentPages(pages, services)
  registerInstrumentRoutes(api, services)
}
