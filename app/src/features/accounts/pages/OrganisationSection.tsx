import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'

export interface OrganisationSectionProps {
  t: Translator
  /** What people call the organisation's sign-in. */
  name: string
  isConnected: boolean
  hasPassword: boolean
  isDemo: boolean
}

/** Whether the account can be used with the organisation's sign-in, and the way in and out. */
export function OrganisationSection({ t, name, isConnected, hasPassword, isDemo }: OrganisationSectionProps) {
  const noWayBack = hasPassword ? undefined : t('accounts.step.no-password')
  return (
    <section class="section" id="organisation">
      <h2>{t('accounts.organisation.title', { name })}</h2>
      <div class="stack">
        <p>{isConnected ? t('accounts.organisation.connected', { name }) : t('accounts.organisation.notConnected', { name })}</p>
        {isConnected ? (
          <form method="post" action="/account/organisation/end">
            <Button kind="secondary" id="disconnect" unavailableReason={noWayBack}>
              {t('accounts.organisation.disconnect', { name })}
            </Button>
          </form>
        ) : (
          <form method="post" action="/account/organisation">
            <Button kind="secondary" id="connect" unavailableReason={isDemo ? t('accounts.step.demo') : undefined}>
              {t('accounts.organisation.connect', { name })}
            </Button>
          </form>
        )}
      </div>
    </section>
  )
}
