import type { Translator } from '../../../text/text.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'

/** Seen for a moment on the way to the organisation's sign-in; the link is for browsers that do not go by themselves. */
export function GoingOnPage({ t, name, address }: { t: Translator; name: string; address: string }) {
  return (
    <>
      <PageHeading title={t('accounts.organisation.goingOn', { name })} lead={t('accounts.organisation.goingOn.text')} />
      <p>
        <ButtonLink href={address}>{t('accounts.organisation.goingOn.link', { name })}</ButtonLink>
      </p>
    </>
  )
}
