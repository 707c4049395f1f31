import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { FormProblems } from '../../accounts/pages/FormProblems.tsx'
import type { AccessToken } from '../token.ts'
import { TokenForm } from './TokenForm.tsx'
import { TokenTable } from './TokenTable.tsx'
import { TokenUse } from './TokenUse.tsx'

export interface TokensPageProps {
  t: Translator
  tokens: readonly AccessToken[]
  values: FormValues
  errors: FormErrors
  /** What has just been done. */
  notice: 'revoked' | 'made' | null
  formKey: string
  now: Date
  /** Where the API is. */
  origin: string
}

/** The access tokens of a person: those there are, and a form for another one. */
export function TokensPage({ t, tokens, values, errors, notice, formKey, now, origin }: TokensPageProps) {
  return (
    <>
      <Breadcrumbs label={t('tokens.page.where')} links={[{ href: '/account', text: t('tokens.page.account') }]} />
      <PageHeading title={t('tokens.page.title')} lead={t('tokens.page.lead')} />
      <div class="stack">
        {notice !== null && (
          <Notice kind={notice === 'revoked' ? 'success' : 'information'} title={t(`tokens.notice.${notice}`)} isAnnounced>
            <p>{t(`tokens.notice.${notice}Text`)}</p>
          </Notice>
        )}
        <FormProblems t={t} errors={errors} />
      </div>
      <section class="section">
        <h2>{t('tokens.list.title')}</h2>
        <TokenTable t={t} tokens={tokens} now={now} />
      </section>
      <section class="section" id="new">
        <h2>{t('tokens.form.title')}</h2>
        <TokenForm t={t} values={values} errors={errors} formKey={fieldOf(values, '_key') || formKey} now={now} />
      </section>
      <section class="section">
        <h2>{t('tokens.use.title')}</h2>
        <div class="stack">
          <TokenUse t={t} origin={origin} />
        </div>
      </section>
    </>
  )
}
