import { formatDate, formatDateTime, type Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { type AccessToken, tokenState } from '../token.ts'

function RevokeForm({ t, token }: { t: Translator; token: AccessToken }) {
  return (
    <form method="post" action={`/account/tokens/${token.id}/revoke`}>
      <Button kind="quiet" hiddenSuffix={token.name}>
        {t('tokens.list.revoke')}
      </Button>
    </form>
  )
}

/** Until when it works, or since when it does not. */
function stateText(t: Translator, token: AccessToken, now: Date): string {
  const state = tokenState(token, now)
  return t(`tokens.state.${state}`, { date: formatDate(t.language, token.revokedAt ?? token.expiresAt) })
}

/** The tokens of a person, newest first; those that work can be revoked. */
export function TokenTable({ t, tokens, now }: { t: Translator; tokens: readonly AccessToken[]; now: Date }) {
  return (
    <DataTable
      id="tokens"
      caption={t('tokens.list.title')}
      isCaptionHidden
      narrow="stack"
      emptyText={t('tokens.list.empty')}
      columns={[
        { id: 'name', header: t('tokens.list.name') },
        { id: 'scopes', header: t('tokens.list.scopes') },
        { id: 'state', header: t('tokens.list.state') },
        { id: 'used', header: t('tokens.list.used') },
        { id: 'step', header: t('tokens.list.step') },
      ]}
      rows={tokens.map((token) => ({
        id: token.id,
        cells: {
          name: token.name,
          scopes: token.scopes.map((scope) => t(`tokens.scope.${scope}`)).join(', '),
          state: stateText(t, token, now),
          used: token.lastUsedAt === null ? t('tokens.list.never') : formatDateTime(t.language, token.lastUsedAt),
          step: tokenState(token, now) === 'active' ? <RevokeForm t={t} token={token} /> : '–',
        },
      }))}
    />
  )
}
