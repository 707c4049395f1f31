import { z } from '@hono/zod-openapi'
import { type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import type { Pages, WebContext } from '../../../web.ts'
import { acceptAsPerson, acceptWithNewAccount, openInvitation } from '../accept-invitation.ts'
import { nameField, newPasswordField } from '../schemas.ts'
import { forwardCookies, visitOf } from '../visit.ts'
import { InvitationPage } from './InvitationPage.tsx'

const tokenOf = (c: WebContext): string => c.req.param('token') ?? ''

async function showInvitation(
  c: WebContext,
  services: Services,
  { values, errors }: { values: FormValues; errors: FormErrors },
): Promise<Response> {
  const t = c.get('t')
  const token = tokenOf(c)
  const { invitation, hasAccount } = await openInvitation(services, token)
  return page(
    c,
    services,
    { title: t('accounts.invitation.title'), status: errors === noErrors ? 200 : 422, scripts: ['client/account.ts'] },
    <InvitationPage
      t={t}
      token={token}
      invitation={invitation}
      person={c.get('person')}
      hasAccount={hasAccount}
      organisation={services.oidc?.settings.name ?? null}
      values={values}
      errors={errors}
    />,
  )
}

export function registerInvitationPages(pages: Pages, services: Services): void {
  pages.get('/invitations/:token', 'public', (c) => showInvitation(c, services, { values: {}, errors: noErrors }))
  pages.post('/invitations/:token', 'public', 'acceptInvitation', async (c) => {
    const person = c.get('person')
    if (person !== null) {
      await acceptAsPerson(services, person, tokenOf(c))
      return c.redirect('/home', 303)
    }
    return handleForm(c, {
      schema: z.object({ name: nameField, password: newPasswordField }),
      run: async (input) => {
        const applicant = { ...input, language: c.get('language') }
        forwardCookies(c, await acceptWithNewAccount(services, visitOf(c, services.config), { token: tokenOf(c), applicant }))
        return '/home'
      },
      again: (values, errors) => showInvitation(c, services, { values, errors }),
    })
  })
}
