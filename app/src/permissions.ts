/** Roles as they are stored; the first four belong to a city, two to the evaluating organisation, the last to the network. */
export const roles = [
  'city-coordinator',
  'contributor',
  'approver',
  'technical-partner',
  'reviewer',
  'evaluation-coordinator',
  'network-coordinator',
] as const
export type Role = (typeof roles)[number]

const cityRoles: readonly Role[] = ['city-coordinator', 'contributor', 'approver', 'technical-partner']

export const isCityRole = (role: Role): boolean => cityRoles.includes(role)

/** Roles that can do harm with a stolen password: they sign in with a second factor. */
export const secondFactorRoles: readonly Role[] = [
  'city-coordinator',
  'approver',
  'technical-partner',
  'reviewer',
  'evaluation-coordinator',
  'network-coordinator',
]

/** What a city can let its technical partner do. */
export const partnerRights = ['read', 'evidence', 'suggest', 'facts'] as const
export type PartnerRight = (typeof partnerRights)[number]

/** A role in force. `rights` are those that the city has granted a technical partner; other roles have none. */
export interface Membership {
  id: string
  role: Role
  cityId: string | null
  rights: readonly PartnerRight[]
}

/** Who asks. Everything a permission may depend on. */
export interface Person {
  id: string
  name: string
  email: string
  language: string
  isDemo: boolean
  memberships: readonly Membership[]
  /** Cities whose frozen copies this expert has been assigned to, now. */
  reviewedCityIds?: readonly string[]
  /** Holds a role that needs a second factor and has none: no role counts until it is set up. */
  lacksSecondFactor?: boolean
}

/** Whether a role of the person needs a second factor. Demonstration accounts work on the own machine only and need none. */
export const needsSecondFactor = ({ isDemo, memberships }: Person): boolean =>
  !isDemo && memberships.some(({ role }) => secondFactorRoles.includes(role))

/** The person with the roles that count: none as long as a second factor is missing that one of them needs. */
export function asFarAsProven(person: Person, hasSecondFactor: boolean): Person {
  if (hasSecondFactor || !needsSecondFactor(person)) return person
  return { ...person, memberships: [], reviewedCityIds: [], lacksSecondFactor: true }
}

/** Whoever writes: a person with an account, or the holder of a guest link. */
export interface Author {
  personId: string | null
  /** Key of the guest link. */
  guestId: string | null
  name: string
}

export const authorOf = ({ id, name }: Person): Author => ({ personId: id, guestId: null, name })

/** What may be done, and by which roles: city roles in their own city, network roles in every city. */
const permitted = {
  'account.manage': roles,
  'assessment.read': ['city-coordinator', 'contributor', 'approver', 'technical-partner'],
  'answer.save': ['city-coordinator', 'contributor'],
  'guest.invite': ['city-coordinator', 'contributor'],
  'answer.suggest': ['technical-partner'],
  'suggestion.decide': ['city-coordinator', 'contributor'],
  'answer.precheck': ['technical-partner'],
  'translation.edit': ['city-coordinator', 'contributor'],
  'thread.write': ['city-coordinator', 'contributor', 'approver', 'technical-partner'],
  'evidence.read': ['city-coordinator', 'contributor', 'approver', 'technical-partner'],
  'evidence.edit': ['city-coordinator', 'contributor'],
  'city.arrange': ['city-coordinator'],
  'caseload.read': ['technical-partner'],
  'answers.sign': ['approver'],
  'assessment.submit': ['city-coordinator'],
  'result.read': ['city-coordinator', 'contributor', 'approver', 'technical-partner'],
  'facts.edit': ['city-coordinator', 'network-coordinator'],
  'facts.propose': ['technical-partner'],
  'city-people.read': ['city-coordinator', 'network-coordinator'],
  'city-people.invite': ['city-coordinator', 'network-coordinator'],
  'review.work': ['reviewer'],
  'reviews.manage': ['evaluation-coordinator'],
  'reviews.watch': ['evaluation-coordinator', 'network-coordinator'],
  'reviews.override': ['network-coordinator'],
  'review.reply': ['city-coordinator', 'contributor'],
  'review.read': ['city-coordinator', 'contributor', 'approver', 'technical-partner'],
  'interests.declare': ['reviewer', 'evaluation-coordinator'],
  'method.register': ['network-coordinator'],
  'evaluation.publish': ['evaluation-coordinator', 'network-coordinator'],
  'cities.manage': ['network-coordinator'],
  'waves.manage': ['network-coordinator'],
  'wave.freeze': ['network-coordinator', 'evaluation-coordinator'],
  'network-people.manage': ['network-coordinator'],
} as const satisfies Record<string, readonly Role[]>

export type Verb = keyof typeof permitted

/** Which right of the city a technical partner needs besides the role. */
const neededRight: Partial<Record<Verb, PartnerRight>> = {
  'assessment.read': 'read',
  'result.read': 'read',
  'review.read': 'read',
  'thread.write': 'read',
  'answer.precheck': 'read',
  'answer.suggest': 'suggest',
  'evidence.read': 'evidence',
  'facts.propose': 'facts',
}

function hasRight({ role, rights }: Membership, verb: Verb): boolean {
  const needed = neededRight[verb]
  return role !== 'technical-partner' || needed === undefined || rights.includes(needed)
}

/** Why not: a key of the texts, shown to the person. */
export type Permission = { ok: true } | { ok: false; reason: 'sign-in' | 'role' | 'otherCity' | 'right' | 'ownQuestions' }

/**
 * The one authorisation function, used by pages, API and command line alike.
 * @param cityId the city it is about; leave out for things of the network
 */
export function can(person: Person | null, verb: Verb, cityId?: string): Permission {
  if (person === null) return { ok: false, reason: 'sign-in' }
  const fitting = person.memberships.filter((m) => (permitted[verb] as readonly Role[]).includes(m.role))
  if (verb === 'account.manage') return { ok: true }
  if (fitting.length === 0) return { ok: false, reason: 'role' }
  const here = fitting.filter((m) => cityId === undefined || m.cityId === null || m.cityId === cityId)
  if (here.length === 0) return { ok: false, reason: 'otherCity' }
  return here.some((m) => hasRight(m, verb)) ? { ok: true } : { ok: false, reason: 'right' }
}

/** Cities in which the person holds a role. */
export function citiesOf(person: Person): string[] {
  return [...new Set(person.memberships.flatMap((m) => m.cityId ?? []))]
}

/** Whether the person coordinates the evaluating organisation: sees every review, and no working copy. */
export const leadsEvaluation = (person: Person): boolean => person.memberships.some((m) => m.role === 'evaluation-coordinator')

export const hasNetworkRole = (person: Person): boolean => person.memberships.some((m) => m.role === 'network-coordinator')

/** Whether the person holds this role in the city. */
export const hasRoleIn = (person: Person, role: Role, cityId: string): boolean =>
  person.memberships.some((m) => m.role === role && m.cityId === cityId)
