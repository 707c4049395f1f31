import { formatDate, type Translator } from '../../../text/text.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { TokenUse } from './TokenUse.tsx'

export interface NewTokenPageProps {
  t: Translator
  secret: string
  name: string
  expiresAt: Date
  /** Where the API is. */
  origin: string
}

/** Shown once, as the answer to the form that made the token; where scripts run, a button copies it. */
export function NewTokenPage({ t, secret, name, expiresAt, origin }: NewTokenPageProps) {
  return (
    <>
      <PageHeading title={t('tokens.made.title')} lead={t('tokens.made.lead', { name, until: formatDate(t.language, expiresAt) })} />
      <div class="stack">
        <Notice kind="warning" title={t('tokens.made.once')}>
          <div class="stack">
            <p>{t('tokens.made.onceText')}</p>
            <TextField name="new-token" label={t('tokens.made.secret')} value={secret} isReadOnly spellcheck={false} autoComplete="off" />
            <p data-copy="new-token" data-copied={t('tokens.made.copied')} hidden>
              <Button kind="secondary" type="button">
                {t('tokens.made.copy')}
              </Button>
            </p>
          </div>
        </Notice>
        <TokenUse t={t} origin={origin} />
        <p>
          <ButtonLink href="/account/tokens">{t('tokens.made.done')}</ButtonLink>
        </p>
      </div>
    </>
  )
}
