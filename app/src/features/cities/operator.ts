import type { Person } from '../../permissions.ts'

/** Whoever runs the command line on the server: acts for the network and has no account. */
export const operator: Person = {
  id: '00000000-0000-0000-0000-000000000000',
  name: 'operator',
  email: '',
  language: 'en',
  isDemo: false,
  memberships: [{ id: '', role: 'network-coordinator', cityId: null, rights: [] }],
}

/** Who stands in the record: null is the system, and the operator with it. */
export const authorOf = (person: Person): string | null => (person === operator ? null : person.id)
