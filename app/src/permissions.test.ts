import { describe, expect, it } from 'vitest'
import { can, type Person, type Role } from './permissions.ts'

const person = (...memberships: [Role, string | null][]): Person => ({
  id: 'p',
  name: 'P',
  email: 'p@example.org',
  language: 'en',
  isDemo: false,
  memberships: memberships.map(([role, cityId], i) => ({ id: String(i), role, cityId, rights: [] })),
})

describe('what a person may do', () => {
  it('refuses a stranger everything and says that a sign-in is needed', () => {
    expect(can(null, 'answer.save', 'a')).toEqual({ ok: false, reason: 'sign-in' })
  })
  it('lets a contributor save answers in the own city only', () => {
    expect(can(person(['contributor', 'a']), 'answer.save', 'a')).toEqual({ ok: true })
    expect(can(person(['contributor', 'a']), 'answer.save', 'b')).toEqual({ ok: false, reason: 'otherCity' })
  })
  it('does not let an approver save answers', () => {
    expect(can(person(['approver', 'a']), 'answer.save', 'a')).toEqual({ ok: false, reason: 'role' })
  })
  it('does not let a role in one city count in another', () => {
    const both = person(['city-coordinator', 'a'], ['approver', 'b'])
    expect(can(both, 'assessment.submit', 'a')).toEqual({ ok: true })
    expect(can(both, 'assessment.submit', 'b')).toEqual({ ok: false, reason: 'otherCity' })
  })
  it('lets the network coordinator edit facts of every city but read no draft', () => {
    const network = person(['network-coordinator', null])
    expect(can(network, 'facts.edit', 'a')).toEqual({ ok: true })
    expect(can(network, 'assessment.read', 'a')).toEqual({ ok: false, reason: 'role' })
  })
})
