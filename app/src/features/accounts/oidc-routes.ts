import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf, type WebContext } from '../../web.ts'
import { safeNext } from './account.ts'
import { callbackAddress, keepFlow } from './oidc-cookie.ts'
import { disconnectOidc, type OidcStart, startConnecting, startOidc } from './oidc-sign-in.ts'

const started = json(
  z
    .object({ address: z.url().openapi({ description: "page of the organisation's sign-in; open it in the browser that has the cookie" }) })
    .openapi('OrganisationSignIn'),
  'Begun; the cookie is set',
)

const signInRoute = createRoute({
  operationId: 'startOrganisationSignIn',
  method: 'post',
  path: '/api/v1/session/organisation',
  tags: ['Session'],
  summary: "Begin to sign in with the organisation's own account, where that is set up",
  request: body(z.object({ next: z.string().optional() })),
  responses: { 200: started, ...problems },
})

const invitationRoute = createRoute({
  operationId: 'startOrganisationInvitation',
  method: 'post',
  path: '/api/v1/invitations/{token}/organisation',
  tags: ['Session'],
  summary: "Begin to accept an invitation with the organisation's own account",
  request: {
    params: z.object({
      token: z
        .string()
        .min(1)
        .max(200)
        .openapi({ param: { name: 'token', in: 'path' } }),
    }),
  },
  responses: { 200: started, ...problems },
})

const connectRoute = createRoute({
  operationId: 'connectOrganisation',
  method: 'post',
  path: '/api/v1/account/organisation',
  tags: ['Account'],
  summary: "Begin to connect the own account with the organisation's",
  responses: { 200: started, ...problems },
})

const disconnectRoute = createRoute({
  operationId: 'disconnectOrganisation',
  method: 'delete',
  path: '/api/v1/account/organisation',
  tags: ['Account'],
  summary: "Disconnect the own account from the organisation's; needs a password here",
  responses: { 204: { description: 'Done' }, ...problems },
})

export function addOidcRoutes(api: Api, services: Services): void {
  const { config } = services
  const begin = (c: WebContext, { address, sealed }: OidcStart) => {
    keepFlow(c, config, sealed)
    return { address }
  }
  api.add('public', signInRoute, async (c) => {
    const next = safeNext(c.req.valid('json').next)
    return c.json(begin(c, await startOidc(services, { kind: 'sign-in', next }, callbackAddress(c, config))), 200)
  })
  api.add('public', invitationRoute, async (c) => {
    const { token } = c.req.valid('param')
    const purpose = { kind: 'invitation', token, language: c.get('language') } as const
    return c.json(begin(c, await startOidc(services, purpose, callbackAddress(c, config))), 200)
  })
  api.add('account.manage', connectRoute, async (c) =>
    c.json(begin(c, await startConnecting(services, personOf(c), callbackAddress(c, config))), 200),
  )
  api.add('account.manage', disconnectRoute, async (c) => {
    await inTransaction(services, c, (db) => disconnectOidc(services, db, personOf(c)))
    return c.body(null, 204)
  })
}
