import { fieldOf, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { safeNext } from '../account.ts'
import { callbackAddress, callbackPath, keepFlow, takeFlow } from '../oidc-cookie.ts'
import { disconnectOidc, finishOidc, type OidcStart, requireOidc, startConnecting, startOidc } from '../oidc-sign-in.ts'
import { forwardCookies, visitOf } from '../visit.ts'
import { GoingOnPage } from './GoingOnPage.tsx'

/**
 * Sends the browser on with a page that leads there at once, not with a redirect: a redirect after a form, and every further one
 * of the provider's, would have to be allowed by our policy (form-action), and nobody knows them all.
 */
function goOn(c: WebContext, services: Services, { address, sealed }: OidcStart): Promise<Response> {
  const t = c.get('t')
  const { name } = requireOidc(services).settings
  keepFlow(c, services.config, sealed)
  return page(
    c,
    services,
    { title: t('accounts.organisation.goingOn', { name }), headers: { Refresh: `0;url=${address}` } },
    <GoingOnPage t={t} name={name} address={address} />,
  )
}

/** The answer of the provider: the one address that it knows of us. */
async function takeAnswer(c: WebContext, services: Services): Promise<Response> {
  requireOidc(services)
  const { code, state, iss, error } = c.req.query()
  const sealed = takeFlow(c, services.config)
  const answer = { ...(code && { code }), ...(state && { state }), ...(iss && { iss }), ...(error && { error }) }
  const { step, next } = await finishOidc(services, visitOf(c, services.config), { person: c.get('person'), sealed, answer })
  if (step === null) return c.redirect(next, 303)
  forwardCookies(c, step.headers)
  return c.redirect(step.kind === 'signed-in' ? next : `/sign-in/code?next=${encodeURIComponent(next)}`, 303)
}

export function registerOidcPages(pages: Pages, services: Services): void {
  const { config } = services
  pages.post('/sign-in/organisation', 'public', 'startOrganisationSignIn', async (c) => {
    const next = safeNext(fieldOf(await readForm(c), 'next'))
    return goOn(c, services, await startOidc(services, { kind: 'sign-in', next }, callbackAddress(c, config)))
  })
  pages.get(callbackPath, 'public', (c) => takeAnswer(c, services))
  pages.post('/invitations/:token/organisation', 'public', 'startOrganisationInvitation', async (c) => {
    const purpose = { kind: 'invitation', token: c.req.param('token') ?? '', language: c.get('language') } as const
    return goOn(c, services, await startOidc(services, purpose, callbackAddress(c, config)))
  })
  pages.post('/account/organisation', 'account.manage', 'connectOrganisation', async (c) =>
    goOn(c, services, await startConnecting(services, personOf(c), callbackAddress(c, config))),
  )
  pages.post('/account/organisation/end', 'account.manage', 'disconnectOrganisation', async (c) => {
    await inTransaction(services, c, (db) => disconnectOidc(services, db, personOf(c)))
    return c.redirect('/account?notice=organisation-disconnected', 303)
  })
}
