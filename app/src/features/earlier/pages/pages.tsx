import type { Pages } from '../../../web.ts'
import type { Services } from '../../../services.ts'
import { registerNetworkPages } from './network.tsx'
import { registerPublishedPages } from './published.tsx'

/** Published figures for everybody; bringing in earlier results for the network coordination. */
export function registerEarlierPages(pages: Pages, services: Services): void {
  registerPublishedPages(pages, services)
  registerNetworkPages(pages, services)
}
