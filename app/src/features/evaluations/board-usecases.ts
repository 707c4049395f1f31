import type { Db } from '../../db/open.ts'
import type { Person } from '../../permissions.ts'
import { type Instrument, questionsOf } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { listOpenQueries, listReviewAssignments, listReviews } from '../reviews/queries.ts'
import type { Part } from '../reviews/review.ts'
import { dayOf } from '../waves/dates.ts'
import type { Wave } from '../waves/wave.ts'
import { type BoardRow, boardOf, type Load, loadsOf } from './board.ts'
import { canOverride, type Conflict, type Declaration, findConflict } from './interests.ts'
import { sampleSizeOf } from './method.ts'
import { type Candidate, type OpenParts, type Proposal, proposeAssignments } from './proposals.ts'
import {
  countDecided,
  type Expert,
  getDeclarations,
  listExperts,
  listFormer,
  listHandedIn,
  listWork,
  type Registration,
} from './queries.ts'
import { openMethod, requireVerb } from './usecases.ts'

/** An expert with what the lead needs to choose. */
export interface ListedExpert extends Expert, Load {
  declaration: Declaration | null
}

/** Experts with their load in all waves and what they have declared for this one: three queries. */
export async function readExperts(db: Db, instruments: InstrumentStore, waveId: string): Promise<ListedExpert[]> {
  const [experts, declarations, work] = await Promise.all([listExperts(db), getDeclarations(db, waveId), listWork(db)])
  const sizes = new Map<string, number>()
  for (const id of new Set(work.map(({ instrumentVersionId }) => instrumentVersionId)))
    sizes.set(id, questionsOf(await instruments.get(db, id)).length)
  const loads = loadsOf(
    work.map(({ part, sampleSize, instrumentVersionId, ...rest }) => ({
      ...rest,
      part,
      size: part === 'first' ? sizes.get(instrumentVersionId)! : sampleSize,
    })),
  )
  return experts.map((expert) => ({
    ...expert,
    ...(loads.get(expert.id) ?? { openReviews: 0, questionsLeft: 0 }),
    declaration: declarations.get(expert.id) ?? null,
  }))
}

export interface Board {
  wave: Wave
  instrument: Instrument | null
  /** In force; null = the method is not registered, so that nothing can be opened. */
  registration: Registration | null
  rows: BoardRow[]
  experts: ListedExpert[]
  /** Who could do what nobody does yet. */
  proposals: Proposal[]
}

/** Sizes of both parts in this wave. */
const sizesOf = (instrument: Instrument, { content }: Registration): Record<Part, number> => ({
  first: questionsOf(instrument).length,
  second: sampleSizeOf(instrument, content.share),
})

const toCandidate = ({ id, roles, declaration, questionsLeft }: ListedExpert): Candidate => ({
  id,
  roles,
  declaration,
  load: questionsLeft,
})

/** Every city that has handed in for a wave, and how its review goes: twelve queries, whatever their number. */
export async function openBoard(db: Db, person: Person, instruments: InstrumentStore, slug: string, now: Date): Promise<Board> {
  requireVerb(person, 'reviews.watch')
  const { wave, instrument, registrations } = await openMethod(db, instruments, slug)
  const registration = registrations.at(-1) ?? null
  const [handedIn, reviews] = [await listHandedIn(db, wave.id), await listReviews(db, { waveId: wave.id })]
  const ids = reviews.map(({ id }) => id)
  const [assignments, decided, queries, former, experts] = await Promise.all([
    listReviewAssignments(db, { reviewIds: ids }),
    countDecided(db, ids),
    listOpenQueries(db, ids),
    listFormer(db, ids),
    readExperts(db, instruments, wave.id),
  ])
  const rows = boardOf({ handedIn, reviews, assignments, decided, queries, today: dayOf(now) })
  const open = rows.flatMap(({ review, stage, parts }): OpenParts[] =>
    review === null || stage !== 'reviewing'
      ? []
      : [
          {
            reviewId: review.id,
            cityId: review.city.id,
            taken: {
              ...(parts.first && { first: parts.first.assignment.person.id }),
              ...(parts.second && { second: parts.second.assignment.person.id }),
            },
            former: former.filter(({ reviewId }) => reviewId === review.id).map(({ personId }) => personId),
          },
        ],
  )
  const proposals =
    instrument === null || registration === null
      ? []
      : proposeAssignments(open, experts.map(toCandidate), sizesOf(instrument, registration))
  return { wave, instrument, registration, rows, experts, proposals }
}

/** What stands against an expert in one review. */
export type Obstacle = Conflict | 'other-part'

export interface AssignableExpert extends ListedExpert {
  obstacle: Obstacle | null
  /** The network coordination could decide against the obstacle. */
  canBeExcepted: boolean
}

/** @param others who does or did another part of the review: nobody does both */
export function obstacleOf(
  expert: Pick<ListedExpert, 'id' | 'roles' | 'declaration'>,
  cityId: string,
  others: ReadonlySet<string>,
): Obstacle | null {
  return others.has(expert.id) ? 'other-part' : findConflict(expert, expert.declaration, cityId)
}

export const canBeExcepted = (obstacle: Obstacle | null): boolean => obstacle !== null && obstacle !== 'other-part' && canOverride(obstacle)
