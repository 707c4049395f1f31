import type { Services } from '../../../services.ts'
import type { Pages } from '../../../web.ts'
import { registerOwnAccountPages } from './account.tsx'
import { registerInvitationPages } from './invitation.tsx'
import { registerOidcPages } from './oidc.tsx'
import { registerPeoplePages } from './people.tsx'
import { registerSignInPages } from './sign-in.tsx'

export function registerAccountPages(pages: Pages, services: Services): void {
  registerSignInPages(pages, services)
  registerOwnAccountPages(pages, services)
  registerOidcPages(pages, services)
  registerInvitationPages(pages, services)
  registerPeoplePages(pages, services)
}
