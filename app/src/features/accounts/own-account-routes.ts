import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, json, problems } from '../../api.ts'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import {
  changePassword,
  confirmTwoFactor,
  endOtherSessions,
  endSession,
  findTwoFactorSetup,
  openAccount,
  startTwoFactor,
  stopTwoFactor,
  updateAccount,
} from './own-account.ts'
import { accountSchema, codeField, newPasswordField, passwordField } from './schemas.ts'
import { forwardCookies, visitOf } from './visit.ts'

const tags = ['Account']
const nothing = { description: 'Done' }
const idParam = z.object({ id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }) })

const accountAnswer = z
  .object({
    name: z.string(),
    email: z.string(),
    language: z.string(),
    twoFactor: z.enum(['off', 'begun', 'on']),
    sessions: z.array(
      z.object({
        id: z.uuid(),
        userAgent: z.string().nullable(),
        address: z.string().nullable(),
        createdAt: z.iso.datetime(),
        lastUsedAt: z.iso.datetime(),
        isThisOne: z.boolean(),
      }),
    ),
  })
  .openapi('Account')

function addAccount(api: Api, services: Services): void {
  const { config } = services
  api.add(
    'account.manage',
    createRoute({
      operationId: 'getAccount',
      method: 'get',
      path: '/api/v1/account',
      tags,
      summary: 'The own account with its sessions',
      responses: { 200: json(accountAnswer, 'The account'), ...problems },
    }),
    async (c) => {
      const { name, email, language } = personOf(c)
      const { twoFactor, sessions } = await inTransaction(services, c, (db) => openAccount(db, personOf(c), services.now()))
      const listed = sessions.map(({ id, userAgent, address, createdAt, updatedAt }) => ({
        id,
        userAgent,
        address,
        createdAt: createdAt.toISOString(),
        lastUsedAt: updatedAt.toISOString(),
        isThisOne: id === c.get('sessionId'),
      }))
      return c.json({ name, email, language, twoFactor, sessions: listed }, 200)
    },
  )
  api.add(
    'account.manage',
    createRoute({
      operationId: 'updateAccount',
      method: 'put',
      path: '/api/v1/account',
      tags,
      summary: 'Change the own name and language',
      request: body(accountSchema),
      responses: { 204: nothing, ...problems },
    }),
    async (c) => {
      await inTransaction(services, c, (db) => updateAccount(db, personOf(c), c.req.valid('json'), services.now()))
      return c.body(null, 204)
    },
  )
  api.add(
    'account.manage',
    createRoute({
      operationId: 'changePassword',
      method: 'post',
      path: '/api/v1/account/password',
      tags,
      summary: 'Change the own password; ends all other sessions',
      request: body(z.object({ currentPassword: passwordField, newPassword: newPasswordField })),
      responses: { 204: nothing, ...problems },
    }),
    async (c) => {
      const { currentPassword, newPassword } = c.req.valid('json')
      forwardCookies(c, await changePassword(services, visitOf(c, config), personOf(c), { current: currentPassword, next: newPassword }))
      return c.body(null, 204)
    },
  )
}

function addTwoFactor(api: Api, services: Services): void {
  const { config } = services
  const withPassword = body(z.object({ password: passwordField }))
  const perhapsWithPassword = body(z.object({ password: passwordField.optional().openapi({ description: 'of those who have one' }) }))
  api.add(
    'account.manage',
    createRoute({
      operationId: 'startTwoFactor',
      method: 'post',
      path: '/api/v1/account/two-factor',
      tags,
      summary: 'Begin to set up a second step; it is off until a first code confirms it',
      request: perhapsWithPassword,
      responses: { 200: json(z.object({ secret: z.string(), otpauthUri: z.string() }), 'The key for an authenticator app'), ...problems },
    }),
    async (c) => {
      await startTwoFactor(services, visitOf(c, config), personOf(c), c.req.valid('json').password)
      const setup = await findTwoFactorSetup(services, personOf(c))
      if (setup === null) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'accounts.step.no-setup' })
      return c.json(setup, 200)
    },
  )
  api.add(
    'account.manage',
    createRoute({
      operationId: 'confirmTwoFactor',
      method: 'post',
      path: '/api/v1/account/two-factor/confirm',
      tags,
      summary: 'Switch the second step on with a first code',
      request: body(z.object({ code: codeField })),
      responses: { 200: json(z.object({ recoveryCodes: z.array(z.string()) }), 'Recovery codes, given only now'), ...problems },
    }),
    async (c) => {
      const { recoveryCodes, headers } = await confirmTwoFactor(services, visitOf(c, config), personOf(c), c.req.valid('json').code)
      forwardCookies(c, headers)
      return c.json({ recoveryCodes }, 200)
    },
  )
  api.add(
    'account.manage',
    createRoute({
      operationId: 'stopTwoFactor',
      method: 'post',
      path: '/api/v1/account/two-factor/stop',
      tags,
      summary: 'Switch the second step off',
      request: withPassword,
      responses: { 204: nothing, ...problems },
    }),
    async (c) => {
      forwardCookies(c, await stopTwoFactor(services, visitOf(c, config), personOf(c), c.req.valid('json').password))
      return c.body(null, 204)
    },
  )
}

function addSessions(api: Api, services: Services): void {
  api.add(
    'account.manage',
    createRoute({
      operationId: 'endSession',
      method: 'delete',
      path: '/api/v1/account/sessions/{id}',
      tags,
      summary: 'End one of the own sessions, at once',
      request: { params: idParam },
      responses: { 204: nothing, ...problems },
    }),
    async (c) => {
      await inTransaction(services, c, (db) => endSession(db, personOf(c), c.req.valid('param').id, services.now()))
      return c.body(null, 204)
    },
  )
  api.add(
    'account.manage',
    createRoute({
      operationId: 'endOtherSessions',
      method: 'post',
      path: '/api/v1/account/sessions/end-others',
      tags,
      summary: 'End every own session but this one, at once',
      responses: { 200: json(z.object({ ended: z.number() }), 'How many ended'), ...problems },
    }),
    async (c) =>
      c.json(
        { ended: await inTransaction(services, c, (db) => endOtherSessions(db, personOf(c), c.get('sessionId') ?? '', services.now())) },
        200,
      ),
  )
}

export function addOwnAccountRoutes(api: Api, services: Services): void {
  addAccount(api, services)
  addTwoFactor(api, services)
  addSessions(api, services)
}
