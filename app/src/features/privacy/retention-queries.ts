import { and, isNotNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import {
  accessTokens,
  contacts,
  departmentMembers,
  digests,
  factProposals,
  guestLinks,
  idempotencyKeys,
  invitations,
  memberships,
  notices,
  partnerRights,
  sessions,
  signInFailures,
  verifications,
} from '../../db/schema.ts'
import { erasedName } from './erasure.ts'

const day = 24 * 3600 * 1000 // ms

const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * day)

function monthsBefore(now: Date, months: number): Date {
  const before = new Date(now)
  before.setUTCMonth(before.getUTCMonth() - months)
  return before
}

/** How long rows of a table stay. */
export interface RetentionRule {
  table: PgTable
  /** As in the database. */
  name: string
  /** Word for word what privacy.yml promises; a test holds the two together. */
  promise: string
  isOver: (now: Date) => SQL | undefined
  /** What the columns that tell of a person hold afterwards, where other rows need the row itself; without it the row is deleted. */
  without?: Record<string, string | null>
}

/** What one daily sweep ends, in this order. Files and uploads are swept by the library of evidence. */
export const retentionRules: readonly RetentionRule[] = [
  { table: sessions, name: 'sessions', promise: '7 days after the last use', isOver: (now) => lt(sessions.expiresAt, now) },
  {
    table: verifications,
    name: 'verifications',
    promise: 'until they expire, one hour at most',
    isOver: (now) => lt(verifications.expiresAt, now),
  },
  { table: signInFailures, name: 'sign_in_failures', promise: 'one day', isOver: (now) => lt(signInFailures.failedAt, daysBefore(now, 1)) },
  {
    table: idempotencyKeys,
    name: 'idempotency_keys',
    promise: 'one day',
    isOver: (now) => lt(idempotencyKeys.createdAt, daysBefore(now, 1)),
  },
  {
    table: invitations,
    name: 'invitations',
    promise: '90 days after expiry',
    isOver: (now) => lt(invitations.expiresAt, daysBefore(now, 90)),
  },
  { table: notices, name: 'notices', promise: '90 days', isOver: (now) => lt(notices.createdAt, daysBefore(now, 90)) },
  { table: digests, name: 'digests', promise: '90 days', isOver: (now) => lt(digests.sentAt, daysBefore(now, 90)) },
  {
    table: accessTokens,
    name: 'access_tokens',
    promise: '90 days after its end',
    isOver: (now) => or(lt(accessTokens.revokedAt, daysBefore(now, 90)), lt(accessTokens.expiresAt, daysBefore(now, 90))),
  },
  {
    table: departmentMembers,
    name: 'department_members',
    promise: '24 months after its end',
    isOver: (now) => and(isNotNull(departmentMembers.endedAt), lt(departmentMembers.endedAt, monthsBefore(now, 24))),
  },
  {
    table: factProposals,
    name: 'fact_proposals',
    promise: '24 months after the decision',
    isOver: (now) => and(isNotNull(factProposals.decidedAt), lt(factProposals.decidedAt, monthsBefore(now, 24))),
  },
  {
    table: partnerRights,
    name: 'partner_rights',
    promise: '24 months after its end',
    isOver: (now) =>
      sql`coalesce(${partnerRights.revokedAt}, (select m.ended_at from memberships m where m.id = ${partnerRights.membershipId}))
        < ${monthsBefore(now, 24).toISOString()}`,
  },
  {
    table: memberships,
    name: 'memberships',
    promise: '24 months after its end',
    isOver: (now) =>
      and(
        lt(memberships.endedAt, monthsBefore(now, 24)),
        sql`not exists (select 1 from partner_rights r where r.membership_id = ${memberships.id})`,
      ),
  },
  {
    table: contacts,
    name: 'contacts',
    promise: '24 months after the city ended the contact; the row stays without name and address',
    isOver: (now) => and(lt(contacts.endedAt, monthsBefore(now, 24)), ne(contacts.name, erasedName)),
    without: { name: erasedName, email: null, post: null },
  },
  {
    table: guestLinks,
    name: 'guest_links',
    promise: '90 days after the end of the wave; the row stays without name and address',
    isOver: (now) =>
      and(
        ne(guestLinks.name, erasedName),
        sql`exists (select 1 from assessments a join waves w on w.id = a.wave_id where a.id = ${guestLinks.assessmentId}
          and coalesce(w.closed_at, w.closes_at) < ${daysBefore(now, 90).toISOString()})`,
      ),
    without: { name: erasedName, email: null, note: null },
  },
]
