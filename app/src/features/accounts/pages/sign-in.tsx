import { z } from '@hono/zod-openapi'
import { allowsDemoAccounts } from '../../../config.ts'
import { inContext } from '../../../db/context.ts'
import { fieldOf, type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import type { Pages, WebContext } from '../../../web.ts'
import { demoAccounts } from '../../demo/accounts.ts'
import { safeNext } from '../account.ts'
import { type DemoAccount, listDemoAccounts } from '../queries.ts'
import { codeField, emailField, newPasswordField, passwordField } from '../schemas.ts'
import {
  isResetLinkValid,
  requestPasswordReset,
  resetPassword,
  signIn,
  signInDemo,
  type SignInStep,
  signOut,
  verifySecondStep,
} from '../sign-in.ts'
import { forwardCookies, visitOf } from '../visit.ts'
import { CodePage } from './CodePage.tsx'
import { ForgotPasswordPage, ResetExpiredPage, ResetPasswordPage, ResetSentPage } from './PasswordResetPages.tsx'
import { SignInPage } from './SignInPage.tsx'

const scripts = ['client/account.ts']
const nextField = z
  .string()
  .optional()
  .transform((next) => safeNext(next))

interface Shown {
  values: FormValues
  errors: FormErrors
}

const empty: Shown = { values: {}, errors: noErrors }
const statusOf = ({ errors }: Shown) => (errors === noErrors ? 200 : 422)

/** In the order in which the demonstration introduces its roles. */
function inOrder(accounts: readonly DemoAccount[]): DemoAccount[] {
  const places = new Map(demoAccounts.map(({ email }, i) => [email, i]))
  const place = ({ email }: DemoAccount) => places.get(email) ?? demoAccounts.length
  return accounts.toSorted((a, b) => place(a) - place(b))
}

async function showSignIn(c: WebContext, services: Services, shown: Shown): Promise<Response> {
  const t = c.get('t')
  const accounts = allowsDemoAccounts(services.config)
    ? inOrder(await inContext(services.db, { scope: 'sign-in' }, (tx) => listDemoAccounts(tx)))
    : []
  const next = safeNext(fieldOf(shown.values, 'next') || c.req.query('next'))
  return page(
    c,
    services,
    { title: t('accounts.signIn.title'), status: statusOf(shown), scripts },
    <SignInPage
      t={t}
      {...shown}
      next={next}
      organisation={services.oidc?.settings.name ?? null}
      hasNewPassword={c.req.query('notice') === 'password-set'}
      demoAccounts={accounts.length > 0 ? accounts : null}
    />,
  )
}

function showCode(c: WebContext, services: Services, shown: Shown): Promise<Response> {
  const t = c.get('t')
  const next = safeNext(fieldOf(shown.values, 'next') || c.req.query('next'))
  return page(
    c,
    services,
    { title: t('accounts.code.title'), status: statusOf(shown) },
    <CodePage t={t} errors={shown.errors} next={next} />,
  )
}

/** Where the browser goes after a step of signing in. */
function follow(c: WebContext, step: SignInStep, next: string): string {
  forwardCookies(c, step.headers)
  return step.kind === 'signed-in' ? next : `/sign-in/code?next=${encodeURIComponent(next)}`
}

function registerSignIn(pages: Pages, services: Services): void {
  const { config } = services
  pages.get('/sign-in', 'public', (c) =>
    c.get('person') === null ? showSignIn(c, services, empty) : c.redirect(safeNext(c.req.query('next')), 303),
  )
  pages.post('/sign-in', 'public', 'signIn', (c) =>
    handleForm(c, {
      schema: z.object({ email: emailField, password: passwordField, next: nextField }),
      run: async ({ next, ...input }) => follow(c, await signIn(services, visitOf(c, config), input), next),
      again: (values, errors) => showSignIn(c, services, { values, errors }),
    }),
  )
  pages.post('/sign-in/demo', 'public', 'signInDemo', (c) =>
    handleForm(c, {
      schema: z.object({ personId: z.uuid(), next: nextField }),
      run: async ({ personId, next }) => follow(c, await signInDemo(services, visitOf(c, config), personId), next),
      again: (values, errors) => showSignIn(c, services, { values, errors }),
    }),
  )
  pages.get('/sign-in/code', 'public', (c) => showCode(c, services, empty))
  pages.post('/sign-in/code', 'public', 'verifySecondStep', (c) =>
    handleForm(c, {
      schema: z.object({ code: codeField, next: nextField }),
      run: async ({ code, next }) => follow(c, await verifySecondStep(services, visitOf(c, config), code), next),
      again: (values, errors) => showCode(c, services, { values, errors }),
    }),
  )
  pages.post('/sign-out', 'public', 'signOut', async (c) => {
    forwardCookies(c, await signOut(services, visitOf(c, config)))
    return c.redirect('/', 303)
  })
}

function showForgot(c: WebContext, services: Services, shown: Shown): Promise<Response> {
  const t = c.get('t')
  return page(c, services, { title: t('accounts.forgot.title'), status: statusOf(shown) }, <ForgotPasswordPage t={t} {...shown} />)
}

async function showReset(c: WebContext, services: Services, { token, errors }: { token: string; errors: FormErrors }): Promise<Response> {
  const t = c.get('t')
  if (!(await isResetLinkValid(services, token)))
    return page(c, services, { title: t('accounts.reset.expired.title'), status: 410 }, <ResetExpiredPage t={t} />)
  return page(
    c,
    services,
    { title: t('accounts.reset.title'), status: errors === noErrors ? 200 : 422, scripts },
    <ResetPasswordPage t={t} token={token} errors={errors} />,
  )
}

function registerPasswordReset(pages: Pages, services: Services): void {
  const { config } = services
  pages.get('/forgot-password', 'public', (c) => {
    const t = c.get('t')
    if (c.req.query('notice') !== 'sent') return showForgot(c, services, empty)
    return page(c, services, { title: t('accounts.forgot.sent.title') }, <ResetSentPage t={t} />)
  })
  pages.post('/forgot-password', 'public', 'requestPasswordReset', (c) =>
    handleForm(c, {
      schema: z.object({ email: emailField }),
      run: async ({ email }) => {
        await requestPasswordReset(services, visitOf(c, config), email)
        return '/forgot-password?notice=sent'
      },
      again: (values, errors) => showForgot(c, services, { values, errors }),
    }),
  )
  pages.get('/reset-password', 'public', (c) => showReset(c, services, { token: c.req.query('token') ?? '', errors: noErrors }))
  pages.post('/reset-password', 'public', 'resetPassword', (c) =>
    handleForm(c, {
      schema: z.object({ token: z.string(), password: newPasswordField }),
      run: async (input) => {
        await resetPassword(services, visitOf(c, config), input)
        return '/sign-in?notice=password-set'
      },
      again: async (values, errors) => showReset(c, services, { token: fieldOf(values, 'token'), errors }),
    }),
  )
}

export function registerSignInPages(pages: Pages, services: Services): void {
  registerSignIn(pages, services)
  registerPasswordReset(pages, services)
}
