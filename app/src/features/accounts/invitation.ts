/** Days until an invitation ends by itself. */
export const invitationDays = 14

export const expiryFrom = (now: Date): Date => new Date(now.getTime() + invitationDays * 24 * 3600 * 1000)

export interface InvitationTimes {
  expiresAt: Date
  acceptedAt: Date | null
  withdrawnAt: Date | null
}

export type InvitationState = 'pending' | 'accepted' | 'withdrawn' | 'expired'

export function invitationState({ expiresAt, acceptedAt, withdrawnAt }: InvitationTimes, now: Date): InvitationState {
  if (acceptedAt !== null) return 'accepted'
  if (withdrawnAt !== null) return 'withdrawn'
  return expiresAt <= now ? 'expired' : 'pending'
}

/** A text key under accounts.step, for the person who wants to know why not. */
export type InvitationStep = { ok: true } | { ok: false; reason: 'invitation-accepted' | 'invitation-withdrawn' }

/** An expired invitation can be sent again or withdrawn; one that was accepted or withdrawn is over. */
export function canChangeInvitation(invitation: InvitationTimes, now: Date): InvitationStep {
  const state = invitationState(invitation, now)
  return state === 'accepted' || state === 'withdrawn' ? { ok: false, reason: `invitation-${state}` } : { ok: true }
}
