import { z } from '@hono/zod-openapi'
import { setCookie } from 'hono/cookie'
import { isHttps } from '../../../config.ts'
import { type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { citiesOf } from '../../../permissions.ts'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { getDigestSettings } from '../../notices/queries.ts'
import { listCitiesById } from '../membership-queries.ts'
import { providerIdOf } from '../oidc.ts'
import { findSignInWays } from '../oidc-queries.ts'
import {
  changePassword,
  confirmTwoFactor,
  endOtherSessions,
  endSession,
  findTwoFactorSetup,
  hasOwnPassword,
  openAccount,
  startTwoFactor,
  stopTwoFactor,
  updateAccount,
} from '../own-account.ts'
import { accountSchema, codeField, newPasswordField, passwordField } from '../schemas.ts'
import { forwardCookies, visitOf } from '../visit.ts'
import { type AccountNotice, accountNotices, AccountPage } from './AccountPage.tsx'
import { RecoveryCodesPage, TwoFactorRequiredPage, TwoFactorSetupPage } from './TwoFactorPages.tsx'

const scripts = ['client/account.ts']

interface Shown {
  values: FormValues
  errors: FormErrors
}

const empty: Shown = { values: {}, errors: noErrors }

function noticeOf(c: WebContext): { kind: AccountNotice; ended: number } | null {
  const kind = accountNotices.find((known) => known === c.req.query('notice'))
  return kind === undefined ? null : { kind, ended: Number(c.req.query('ended')) || 1 }
}

async function showAccount(c: WebContext, services: Services, { values, errors }: Shown): Promise<Response> {
  const t = c.get('t')
  const person = personOf(c)
  const { settings = null } = services.oidc ?? {}
  const { account, cities, digest, ways } = await inTransaction(services, c, async (db) => ({
    account: await openAccount(db, person, services.now()),
    cities: await listCitiesById(db, citiesOf(person)),
    digest: await getDigestSettings(db, person.id),
    ways: await findSignInWays(db, person.id, settings === null ? null : providerIdOf(settings.issuer)),
  }))
  const notice = errors === noErrors ? noticeOf(c) : null
  return page(
    c,
    services,
    { title: t('accounts.account.title'), status: errors === noErrors ? 200 : 422, scripts },
    <AccountPage
      t={t}
      person={person}
      cities={cities}
      sessions={account.sessions}
      ownSessionId={c.get('sessionId')}
      twoFactor={account.twoFactor}
      digest={digest}
      hasPassword={ways.hasPassword}
      organisation={settings === null ? null : { name: settings.name, isConnected: ways.isConnected }}
      values={values}
      errors={errors}
      notice={notice}
    />,
  )
}

/** The language that was chosen in the account also wins over the one this browser remembers. */
function rememberLanguage(c: WebContext, services: Services, language: string): void {
  setCookie(c, 'tessera-language', language, {
    path: '/',
    maxAge: 365 * 24 * 3600,
    sameSite: 'Lax',
    httpOnly: true,
    secure: isHttps(services.config),
  })
}

function registerDetails(pages: Pages, services: Services): void {
  const { config } = services
  const again = (c: WebContext) => (values: FormValues, errors: FormErrors) => showAccount(c, services, { values, errors })
  pages.get('/account', 'account.manage', (c) => showAccount(c, services, empty))
  pages.post('/account', 'account.manage', 'updateAccount', (c) =>
    handleForm(c, {
      schema: accountSchema,
      run: async (changes) => {
        await inTransaction(services, c, (db) => updateAccount(db, personOf(c), changes, services.now()))
        rememberLanguage(c, services, changes.language)
        return '/account?notice=saved'
      },
      again: again(c),
    }),
  )
  pages.post('/account/password', 'account.manage', 'changePassword', (c) =>
    handleForm(c, {
      schema: z.object({ currentPassword: passwordField, newPassword: newPasswordField }),
      run: async ({ currentPassword, newPassword }) => {
        forwardCookies(c, await changePassword(services, visitOf(c, config), personOf(c), { current: currentPassword, next: newPassword }))
        return '/account?notice=password-changed'
      },
      again: again(c),
    }),
  )
}

async function showSetup(c: WebContext, services: Services, { errors }: Shown): Promise<Response> {
  const t = c.get('t')
  const setup = await findTwoFactorSetup(services, personOf(c))
  if (setup === null) return personOf(c).lacksSecondFactor ? showRequired(c, services, errors) : c.redirect('/account#two-factor', 303)
  return page(
    c,
    services,
    { title: t('accounts.twoFactor.setup.title'), status: errors === noErrors ? 200 : 422 },
    <TwoFactorSetupPage t={t} setup={setup} errors={errors} isRequired={personOf(c).lacksSecondFactor === true} />,
  )
}

/** The first page of those whose role needs a second step that they have not set up. */
async function showRequired(c: WebContext, services: Services, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const hasPassword = await hasOwnPassword(services, personOf(c))
  return page(
    c,
    services,
    { title: t('accounts.twoFactor.required.title'), status: errors === noErrors ? 200 : 422, scripts },
    <TwoFactorRequiredPage t={t} hasPassword={hasPassword} errors={errors} />,
  )
}

function registerTwoFactor(pages: Pages, services: Services): void {
  const { config } = services
  const again = (c: WebContext) => (values: FormValues, errors: FormErrors) =>
    personOf(c).lacksSecondFactor ? showSetup(c, services, { values, errors }) : showAccount(c, services, { values, errors })
  pages.get('/account/two-factor', 'account.manage', (c) => showSetup(c, services, empty))
  pages.post('/account/two-factor', 'account.manage', 'startTwoFactor', (c) =>
    handleForm(c, {
      schema: z.object({ twoFactorPassword: passwordField.optional() }),
      run: async ({ twoFactorPassword }) => {
        await startTwoFactor(services, visitOf(c, config), personOf(c), twoFactorPassword)
        return '/account/two-factor'
      },
      again: again(c),
    }),
  )
  pages.post('/account/two-factor/stop', 'account.manage', 'stopTwoFactor', (c) =>
    handleForm(c, {
      schema: z.object({ twoFactorPassword: passwordField }),
      run: async ({ twoFactorPassword }) => {
        forwardCookies(c, await stopTwoFactor(services, visitOf(c, config), personOf(c), twoFactorPassword))
        return '/account?notice=two-factor-off'
      },
      again: again(c),
    }),
  )
  // The answer to this form is a page and no redirect: the codes stand in no address and no cookie, and are gone with the page.
  pages.post('/account/two-factor/confirm', 'account.manage', 'confirmTwoFactor', async (c) => {
    let codes: string[] = []
    const answer = await handleForm(c, {
      schema: z.object({ code: codeField }),
      run: async ({ code }) => {
        const { recoveryCodes, headers } = await confirmTwoFactor(services, visitOf(c, config), personOf(c), code)
        forwardCookies(c, headers)
        codes = recoveryCodes
        return '/account'
      },
      again: (values, errors) => showSetup(c, services, { values, errors }),
    })
    if (codes.length === 0) return answer
    c.header('Location', undefined) // of the redirect that is not followed
    const t = c.get('t')
    return page(
      c,
      services,
      { title: t('accounts.twoFactor.codes.title') },
      <RecoveryCodesPage t={t} codes={codes} next={personOf(c).lacksSecondFactor ? '/home' : '/account'} />,
    )
  })
}

function registerSessions(pages: Pages, services: Services): void {
  pages.post('/account/sessions/end-others', 'account.manage', 'endOtherSessions', async (c) => {
    const ended = await inTransaction(services, c, (db) => endOtherSessions(db, personOf(c), c.get('sessionId') ?? '', services.now()))
    return c.redirect(ended === 0 ? '/account#sessions' : `/account?notice=sessions-ended&ended=${ended}`, 303)
  })
  pages.post('/account/sessions/:id/end', 'account.manage', 'endSession', (c) =>
    handleForm(c, {
      schema: z.object({}),
      run: async () => {
        await inTransaction(services, c, (db) => endSession(db, personOf(c), c.req.param('id') ?? '', services.now()))
        return '/account?notice=sessions-ended&ended=1'
      },
      again: (values, errors) => showAccount(c, services, { values, errors }),
    }),
  )
}

export function registerOwnAccountPages(pages: Pages, services: Services): void {
  registerDetails(pages, services)
  registerTwoFactor(pages, services)
  registerSessions(pages, services)
}
