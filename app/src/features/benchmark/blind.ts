import type { Person } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { findBlindCities } from '../reviews/blind-queries.ts'
import type { ShownResults } from './store.ts'

/** Results that somebody with a role sees: all of them, but an expert none of a city whose answers they still judge. */
export async function shownToMember({ db }: Pick<Services, 'db'>, person: Person | null): Promise<ShownResults> {
  const blind = await findBlindCities(db, person)
  if (blind.size === 0) return { key: 'members', isShown: () => true }
  return { key: `members without ${[...blind].sort().join(' ')}`, isShown: ({ cityId }) => !blind.has(cityId), isBlind: true }
}
