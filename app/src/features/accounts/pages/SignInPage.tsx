import { type FormErrors, type FormValues, fieldOf } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { roleText } from '../mails.ts'
import type { DemoAccount } from '../queries.ts'
import { FormProblems } from './FormProblems.tsx'
import { OwnPasswordField } from './OwnPasswordField.tsx'

export interface SignInPageProps {
  t: Translator
  values: FormValues
  errors: FormErrors
  /** Path to go to afterwards. */
  next: string
  /** What people call the organisation's sign-in; null where there is none. */
  organisation: string | null
  hasNewPassword: boolean
  /** null where demonstration accounts may not sign in. */
  demoAccounts: readonly DemoAccount[] | null
}

/** The organisation's sign-in, above the form for those who have a password here. */
function OrganisationForm({ t, name, next }: { t: Translator; name: string; next: string }) {
  return (
    <>
      <form class="form" method="post" action="/sign-in/organisation">
        <input type="hidden" name="next" value={next} />
        <FormActions>
          <Button>{t('accounts.signIn.organisation', { name })}</Button>
        </FormActions>
      </form>
      <h2>{t('accounts.signIn.withPassword')}</h2>
    </>
  )
}

export function SignInPage({ t, values, errors, next, organisation, hasNewPassword, demoAccounts }: SignInPageProps) {
  return (
    <>
      <PageHeading title={t('accounts.signIn.title')} lead={t('accounts.signIn.lead')} />
      <div class="stack">
        <FormProblems t={t} errors={errors} />
        {hasNewPassword && (
          <Notice kind="success" title={t('accounts.signIn.passwordSet')} isAnnounced>
            <p>{t('accounts.signIn.passwordSet.text')}</p>
          </Notice>
        )}
        {organisation !== null && <OrganisationForm t={t} name={organisation} next={next} />}
        <form class="form" method="post" action="/sign-in">
          <input type="hidden" name="next" value={next} />
          <TextField
            name="email"
            type="email"
            label={t('accounts.form.email')}
            value={fieldOf(values, 'email')}
            error={errors.fields.email}
            autoComplete="username"
            inputMode="email"
            spellcheck={false}
          />
          <OwnPasswordField
            t={t}
            name="password"
            label={t('accounts.form.password')}
            error={errors.fields.password}
            autoComplete="current-password"
          />
          <FormActions>
            <Button kind={organisation === null ? 'primary' : 'secondary'}>{t('accounts.signIn.button')}</Button>
          </FormActions>
        </form>
        <p>
          <a href="/forgot-password">{t('accounts.signIn.forgot')}</a>
        </p>
        <p class="small">{t('accounts.signIn.noAccount')}</p>
      </div>
      {demoAccounts !== null && <DemoAccounts t={t} accounts={demoAccounts} next={next} />}
    </>
  )
}

function DemoAccounts({ t, accounts, next }: { t: Translator; accounts: readonly DemoAccount[]; next: string }) {
  const signInButton = ({ id, name }: DemoAccount) => (
    <form method="post" action="/sign-in/demo">
      <input type="hidden" name="next" value={next} />
      <input type="hidden" name="personId" value={id} />
      <Button kind="secondary" hiddenSuffix={t('accounts.demo.signInAs', { name })}>
        {t('accounts.demo.signIn')}
      </Button>
    </form>
  )
  return (
    <section class="section">
      <h2>{t('accounts.demo.title')}</h2>
      <p>{t('accounts.demo.text')}</p>
      <DataTable
        id="demo-accounts"
        caption={t('accounts.demo.caption')}
        isCaptionHidden
        narrow="stack"
        emptyText={t('accounts.demo.empty')}
        columns={[
          { id: 'name', header: t('accounts.demo.person') },
          { id: 'role', header: t('accounts.demo.role') },
          { id: 'step', header: t('accounts.demo.signIn') },
        ]}
        rows={accounts.map((account) => ({
          id: account.id,
          cells: {
            name: account.name,
            role: account.roles.map(({ role, city }) => roleText(t, role, city === null ? null : { name: city })).join('; '),
            step: signInButton(account),
          },
        }))}
      />
    </section>
  )
}
