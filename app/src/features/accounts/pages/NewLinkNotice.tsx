import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { NewLink } from '../new-link.ts'

/** Shows the link of a new invitation, once; where scripts run, a button copies it. */
export function NewLinkNotice({ t, newLink }: { t: Translator; newLink: NewLink }) {
  const { email, link, wasMailed } = newLink
  return (
    <Notice
      kind={wasMailed ? 'success' : 'warning'}
      title={wasMailed ? t('accounts.invite.sent', { email }) : t('accounts.invite.notSent', { email })}
      isAnnounced
    >
      <p>{wasMailed ? t('accounts.invite.sentText') : t('accounts.invite.notSentText')}</p>
      <TextField name="new-link" label={t('accounts.invite.link')} value={link} isReadOnly />
      <p data-copy="new-link" data-copied={t('accounts.invite.copied')} hidden>
        <Button kind="secondary" type="button">
          {t('accounts.invite.copy')}
        </Button>
      </p>
    </Notice>
  )
}
