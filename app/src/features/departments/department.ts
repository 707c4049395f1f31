import type { Role } from '../../permissions.ts'

/** A department of a city with the people who work in it. */
export interface Department {
  id: string
  name: string
  version: number
  /** People who work in it and still hold a role in the city, by name. */
  memberIds: string[]
}

/** Somebody who is responsible for answers and has no account. */
export interface Contact {
  id: string
  name: string
  email: string | null
  /** What they do, in the city's words. */
  post: string | null
  departmentId: string | null
  version: number
}

/** Somebody with a role in the city. */
export interface Colleague {
  id: string
  name: string
  roles: Role[]
}

export interface CitySettings {
  contributorsSeeAll: boolean
  /** 0 = nobody has set anything yet. */
  version: number
}

/** Who works on the answers of a city: everything that questions can be assigned to. */
export interface Workforce {
  departments: Department[]
  contacts: Contact[]
  colleagues: Colleague[]
}

export const maximumName = 120
export const maximumDepartments = 200

/** Technical partners come from outside and work in no department. */
export const canBeMember = ({ roles }: Colleague): boolean => roles.some((role) => role !== 'technical-partner')

/** Only those who may save answers can be asked to answer. */
export const canAnswerQuestions = ({ roles }: Colleague): boolean => roles.includes('contributor') || roles.includes('city-coordinator')

/** Names of departments as they are typed, one per line: without empty lines and repetitions. */
export function splitNames(text: string): string[] {
  const names = text
    .split(/\r?\n/)
    .map((line) => line.trim().replaceAll(/\s+/g, ' '))
    .filter((line) => line !== '')
  const seen = new Set<string>()
  return names.filter((name) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()))
}

/** Departments in which somebody works. */
export const departmentsOf = ({ departments }: Pick<Workforce, 'departments'>, personId: string): Department[] =>
  departments.filter(({ memberIds }) => memberIds.includes(personId))
