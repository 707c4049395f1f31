import type { Assignment } from '../assessments/assignment.ts'
import { canAnswerQuestions, type Workforce } from './department.ts'

/** Who answers: a department, a person, somebody without an account, or several of these. */
export interface Responsible {
  departmentId: string | null
  personId: string | null
  contactId: string | null
}

export const nobody: Responsible = { departmentId: null, personId: null, contactId: null }

export const isNobody = ({ departmentId, personId, contactId }: Responsible): boolean =>
  departmentId === null && personId === null && contactId === null

/** One of the three, as one field of a form says it: department:<key>, person:<key> or contact:<key>. */
export type Who = { kind: 'department' | 'person' | 'contact'; id: string }

export function parseWho(text: string): Who | null {
  const [, kind, id] = /^(department|person|contact):([0-9a-f-]{36})$/.exec(text) ?? []
  return kind === undefined || id === undefined ? null : { kind: kind as Who['kind'], id }
}

export const whoKey = ({ kind, id }: Who): string => `${kind}:${id}`

export function responsibleOf(who: Who): Responsible {
  return { ...nobody, [`${who.kind}Id`]: who.id }
}

/** Who an assignment names. */
export const responsibleIn = ({ department, person, contact }: Pick<Assignment, 'department' | 'person' | 'contact'>): Responsible => ({
  departmentId: department?.id ?? null,
  personId: person?.id ?? null,
  contactId: contact?.id ?? null,
})

export const isSameResponsible = (a: Responsible, b: Responsible): boolean =>
  a.departmentId === b.departmentId && a.personId === b.personId && a.contactId === b.contactId

/** Whether somebody is among those responsible. */
export const names = (responsible: Responsible, who: Who): boolean => responsible[`${who.kind}Id`] === who.id

/** The same responsible ones without one of them, who hands on to another; what others have is kept. */
export function handedOn(responsible: Responsible, gone: Who, to: Who): Responsible {
  const rest = { ...responsible, [`${gone.kind}Id`]: null }
  const field = `${to.kind}Id` as const
  return { ...rest, [field]: rest[field] ?? to.id }
}

/** Names of those responsible, the department first. */
export function responsibleNames({ department, person, contact }: Pick<Assignment, 'department' | 'person' | 'contact'>): string[] {
  return [department?.name, person?.name, contact?.name].filter((name) => name !== undefined)
}

/**
 * Which of them cannot answer here: a key of the fields of the form; null when all can.
 * @returns nobody = none is named
 */
export function findUnfit(responsible: Responsible, { departments, contacts, colleagues }: Workforce): keyof Responsible | 'nobody' | null {
  const { departmentId, personId, contactId } = responsible
  if (isNobody(responsible)) return 'nobody'
  if (departmentId !== null && !departments.some(({ id }) => id === departmentId)) return 'departmentId'
  if (personId !== null && !colleagues.some((each) => each.id === personId && canAnswerQuestions(each))) return 'personId'
  return contactId !== null && !contacts.some(({ id }) => id === contactId) ? 'contactId' : null
}

/** What is left of those responsible for another round: departments, people and contacts that are still there; null = nobody. */
export function stillThere(responsible: Responsible, workforce: Workforce): Responsible | null {
  const { departments, contacts, colleagues } = workforce
  const keep = (id: string | null, list: readonly { id: string }[]) => (list.some((each) => each.id === id) ? id : null)
  const left = {
    departmentId: keep(responsible.departmentId, departments),
    personId: keep(responsible.personId, colleagues.filter(canAnswerQuestions)),
    contactId: keep(responsible.contactId, contacts),
  }
  return isNobody(left) ? null : left
}

/** Who should hear that they are responsible: the person named, or else everybody in the department who can answer. */
export function listAddressees({ departmentId, personId }: Responsible, { departments, colleagues }: Workforce): string[] {
  if (personId !== null) return [personId]
  const members = departments.find(({ id }) => id === departmentId)?.memberIds ?? []
  return colleagues.filter((each) => members.includes(each.id) && canAnswerQuestions(each)).map(({ id }) => id)
}

/** Whether nobody but the coordination can answer: no person is named, none in the department has an account that may, no contact. */
export const isUnattended = (responsible: Responsible, workforce: Workforce): boolean =>
  responsible.contactId === null && listAddressees(responsible, workforce).length === 0
