import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { describeBrowser } from '../account.ts'
import type { Session } from '../queries.ts'

function browserText(t: Translator, userAgent: string | null): string {
  const found = describeBrowser(userAgent)
  return found === null ? t('accounts.sessions.unknown') : t('accounts.sessions.browser', { ...found })
}

/** The signed-in browsers of a person; each can be ended, at once. */
export function SessionsSection({
  t,
  sessions,
  ownSessionId,
}: {
  t: Translator
  sessions: readonly Session[]
  ownSessionId: string | null
}) {
  const endButton = (session: Session) => {
    if (session.id === ownSessionId) return <strong>{t('accounts.sessions.this')}</strong>
    const suffix = t('accounts.sessions.endThat', {
      browser: browserText(t, session.userAgent),
      since: formatDateTime(t.language, session.createdAt),
    })
    return (
      <form method="post" action={`/account/sessions/${session.id}/end`}>
        <Button kind="quiet" hiddenSuffix={suffix}>
          {t('accounts.sessions.end')}
        </Button>
      </form>
    )
  }
  return (
    <section class="section" id="sessions">
      <h2>{t('accounts.sessions.title')}</h2>
      <div class="stack">
        <DataTable
          id="session-list"
          caption={t('accounts.sessions.title')}
          isCaptionHidden
          narrow="stack"
          emptyText={t('accounts.sessions.noOthers')}
          columns={[
            { id: 'browser', header: t('accounts.sessions.device') },
            { id: 'since', header: t('accounts.sessions.since') },
            { id: 'used', header: t('accounts.sessions.used') },
            { id: 'address', header: t('accounts.sessions.address') },
            { id: 'step', header: t('accounts.sessions.step') },
          ]}
          rows={sessions.map((session) => ({
            id: session.id,
            cells: {
              browser: browserText(t, session.userAgent),
              since: formatDateTime(t.language, session.createdAt),
              used: formatDateTime(t.language, session.updatedAt),
              address: session.address || '–',
              step: endButton(session),
            },
          }))}
        />
        <form method="post" action="/account/sessions/end-others">
          <Button id="end-others" kind="secondary" unavailableReason={sessions.length > 1 ? undefined : t('accounts.sessions.noOthers')}>
            {t('accounts.sessions.endOthers')}
          </Button>
        </form>
      </div>
    </section>
  )
}
