import { describe, expect, it } from 'vitest'
import { type Person, type Role, roles } from '../../permissions.ts'
import { canChangeInvitation, expiryFrom, invitationState } from './invitation.ts'
import { hashToken, newToken } from './invitation-token.ts'
import { canEndRole, canManagePeople, cityRoles, fitsPlace, networkRoles } from './membership.ts'

const now = new Date('2026-03-01T12:00:00Z')
const later = expiryFrom(now)
const pending = { expiresAt: later, acceptedAt: null, withdrawnAt: null }

describe('an invitation', () => {
  it('lasts fourteen days', () => {
    expect(later).toEqual(new Date('2026-03-15T12:00:00Z'))
    expect(invitationState(pending, new Date('2026-03-15T11:59:59Z'))).toBe('pending')
    expect(invitationState(pending, later)).toBe('expired')
  })
  it('stays accepted or withdrawn after its date', () => {
    expect(invitationState({ ...pending, acceptedAt: now }, later)).toBe('accepted')
    expect(invitationState({ ...pending, withdrawnAt: now }, later)).toBe('withdrawn')
  })
  it('can be sent again after it expired, not after it was accepted or withdrawn', () => {
    expect(canChangeInvitation(pending, later)).toEqual({ ok: true })
    expect(canChangeInvitation({ ...pending, acceptedAt: now }, now)).toEqual({ ok: false, reason: 'invitation-accepted' })
    expect(canChangeInvitation({ ...pending, withdrawnAt: now }, now)).toEqual({ ok: false, reason: 'invitation-withdrawn' })
  })
  it('is stored as the hash of a secret of 32 bytes', () => {
    const token = newToken()
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(hashToken(token)).toMatch(/^[0-9a-f]{64}$/)
  })
})

const person = (role: Role, cityId: string | null): Person => ({
  id: 'p',
  name: 'P',
  email: 'p@example.org',
  language: 'en',
  isDemo: false,
  memberships: [{ id: 'm', role, cityId, rights: [] }],
})

describe('roles', () => {
  it('keep the last coordinator of a city and of the network', () => {
    expect(canEndRole('city-coordinator', 1)).toEqual({ ok: false, reason: 'last-city-coordinator' })
    expect(canEndRole('network-coordinator', 1)).toEqual({ ok: false, reason: 'last-network-coordinator' })
    expect(canEndRole('city-coordinator', 2)).toEqual({ ok: true })
    expect(canEndRole('contributor', 1)).toEqual({ ok: true })
  })
  it('are given by a city coordinator in the own city only, and never in the network', () => {
    const coordinator = person('city-coordinator', 'a')
    expect(canManagePeople(coordinator, 'a').ok).toBe(true)
    expect(canManagePeople(coordinator, 'b').ok).toBe(false)
    expect(canManagePeople(coordinator, null).ok).toBe(false)
  })
  it('are given by the network coordinator everywhere, by a contributor nowhere', () => {
    const network = person('network-coordinator', null)
    expect([canManagePeople(network, 'a').ok, canManagePeople(network, null).ok]).toEqual([true, true])
    expect(canManagePeople(person('contributor', 'a'), 'a').ok).toBe(false)
  })
  it('belong to a city or to the network, never to both', () => {
    expect(cityRoles.every((role) => fitsPlace(role, 'a') && !fitsPlace(role, null))).toBe(true)
    expect(networkRoles.every((role) => fitsPlace(role, null) && !fitsPlace(role, 'a'))).toBe(true)
    expect([...cityRoles, ...networkRoles].toSorted()).toEqual([...roles].toSorted())
  })
})
