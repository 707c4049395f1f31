import type { Role } from '../../permissions.ts'
import { type Assignment, isMine } from '../assessments/assignment.ts'

/** Somebody with a role in the city. */
export interface Colleague {
  id: string
  name: string
  roles: readonly Role[]
  departmentIds: readonly string[]
  /** Holds a right to read, if they are a technical partner. */
  hasReadRight: boolean
}

/** What decides who reads a question of an assessment. */
export interface Readership {
  colleagues: readonly Colleague[]
  /** Whoever answers the question; undefined = nobody in particular. */
  assignment: Assignment | undefined
  /** The city lets its contributors read everything. */
  contributorsSeeAll: boolean
}

/** Comes from outside and holds no other role in the city. */
export const isPartner = ({ roles }: Pick<Colleague, 'roles'>): boolean => roles.every((role) => role === 'technical-partner')

function readsQuestion(colleague: Colleague, { assignment, contributorsSeeAll }: Readership): boolean {
  if (isPartner(colleague)) return colleague.hasReadRight
  if (contributorsSeeAll || colleague.roles.some((role) => role !== 'contributor' && role !== 'technical-partner')) return true
  return assignment !== undefined && isMine(assignment, colleague.id, new Set(colleague.departmentIds))
}

/** People who read a conversation about the question. @param isShared with technical partners, too */
export const readersOf = (readership: Readership, isShared: boolean): Colleague[] =>
  readership.colleagues.filter((colleague) => (isShared || !isPartner(colleague)) && readsQuestion(colleague, readership))

/** Whoever should hear of a conversation that has just begun: the coordination, and whoever answers the question. */
export const hosts = ({ colleagues, assignment }: Readership): string[] =>
  colleagues.filter(({ id, roles }) => roles.includes('city-coordinator') || assignment?.person?.id === id).map(({ id }) => id)
