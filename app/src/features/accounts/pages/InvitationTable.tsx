import { formatDate } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { invitationState } from '../invitation.ts'
import type { Invitation } from '../invitation-queries.ts'
import { roleText } from '../mails.ts'
import type { PeoplePageProps } from './PeoplePage.tsx'

/** Invitations that nobody has accepted or withdrawn yet. */
export function InvitationTable(props: PeoplePageProps) {
  const { t, invitations, city, now, canManage } = props
  const until = (invitation: Invitation) => {
    const date = formatDate(t.language, invitation.expiresAt)
    return invitationState(invitation, now) === 'expired' ? t('accounts.invitations.expired', { date }) : date
  }
  return (
    <section class="section">
      <h2>{t('accounts.invitations.title')}</h2>
      <DataTable
        id="invitations"
        caption={t('accounts.invitations.title')}
        isCaptionHidden
        narrow="stack"
        emptyText={t('accounts.invitations.empty')}
        columns={[
          { id: 'email', header: t('accounts.invitations.email') },
          { id: 'role', header: t('accounts.invitations.role') },
          { id: 'by', header: t('accounts.invitations.by') },
          { id: 'until', header: t('accounts.invitations.until') },
          ...(canManage ? [{ id: 'steps', header: t('accounts.invitations.steps') }] : []),
        ]}
        rows={invitations.map((invitation) => ({
          id: invitation.id,
          cells: {
            email: invitation.email,
            role: roleText(t, invitation.role, city === null ? invitation.city : null),
            by: invitation.inviter?.name ?? t('accounts.invitation.operators'),
            until: until(invitation),
            steps: <InvitationSteps {...props} invitation={invitation} />,
          },
        }))}
      />
    </section>
  )
}

function InvitationSteps({ t, action, newKey, invitation }: PeoplePageProps & { invitation: Invitation }) {
  const suffix = t('accounts.invitations.for', { email: invitation.email })
  return (
    <>
      <form method="post" action={`${action}/invitations/${invitation.id}/resend`}>
        <input type="hidden" name="_key" value={newKey()} />
        <Button kind="quiet" hiddenSuffix={suffix}>
          {t('accounts.invitations.resend')}
        </Button>
      </form>
      <form method="post" action={`${action}/invitations/${invitation.id}/withdraw`}>
        <Button kind="quiet" hiddenSuffix={suffix}>
          {t('accounts.invitations.withdraw')}
        </Button>
      </form>
    </>
  )
}
