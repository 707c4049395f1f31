import { can, isCityRole, type Person, type Role, roles } from '../../permissions.ts'

export const cityRoles = roles.filter(isCityRole)
export const networkRoles = roles.filter((role) => !isCityRole(role))

/** Roles without which a city or the network could not go on. */
const indispensable: readonly Role[] = ['city-coordinator', 'network-coordinator']

/** A text key under accounts.step, for the person who wants to know why not. */
export type MembershipStep = { ok: true } | { ok: false; reason: 'last-city-coordinator' | 'last-network-coordinator' }

/**
 * May this role end?
 * @param holders people who hold the same role in the same city, or in the network, this one included
 */
export function canEndRole(role: Role, holders: number): MembershipStep {
  if (!indispensable.includes(role) || holders > 1) return { ok: true }
  return { ok: false, reason: role === 'city-coordinator' ? 'last-city-coordinator' : 'last-network-coordinator' }
}

/** May the person invite to roles, and end roles, in this city (null: in the network)? */
export const canManagePeople = (person: Person, cityId: string | null) =>
  cityId === null ? can(person, 'network-people.manage') : can(person, 'city-people.invite', cityId)

/** A role fits its place: city roles have a city, network roles have none. */
export const fitsPlace = (role: Role, cityId: string | null): boolean => isCityRole(role) === (cityId !== null)
