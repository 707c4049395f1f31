/** Roles as they are stored; the first four belong to a city, the last two to the network. */
export const roles = ['city-coordinator', 'contributor', 'approver', 'technical-partner', 'reviewer', 'network-coordinator'] as const
export type Role = (typeof roles)[number]

export const isCityRole = (role: Role): boolean => role !== 'reviewer' && role !== 'network-coordinator'

/** Who asks. Everything a permission may depend on. */
export interface Person {
  id: string
  name: string
  email: string
  language: string
  isDemo: boolean
  memberships: readonly { id: string; role: Role; cityId: string | null }[]
}

/** What may be done, and by which roles: city roles in their own city, network roles in every city. */
const permitted = {
  'account.manage': roles,
  'assessment.read': ['city-coordinator', 'contributor', 'approver', 'technical-partner'],
  'answer.save': ['city-coordinator', 'contributor'],
  'assessment.submit': ['city-coordinator'],
  'result.read': ['city-coordinator', 'contributor', 'approver', 'technical-partner'],
  'facts.edit': ['city-coordinator', 'network-coordinator'],
  'city-people.read': ['city-coordinator', 'network-coordinator'],
  'city-people.invite': ['city-coordinator', 'network-coordinator'],
  'cities.manage': ['network-coordinator'],
  'waves.manage': ['network-coordinator'],
  'network-people.manage': ['network-coordinator'],
} as const satisfies Record<string, readonly Role[]>

export type Verb = keyof typeof permitted

/** Why not: a key of the texts, shown to the person. */
export type Permission = { ok: true } | { ok: false; reason: 'sign-in' | 'role' | 'otherCity' }

/**
 * The one authorisation function, used by pages, API and command line alike.
 * @param cityId the city it is about; leave out for things of the network
 */
export function can(person: Person | null, verb: Verb, cityId?: string): Permission {
  if (person === null) return { ok: false, reason: 'sign-in' }
  const fitting = person.memberships.filter((m) => (permitted[verb] as readonly Role[]).includes(m.role))
  if (verb === 'account.manage') return { ok: true }
  if (fitting.length === 0) return { ok: false, reason: 'role' }
  const isHere = cityId === undefined || fitting.some((m) => m.cityId === null || m.cityId === cityId)
  return isHere ? { ok: true } : { ok: false, reason: 'otherCity' }
}

/** Cities in which the person holds a role. */
export function citiesOf(person: Person): string[] {
  return [...new Set(person.memberships.flatMap((m) => m.cityId ?? []))]
}

export const hasNetworkRole = (person: Person): boolean => person.memberships.some((m) => m.role === 'network-coordinator')
