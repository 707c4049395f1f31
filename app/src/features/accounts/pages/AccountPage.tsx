import { type FormErrors, type FormValues, fieldOf } from '../../../forms.ts'
import type { Person } from '../../../permissions.ts'
import { languages } from '../../../text/catalogue.ts'
import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { DigestSection } from '../../notices/pages/DigestPage.tsx'
import type { DigestSettings } from '../../notices/digest-time.ts'
import { roleText } from '../mails.ts'
import type { CityName } from '../membership-queries.ts'
import type { Session, TwoFactorState } from '../queries.ts'
import { FormProblems } from './FormProblems.tsx'
import { OwnPasswordField } from './OwnPasswordField.tsx'
import { OrganisationSection } from './OrganisationSection.tsx'
import { SessionsSection } from './SessionsSection.tsx'

/** What has just been done, as it stands in the address after a form. */
export const accountNotices = [
  'saved',
  'password-changed',
  'two-factor-off',
  'sessions-ended',
  'organisation-connected',
  'organisation-disconnected',
] as const
export type AccountNotice = (typeof accountNotices)[number]

export interface AccountPageProps {
  t: Translator
  person: Person
  /** Cities in which the person has a role. */
  cities: readonly CityName[]
  sessions: readonly Session[]
  ownSessionId: string | null
  twoFactor: TwoFactorState
  /** When the daily mail comes. */
  digest: DigestSettings
  /** false: signs in at the organisation only. */
  hasPassword: boolean
  /** The organisation's sign-in; null where there is none. */
  organisation: { name: string; isConnected: boolean } | null
  values: FormValues
  errors: FormErrors
  notice: { kind: AccountNotice; ended: number } | null
}

export function AccountPage(props: AccountPageProps) {
  const { t, person, cities } = props
  const roles = person.memberships.map(({ role, cityId }) => roleText(t, role, cities.find(({ id }) => id === cityId) ?? null))
  return (
    <>
      <PageHeading title={t('accounts.account.title')} />
      <div class="stack">
        <AccountNoticeText {...props} />
        <FormProblems t={t} errors={props.errors} />
        <SummaryList
          rows={[
            { term: t('accounts.account.email'), value: person.email },
            {
              term: t('accounts.account.roles'),
              value: roles.length > 0 ? roles.map((role) => <div key={role}>{role}</div>) : t('accounts.account.noRoles'),
              isEmpty: roles.length === 0,
            },
          ]}
        />
      </div>
      <DetailsSection {...props} />
      <DigestSection t={t} settings={props.digest} />
      {props.hasPassword ? <PasswordSection {...props} /> : <NoPasswordSection t={t} />}
      {props.organisation !== null && (
        <OrganisationSection t={t} {...props.organisation} hasPassword={props.hasPassword} isDemo={person.isDemo} />
      )}
      <TwoFactorSection {...props} />
      <TokensSection t={t} />
      <SessionsSection t={t} sessions={props.sessions} ownSessionId={props.ownSessionId} />
    </>
  )
}

function AccountNoticeText({ t, notice, organisation }: AccountPageProps) {
  if (notice === null) return null
  const name = organisation?.name ?? ''
  const texts = {
    saved: { title: t('accounts.account.saved'), text: null },
    'password-changed': { title: t('accounts.account.password.changed'), text: t('accounts.account.password.changedText') },
    'two-factor-off': { title: t('accounts.twoFactor.stopped'), text: t('accounts.twoFactor.stoppedText') },
    'sessions-ended': { title: t('accounts.sessions.ended', { count: notice.ended }), text: null },
    'organisation-connected': { title: t('accounts.organisation.done', { name }), text: t('accounts.organisation.doneText', { name }) },
    'organisation-disconnected': { title: t('accounts.organisation.ended', { name }), text: null },
  }
  const { title, text } = texts[notice.kind]
  return (
    <Notice kind="success" title={title} isAnnounced>
      {text !== null && <p>{text}</p>}
    </Notice>
  )
}

function DetailsSection({ t, person, values, errors }: AccountPageProps) {
  const options = languages.map((language) => ({ value: language, label: t(`accounts.language.${language}`), lang: language }))
  return (
    <section class="section">
      <h2>{t('accounts.account.details')}</h2>
      <form class="form" method="post" action="/account">
        <TextField
          name="name"
          label={t('accounts.form.name')}
          hint={t('accounts.form.name.hint')}
          value={'name' in values ? fieldOf(values, 'name') : person.name}
          error={errors.fields.name}
          autoComplete="name"
        />
        <SelectField
          name="language"
          label={t('accounts.form.language')}
          options={options}
          value={'language' in values ? fieldOf(values, 'language') : person.language}
          error={errors.fields.language}
        />
        <FormActions>
          <Button kind="secondary">{t('accounts.account.save')}</Button>
        </FormActions>
      </form>
    </section>
  )
}

/** People without a password set one with the link that a mail brings. */
function NoPasswordSection({ t }: { t: Translator }) {
  return (
    <section class="section">
      <h2>{t('accounts.account.password')}</h2>
      <p>
        {t('accounts.account.noPassword')} <a href="/forgot-password">{t('accounts.account.noPassword.link')}</a>
      </p>
    </section>
  )
}

/** The way to the access tokens. */
function TokensSection({ t }: { t: Translator }) {
  return (
    <section class="section">
      <h2>{t('accounts.account.tokens')}</h2>
      <p>
        {t('accounts.account.tokens.text')} <a href="/account/tokens">{t('accounts.account.tokens.link')}</a>
      </p>
    </section>
  )
}

function PasswordSection({ t, person, errors }: AccountPageProps) {
  return (
    <section class="section">
      <h2>{t('accounts.account.password')}</h2>
      <p>{t('accounts.account.password.text')}</p>
      <form class="form" method="post" action="/account/password">
        <input type="hidden" name="username" value={person.email} autocomplete="username" />
        <OwnPasswordField
          t={t}
          name="currentPassword"
          label={t('accounts.account.password.current')}
          error={errors.fields.currentPassword}
          autoComplete="current-password"
        />
        <OwnPasswordField
          t={t}
          name="newPassword"
          label={t('accounts.account.password.new')}
          hint={t('accounts.form.password.hint')}
          error={errors.fields.newPassword}
          autoComplete="new-password"
        />
        <FormActions>
          <Button kind="secondary">{t('accounts.account.password.button')}</Button>
        </FormActions>
      </form>
    </section>
  )
}

function TwoFactorSection({ t, twoFactor, hasPassword, errors }: AccountPageProps) {
  const isOn = twoFactor === 'on'
  if (!hasPassword && !isOn) return null // it needs a password; those who have none bring the second step of their organisation
  return (
    <section class="section" id="two-factor">
      <h2>{t('accounts.twoFactor.title')}</h2>
      <p>{isOn ? t('accounts.twoFactor.on') : t('accounts.twoFactor.off')}</p>
      {twoFactor === 'begun' && (
        <p>
          {t('accounts.twoFactor.continue')} <a href="/account/two-factor">{t('accounts.twoFactor.continueLink')}</a>
        </p>
      )}
      <form class="form" method="post" action={isOn ? '/account/two-factor/stop' : '/account/two-factor'}>
        <OwnPasswordField
          t={t}
          name="twoFactorPassword"
          label={t('accounts.twoFactor.password')}
          error={errors.fields.twoFactorPassword}
          autoComplete="current-password"
        />
        <FormActions>
          <Button kind={isOn ? 'danger' : 'secondary'}>{isOn ? t('accounts.twoFactor.stop') : t('accounts.twoFactor.start')}</Button>
        </FormActions>
      </form>
    </section>
  )
}
