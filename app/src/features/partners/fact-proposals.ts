import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import { can, type Person } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import type { City } from '../cities/city.ts'
import { findFact, listFacts } from '../cities/queries.ts'
import type { CityFact } from '../cities/fact.ts'
import { type FactInput, getCity, setCityFact } from '../cities/usecases.ts'
import { addNotices } from '../notices/queries.ts'
import { tellCoordinators } from '../notices/telling.ts'
import type { FactProposal } from './partner.ts'
import { insertFactProposal, listFactProposals, lockFactProposal, markFactProposal } from './suggestion-queries.ts'

// A partner proposes an official figure with its source; the city takes it over into its facts, or not.

const mayPropose = (person: Person, cityId: string) => can(person, 'facts.propose', cityId)
const mayDecide = (person: Person, cityId: string) => can(person, 'facts.edit', cityId)

/** Figures proposed for a city; for whoever proposes or decides. */
export async function openFactProposals(
  db: Db,
  person: Person,
  slug: string,
): Promise<{ city: City; proposals: FactProposal[]; facts: CityFact[]; canPropose: boolean; canDecide: boolean }> {
  const city = await getCity(db, slug)
  const canDecide = mayDecide(person, city.id).ok
  const permission = mayPropose(person, city.id)
  if (!permission.ok && !canDecide) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  const proposals = await listFactProposals(db, city.id)
  return { city, proposals, facts: await listFacts(db, city.id), canPropose: permission.ok, canDecide }
}

/** @throws {AppError} NOT_ALLOWED without the right to propose figures */
export async function proposeFact(
  db: Db,
  person: Person,
  { key, ...input }: Omit<FactInput, 'version'> & { note: string | null; key: string },
  now: Date,
): Promise<{ id: string }> {
  const city = await getCity(db, input.city)
  const permission = mayPropose(person, city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  return once(db, person, { key, operation: 'proposeFact', body: input }, async () => {
    const { city: _slug, ...fields } = input
    const id = await insertFactProposal(db, { ...fields, cityId: city.id, proposedBy: person.id, createdAt: now })
    const notice = {
      cityId: city.id,
      kind: 'figure-proposed' as const,
      subject: { who: person.name, figure: input.fact },
      address: `/cities/${city.slug}/proposals`,
    }
    await tellCoordinators(db, notice, person.id, now)
    await record(db, person, 'figure.proposed', city, id, fields, now)
    return { id }
  })
}

async function record(db: Db, person: Person, action: string, city: City, id: string, payload: object, now: Date): Promise<void> {
  await recordEvent(db, { action, personId: person.id, cityId: city.id, subject: `fact-proposal:${id}`, payload, now })
}

export interface DecideFact {
  city: string
  id: string
  decision: 'accepted' | 'declined'
  note: string | null
}

/**
 * Takes a proposed figure over into the facts of the city, or declines it.
 * @throws {AppError} PROPOSAL_NOT_FOUND, STEP_NOT_AVAILABLE when it was decided or taken back
 */
export async function decideFactProposal(db: Db, person: Person, { city: slug, id, decision, note }: DecideFact, now: Date): Promise<void> {
  const city = await getCity(db, slug)
  const permission = mayDecide(person, city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  const proposal = await getPending(db, city, id)
  if (decision === 'accepted') {
    const { fact, year, value, source, quality } = proposal
    const version = (await findFact(db, city.id, fact, year))?.version ?? 0
    await setCityFact(db, person, { city: slug, fact, year, value, source, quality, version }, now)
  }
  await markFactProposal(db, id, { decidedAt: now, decidedBy: person.id, decision, decisionNote: note })
  if (proposal.by !== null) {
    const subject = { who: person.name, figure: proposal.fact, decision }
    const address = `/cities/${city.slug}/proposals`
    await addNotices(db, [{ personId: proposal.by.id, cityId: city.id, kind: 'figure-decided', subject, address }], person.id, now)
  }
  await record(db, person, `figure.${decision}`, city, id, { note }, now)
}

/** Takes an own proposal back. */
export async function withdrawFactProposal(db: Db, person: Person, slug: string, id: string, now: Date): Promise<void> {
  const city = await getCity(db, slug)
  const permission = mayPropose(person, city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  const proposal = await getPending(db, city, id)
  if (proposal.by?.id !== person.id) throw new AppError('PROPOSAL_NOT_FOUND')
  await markFactProposal(db, id, { withdrawnAt: now })
  await record(db, person, 'figure.withdrawn', city, id, {}, now)
}

async function getPending(db: Db, city: City, id: string): Promise<FactProposal> {
  const proposal = await lockFactProposal(db, city.id, id)
  if (proposal === null) throw new AppError('PROPOSAL_NOT_FOUND')
  if (proposal.decidedAt !== null || proposal.withdrawnAt !== null)
    throw new AppError('STEP_NOT_AVAILABLE', { reason: 'partners.step.decided' })
  return proposal
}
