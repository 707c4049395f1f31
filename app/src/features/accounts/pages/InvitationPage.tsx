import { type FormErrors, type FormValues, fieldOf } from '../../../forms.ts'
import type { Person } from '../../../permissions.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { Invitation } from '../invitation-queries.ts'
import { invitationPath } from '../mails.ts'
import { FormProblems } from './FormProblems.tsx'
import { OwnPasswordField } from './OwnPasswordField.tsx'

export interface InvitationPageProps {
  t: Translator
  token: string
  invitation: Invitation
  /** Who is signed in. */
  person: Person | null
  /** Whether the invited address has an account. */
  hasAccount: boolean
  /** What people call the organisation's sign-in; null where there is none. */
  organisation: string | null
  values: FormValues
  errors: FormErrors
}

/** Who invites to what; reading it uses nothing up. */
export function InvitationPage(props: InvitationPageProps) {
  const { t, invitation, person, hasAccount, errors } = props
  const { city, role, email, expiresAt } = invitation
  const inviter = invitation.inviter?.name ?? t('accounts.invitation.operators')
  const lead =
    city === null ? t('accounts.invitation.lead.network', { inviter }) : t('accounts.invitation.lead.city', { inviter, city: city.name })
  const Step = person === null ? (hasAccount ? ExistingAccount : NewAccount) : person.email === email ? AcceptAsPerson : OtherPerson
  return (
    <>
      <PageHeading title={t('accounts.invitation.title')} lead={lead} />
      <div class="stack">
        <FormProblems t={t} errors={errors} />
        <SummaryList
          rows={[
            {
              term: t('accounts.invitation.role'),
              value: (
                <>
                  {t(`accounts.role.${role}`)}
                  <div class="small">{t(`accounts.roleHint.${role}`)}</div>
                </>
              ),
            },
            ...(city === null ? [] : [{ term: t('accounts.invitation.city'), value: city.name }]),
            { term: t('accounts.invitation.email'), value: email },
            { term: t('accounts.invitation.until'), value: formatDate(t.language, expiresAt) },
          ]}
        />
      </div>
      {Step === NewAccount && <OrganisationForm {...props} />}
      <section class="section">
        <Step {...props} />
      </section>
    </>
  )
}

function OrganisationForm({ t, token, organisation }: Pick<InvitationPageProps, 't' | 'token' | 'organisation'>) {
  if (organisation === null) return null
  return (
    <section class="section">
      <h2>{t('accounts.invitation.organisation.title', { name: organisation })}</h2>
      <form class="form" method="post" action={`${invitationPath(token)}/organisation`}>
        <p>{t('accounts.invitation.organisation.text', { name: organisation })}</p>
        <FormActions>
          <Button>{t('accounts.invitation.organisation.button', { name: organisation })}</Button>
        </FormActions>
      </form>
    </section>
  )
}

function NewAccount({ t, token, invitation, organisation, values, errors }: InvitationPageProps) {
  return (
    <>
      <h2>{t('accounts.invitation.create.title')}</h2>
      <form class="form" method="post" action={invitationPath(token)}>
        <input type="hidden" name="username" value={invitation.email} autocomplete="username" />
        <TextField
          name="name"
          label={t('accounts.form.name')}
          hint={t('accounts.form.name.hint')}
          value={fieldOf(values, 'name')}
          error={errors.fields.name}
          autoComplete="name"
        />
        <OwnPasswordField
          t={t}
          name="password"
          label={t('accounts.form.password')}
          hint={t('accounts.form.password.hint')}
          error={errors.fields.password}
          autoComplete="new-password"
        />
        <FormActions>
          <Button kind={organisation === null ? 'primary' : 'secondary'}>{t('accounts.invitation.create.button')}</Button>
        </FormActions>
      </form>
    </>
  )
}

function AcceptAsPerson({ t, token, person }: InvitationPageProps) {
  return (
    <form class="form" method="post" action={invitationPath(token)}>
      <p>{t('accounts.invitation.accept.text', { name: person?.name, email: person?.email })}</p>
      <FormActions>
        <Button>{t('accounts.invitation.accept.button')}</Button>
      </FormActions>
    </form>
  )
}

function ExistingAccount({ t, token, invitation }: InvitationPageProps) {
  return (
    <>
      <h2>{t('accounts.invitation.existing.title')}</h2>
      <div class="stack">
        <p>{t('accounts.invitation.existing.text', { email: invitation.email })}</p>
        <p>
          <ButtonLink href={`/sign-in?next=${encodeURIComponent(invitationPath(token))}`}>
            {t('accounts.invitation.existing.button')}
          </ButtonLink>
        </p>
      </div>
    </>
  )
}

function OtherPerson({ t, invitation, person }: InvitationPageProps) {
  return (
    <Notice kind="warning" title={t('accounts.invitation.other.title')}>
      <p>{t('accounts.invitation.other.text', { email: invitation.email, own: person?.email })}</p>
      <form method="post" action="/sign-out">
        <Button kind="secondary">{t('accounts.invitation.other.button')}</Button>
      </form>
    </Notice>
  )
}
