import type { Db } from '../../db/open.ts'
import { isCityRole } from '../../permissions.ts'
import type { TextKey } from '../../text/catalogue.ts'
import { findStanding } from '../accounts/invitation-queries.ts'
import { type CityName, findCityBySlug } from '../accounts/membership-queries.ts'
import { fitsPlace } from '../accounts/membership.ts'
import { emailField, roleField } from '../accounts/schemas.ts'
import { type InvitationRequest, writeInvitation } from '../accounts/usecases.ts'
import type { PlannedRow } from './import.ts'
import type { TableRow } from './import-table.ts'

export const peopleColumns = { required: ['email', 'role'], optional: ['city'] }

export interface PlannedPerson extends PlannedRow {
  invitation: { request: InvitationRequest; city: CityName | null } | null
}

/** What one row of a file of people will do: everybody is invited, nobody gets an account unasked. */
async function planPerson(db: Db, { line, cells }: TableRow, now: Date): Promise<PlannedPerson> {
  const [email, role] = [emailField.safeParse(cells.email), roleField.safeParse(cells.role)]
  const said = [cells.role, cells.city].filter(Boolean).join(' ')
  const base = { line, subject: cells.email ?? '', said, present: null, invitation: null }
  const refused = (problem: TextKey): PlannedPerson => ({ ...base, state: 'refused', problem })
  if (!email.success) return refused('accounts.form.email.invalid')
  if (!role.success) return refused('accounts.invite.role.missing')
  const city = cells.city ? await findCityBySlug(db, cells.city) : null
  if (cells.city && city === null) return refused('operations.import.cityUnknown')
  if (!fitsPlace(role.data, city?.id ?? null))
    return refused(isCityRole(role.data) ? 'operations.import.cityMissing' : 'accounts.invite.city.fit')
  const request = { email: email.data, role: role.data, cityId: city?.id ?? null }
  const { isMember, isInvited } = await findStanding(db, request, now)
  return isMember || isInvited ? { ...base, state: 'same' } : { ...base, state: 'new', invitation: { request, city } }
}

export async function planPeople(db: Db, rows: readonly TableRow[], now: Date): Promise<PlannedPerson[]> {
  const planned: PlannedPerson[] = []
  const seen = new Set<string>()
  for (const row of rows) {
    const plan = await planPerson(db, row, now)
    const key = `${plan.subject.toLowerCase()} ${plan.said}`
    planned.push(seen.has(key) ? { ...plan, state: 'refused', problem: 'operations.import.repeated', invitation: null } : plan)
    seen.add(key)
  }
  return planned
}

export interface MadeInvitation {
  request: InvitationRequest
  city: CityName | null
  token: string
}

export async function applyPeople(db: Db, rows: readonly PlannedPerson[], now: Date): Promise<MadeInvitation[]> {
  const made: MadeInvitation[] = []
  for (const { invitation } of rows)
    if (invitation !== null) {
      const { token } = await writeInvitation(db, { request: invitation.request, createdBy: null, now })
      made.push({ ...invitation, token })
    }
  return made
}
