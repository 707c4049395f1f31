import { isCityRole, type Role } from '../../permissions.ts'

// Interests of experts, and when they stand against a city.

/** own-city: lives or votes there; employer: worked for it within the last three years; tie: family, business, friendship, dispute. */
export const tieKinds = ['own-city', 'employer', 'tie'] as const
export type TieKind = (typeof tieKinds)[number]

export interface Tie {
  kind: TieKind
  cityId: string
  note: string
}

/** What somebody has declared for a wave; the newest counts. No ties is a declaration, too. */
export interface Declaration {
  personId: string
  ties: readonly Tie[]
  declaredAt: Date
}

/** A role that somebody holds or has held. */
export interface HeldRole {
  role: Role
  cityId: string | null
  endedAt: Date | null
}

/**
 * Why somebody may not review a city: works there now; has worked there; declared it; has declared nothing yet; sees what both experts decide.
 */
export type Conflict = 'member' | 'was-member' | TieKind | 'not-declared' | 'sees-all'

/** Against these the network coordination can decide; nobody can make blind again who sees everything. */
export const canOverride = (conflict: Conflict): boolean => conflict !== 'sees-all'

/**
 * What stands against this person reviewing this city; null = nothing.
 * @param person every role held, now or ever
 * @param declaration for the wave; null = none yet
 */
export function findConflict(
  { roles }: { roles: readonly HeldRole[] },
  declaration: Pick<Declaration, 'ties'> | null,
  cityId: string,
): Conflict | null {
  if (roles.some(({ role, endedAt }) => endedAt === null && !isCityRole(role) && role !== 'reviewer')) return 'sees-all'
  const here = roles.filter((held) => held.cityId === cityId)
  if (here.length > 0) return here.some(({ endedAt }) => endedAt === null) ? 'member' : 'was-member'
  if (declaration === null) return 'not-declared'
  const tie = tieKinds.find((kind) => declaration.ties.some((each) => each.cityId === cityId && each.kind === kind))
  return tie ?? null
}
