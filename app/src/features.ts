import type { Api } from './api.ts'
import { registerAccountPages } from './features/accounts/pages/pages.tsx'
import { registerAccountRoutes } from './features/accounts/routes.ts'
import { registerHomePages } from './features/assessments/pages/home.tsx'
import { registerAssessmentPages } from './features/assessments/pages/pages.tsx'
import { registerAssessmentRoutes } from './features/assessments/routes.ts'
import { registerCityPages } from './features/cities/pages/pages.tsx'
import { registerCityRoutes } from './features/cities/routes.ts'
import { registerEarlierPages } from './features/earlier/pages/pages.tsx'
import { publishedLink } from './features/earlier/pages/published.tsx'
import { registerEarlierRoutes } from './features/earlier/routes.ts'
import { registerBenchmarkPages } from './features/benchmark/pages/pages.tsx'
import { registerBenchmarkRoutes } from './features/benchmark/routes.ts'
import { registerNoticePages } from './features/notices/pages/pages.tsx'
import { registerNoticeRoutes } from './features/notices/routes.ts'
import { guestAssessmentExtras } from './features/guests/pages/extras.ts'
import { registerGuestPages } from './features/guests/pages/pages.tsx'
import { registerGuestRoutes } from './features/guests/routes.ts'
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
import { noticeParts } from './notice-parts.ts'
import type { Services } from './services.ts'
import type { Pages } from './web.ts'

/** Everything the product offers, feature by feature. */
export function registerFeatures(pages: Pages, api: Api, services: Services): void {
  registerAccountPages(pages, services)
  registerAccountRoutes(api, services)
  registerNoticePages(pages, services, noticeParts.namesIn(services))
  registerNoticeRoutes(api, services, noticeParts.namesIn(services))
  registerTokenPages(pages, services)
  registerTokenRoutes(api, services)
  registerCityPages(pages, services, {
    result: (c, city) => publicResult(services, c.get('t'), city),
    published: (c, city) => publishedLink(services, c.get('t'), city),
  })
  registerCityRoutes(api, services)
  registerEarlierPages(pages, services)
  registerEarlierRoutes(api, services)
  registerWavePages(pages, services)
  registerWaveRoutes(api, services)
  registerHomePages(pages, services)
  registerAssessmentPages(pages, services, { questions: [], assessment: [guestAssessmentExtras] })
  registerAssessmentRoutes(api, services)
  registerGuestPages(pages, services)
  registerGuestRoutes(api, services)
  registerResultPages(pages, services)
  registerResultRoutes(api, services)
  registerBenchmarkPages(pages, services)
  registerBenchmarkRoutes(api, services)
  registerPublicationPages(pages, api, services)
  registerInstrumentPages(pages, services)
  registerInstrumentRoutes(api, services)
}
