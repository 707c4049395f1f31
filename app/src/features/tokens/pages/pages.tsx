import { z } from '@hono/zod-openapi'
import { type FormErrors, type FormValues, handleForm, newFormKey, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { expiryOfForm, tokenFormSchema } from '../schemas.ts'
import { createToken, openTokens, revokeToken } from '../usecases.ts'
import { NewTokenPage } from './NewTokenPage.tsx'
import { TokensPage } from './TokensPage.tsx'

const path = '/account/tokens'
const notices = ['revoked', 'made'] as const

interface Shown {
  values: FormValues
  errors: FormErrors
}

const empty: Shown = { values: {}, errors: noErrors }

async function showTokens(c: WebContext, services: Services, { values, errors }: Shown): Promise<Response> {
  const t = c.get('t')
  const tokens = await inTransaction(services, c, (db) => openTokens(db, personOf(c)))
  const notice = errors === noErrors ? (notices.find((known) => known === c.req.query('notice')) ?? null) : null
  const props = { t, tokens, values, errors, notice, formKey: newFormKey(), now: services.now() }
  return page(
    c,
    services,
    { title: t('tokens.page.title'), status: errors === noErrors ? 200 : 422 },
    <TokensPage {...props} origin={services.config.publicUrl ?? new URL(c.req.url).origin} />,
  )
}

/** The answer to this form is a page and no redirect: the secret stands in no address and no cookie, and is gone with the page. */
async function makeToken(c: WebContext, services: Services): Promise<Response> {
  let made: { secret: string; name: string; expiresAt: Date } | null = null
  const now = services.now()
  const answer = await handleForm(c, {
    schema: tokenFormSchema(now),
    run: async ({ name, scopes, ...lifetime }, key) => {
      const request = { name, scopes, expiresAt: expiryOfForm(lifetime, now) }
      const { secret } = await inTransaction(services, c, (db) => createToken(db, personOf(c), { request, key, now }))
      if (secret !== null) made = { secret, name, expiresAt: request.expiresAt }
      return `${path}?notice=made`
    },
    again: (values, errors) => showTokens(c, services, { values, errors }),
  })
  if (made === null) return answer
  c.header('Location', undefined) // of the redirect that is not followed
  const t = c.get('t')
  const origin = services.config.publicUrl ?? new URL(c.req.url).origin
  const content = <NewTokenPage t={t} {...(made as { secret: string; name: string; expiresAt: Date })} origin={origin} />
  return page(c, services, { title: t('tokens.made.title'), scripts: ['client/account.ts'] }, content)
}

export function registerTokenPages(pages: Pages, services: Services): void {
  pages.get(path, 'account.manage', (c) => showTokens(c, services, empty))
  pages.post(path, 'account.manage', 'createToken', (c) => makeToken(c, services))
  pages.post(`${path}/:id/revoke`, 'account.manage', 'revokeToken', (c) =>
    handleForm(c, {
      schema: z.object({}),
      run: async () => {
        await inTransaction(services, c, (db) => revokeToken(db, personOf(c), c.req.param('id') ?? '', services.now()))
        return `${path}?notice=revoked`
      },
      again: (values, errors) => showTokens(c, services, { values, errors }),
    }),
  )
}
