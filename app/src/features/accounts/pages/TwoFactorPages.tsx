import type { FormErrors } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { TwoFactorSetup } from '../own-account.ts'
import { FormProblems } from './FormProblems.tsx'
import { OwnPasswordField } from './OwnPasswordField.tsx'
import { QrCode } from './QrCode.tsx'

/** Key of the second step and the first code that confirms it. */
export function TwoFactorSetupPage({
  t,
  setup,
  errors,
  isRequired,
}: {
  t: Translator
  setup: TwoFactorSetup
  errors: FormErrors
  /** Nothing else works before it is set up. */
  isRequired: boolean
}) {
  return (
    <>
      <PageHeading title={t('accounts.twoFactor.setup.title')} lead={t('accounts.twoFactor.setup.lead')} />
      <FormProblems t={t} errors={errors} />
      <section class="section">
        <h2>{t('accounts.twoFactor.setup.app')}</h2>
        <p class="prose">{t('accounts.twoFactor.setup.appText')}</p>
      </section>
      <section class="section">
        <h2>{t('accounts.twoFactor.setup.scan')}</h2>
        <div class="stack">
          <p class="prose">{t('accounts.twoFactor.setup.qrText')}</p>
          <QrCode text={setup.otpauthUri} label={t('accounts.twoFactor.setup.qr')} />
          <p>
            {t('accounts.twoFactor.setup.key')}: <code>{setup.secret.match(/.{1,4}/g)!.join(' ')}</code>
          </p>
          <p>
            <a href={setup.otpauthUri}>{t('accounts.twoFactor.setup.link')}</a>
          </p>
        </div>
      </section>
      <section class="section">
        <h2>{t('accounts.twoFactor.setup.confirm')}</h2>
        <form class="form" method="post" action="/account/two-factor/confirm">
          <TextField
            name="code"
            width="short"
            label={t('accounts.twoFactor.setup.code')}
            hint={t('accounts.twoFactor.setup.codeHint')}
            error={errors.fields.code}
            autoComplete="one-time-code"
            inputMode="numeric"
            spellcheck={false}
          />
          <FormActions>
            <Button>{t('accounts.twoFactor.setup.button')}</Button>
            {!isRequired && (
              <ButtonLink href="/account" kind="quiet">
                {t('accounts.twoFactor.setup.cancel')}
              </ButtonLink>
            )}
          </FormActions>
        </form>
      </section>
    </>
  )
}

/** Says why nothing else works yet, and begins the set-up. */
export function TwoFactorRequiredPage({ t, hasPassword, errors }: { t: Translator; hasPassword: boolean; errors: FormErrors }) {
  return (
    <>
      <PageHeading title={t('accounts.twoFactor.required.title')} lead={t('accounts.twoFactor.required.lead')} />
      <FormProblems t={t} errors={errors} />
      <div class="stack">
        <p class="prose">{t('accounts.twoFactor.required.text')}</p>
        <form class="form" method="post" action="/account/two-factor">
          {hasPassword && (
            <OwnPasswordField
              t={t}
              name="twoFactorPassword"
              label={t('accounts.twoFactor.password')}
              error={errors.fields.twoFactorPassword}
              autoComplete="current-password"
            />
          )}
          <FormActions>
            <Button>{t('accounts.twoFactor.start')}</Button>
          </FormActions>
        </form>
      </div>
    </>
  )
}

/** Shown once, as the answer to the form that switched the second step on. */
export function RecoveryCodesPage({ t, codes, next }: { t: Translator; codes: readonly string[]; next: string }) {
  return (
    <>
      <PageHeading title={t('accounts.twoFactor.codes.title')} lead={t('accounts.twoFactor.codes.lead')} />
      <div class="stack">
        <Notice kind="warning" title={t('accounts.twoFactor.codes.once')}>
          <p>{t('accounts.twoFactor.codes.onceText')}</p>
        </Notice>
        <ul aria-label={t('accounts.twoFactor.codes.list')}>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <p>
          <ButtonLink href={next}>{t('accounts.twoFactor.codes.done')}</ButtonLink>
        </p>
      </div>
    </>
  )
}
