import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, json, problems } from '../../api.ts'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import type { WebContext } from '../../web.ts'
import { acceptAsPerson, acceptWithNewAccount, openInvitation } from './accept-invitation.ts'
import { codeField, emailField, languageField, nameField, newPasswordField, passwordField, roleField } from './schemas.ts'
import { requestPasswordReset, resetPassword, signInAtOnce, signInDemo, type SignInStep, signOut, verifySecondStep } from './sign-in.ts'
import { forwardCookies, visitOf } from './visit.ts'

const tags = ['Session']
const signedIn = z.object({ person: z.object({ id: z.uuid(), name: z.string() }) }).openapi('SignedIn')
const sessionAnswer = z.object({
  person: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  expiresAt: z.iso.datetime().nullable().openapi({ description: 'when the session ends by itself; asking prolongs it' }),
})
const nothing = { description: 'Done' }

/** Answers a step of signing in with the person, or asks for the second step. */
function answer(c: WebContext, step: SignInStep): { person: { id: string; name: string } } {
  forwardCookies(c, step.headers)
  if (step.kind === 'second-step') throw new AppError('TWO_FACTOR_REQUIRED')
  return { person: { id: step.person.id, name: step.person.name } }
}

function addSession(api: Api, services: Services): void {
  const { config } = services
  api.add(
    'public',
    createRoute({
      operationId: 'getSession',
      method: 'get',
      path: '/api/v1/session',
      tags,
      summary: 'Who is signed in in this browser; person is null when nobody is',
      responses: { 200: json(sessionAnswer, 'The session'), ...problems },
    }),
    (c) => {
      const person = c.get('person')
      const expiresAt = c.get('sessionEndsAt')?.toISOString() ?? null
      return c.json({ person: person === null ? null : { id: person.id, name: person.name }, expiresAt }, 200)
    },
  )
  api.add(
    'public',
    createRoute({
      operationId: 'signIn',
      method: 'post',
      path: '/api/v1/session',
      tags,
      summary: 'Sign in with address and password, and with a code where the account asks for one',
      request: body(z.object({ email: emailField, password: passwordField, code: codeField.optional() })),
      responses: { 200: json(signedIn, 'Signed in; the cookie is set'), ...problems },
    }),
    async (c) => c.json(answer(c, await signInAtOnce(services, visitOf(c, config), c.req.valid('json'))), 200),
  )
  api.add(
    'public',
    createRoute({
      operationId: 'verifySecondStep',
      method: 'post',
      path: '/api/v1/session/second-step',
      tags,
      summary: 'Finish a sign-in with a code of the app or a recovery code',
      request: body(z.object({ code: codeField })),
      responses: { 200: json(signedIn, 'Signed in; the cookie is set'), ...problems },
    }),
    async (c) => c.json(answer(c, await verifySecondStep(services, visitOf(c, config), c.req.valid('json').code)), 200),
  )
  api.add(
    'public',
    createRoute({
      operationId: 'signInDemo',
      method: 'post',
      path: '/api/v1/session/demo',
      tags,
      summary: 'Sign in to an account of the demonstration, where that is allowed',
      request: body(z.object({ personId: z.uuid() })),
      responses: { 200: json(signedIn, 'Signed in; the cookie is set'), ...problems },
    }),
    async (c) => c.json(answer(c, await signInDemo(services, visitOf(c, config), c.req.valid('json').personId)), 200),
  )
  api.add(
    'public',
    createRoute({
      operationId: 'signOut',
      method: 'delete',
      path: '/api/v1/session',
      tags,
      summary: 'End the session of this browser',
      responses: { 204: nothing, ...problems },
    }),
    async (c) => {
      forwardCookies(c, await signOut(services, visitOf(c, config)))
      return c.body(null, 204)
    },
  )
}

function addPasswordReset(api: Api, services: Services): void {
  const { config } = services
  api.add(
    'public',
    createRoute({
      operationId: 'requestPasswordReset',
      method: 'post',
      path: '/api/v1/password-resets',
      tags,
      summary: 'Send a link for a new password, if there is such an account',
      request: body(z.object({ email: emailField })),
      responses: { 204: nothing, ...problems },
    }),
    async (c) => {
      await requestPasswordReset(services, visitOf(c, config), c.req.valid('json').email)
      return c.body(null, 204)
    },
  )
  api.add(
    'public',
    createRoute({
      operationId: 'resetPassword',
      method: 'post',
      path: '/api/v1/password-resets/complete',
      tags,
      summary: 'Set a new password with the token of the link',
      request: body(z.object({ token: z.string(), password: newPasswordField })),
      responses: { 204: nothing, ...problems },
    }),
    async (c) => {
      await resetPassword(services, visitOf(c, config), c.req.valid('json'))
      return c.body(null, 204)
    },
  )
}

const tokenParam = z.object({
  token: z
    .string()
    .min(1)
    .max(200)
    .openapi({ param: { name: 'token', in: 'path' } }),
})

function addInvitation(api: Api, services: Services): void {
  api.add(
    'public',
    createRoute({
      operationId: 'getInvitation',
      method: 'get',
      path: '/api/v1/invitations/{token}',
      tags,
      summary: 'Read an invitation by the token of its link; uses nothing up',
      request: { params: tokenParam },
      responses: {
        200: json(
          z.object({
            email: z.string(),
            role: roleField,
            city: z.string().nullable(),
            inviter: z.string().nullable(),
            expiresAt: z.iso.datetime(),
            hasAccount: z.boolean(),
          }),
          'The invitation',
        ),
        ...problems,
      },
    }),
    async (c) => {
      const { invitation, hasAccount } = await openInvitation(services, c.req.valid('param').token)
      const { email, role, city, inviter, expiresAt } = invitation
      return c.json(
        { email, role, city: city?.name ?? null, inviter: inviter?.name ?? null, expiresAt: expiresAt.toISOString(), hasAccount },
        200,
      )
    },
  )
  api.add(
    'public',
    createRoute({
      operationId: 'acceptInvitation',
      method: 'post',
      path: '/api/v1/invitations/{token}/accept',
      tags,
      summary: 'Accept an invitation: as the person signed in, or with a new account (name and password)',
      request: {
        params: tokenParam,
        ...body(z.object({ name: nameField, password: newPasswordField, language: languageField }).partial()),
      },
      responses: { 204: nothing, ...problems },
    }),
    async (c) => {
      const { token } = c.req.valid('param')
      const person = c.get('person')
      const { name, password, language } = c.req.valid('json')
      if (person !== null) await acceptAsPerson(services, person, token)
      else {
        if (name === undefined || password === undefined) throw new AppError('SIGN_IN_REQUIRED')
        forwardCookies(
          c,
          await acceptWithNewAccount(services, visitOf(c, services.config), {
            token,
            applicant: { name, password, language: language ?? c.get('language') },
          }),
        )
      }
      return c.body(null, 204)
    },
  )
}

export function addSessionRoutes(api: Api, services: Services): void {
  addSession(api, services)
  addPasswordReset(api, services)
  addInvitation(api, services)
}
