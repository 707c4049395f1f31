import { AppError } from '../../errors.ts'
import type { Person } from '../../permissions.ts'

/** A page says for whom it saves, so that after another sign-in in the same browser nothing is saved under the wrong name. */
export function requireSamePerson(personId: string | undefined, person: Pick<Person, 'id'>): void {
  if (personId !== undefined && personId !== person.id) throw new AppError('SIGN_IN_REQUIRED')
}
