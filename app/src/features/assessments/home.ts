import type { Db } from '../../db/open.ts'
import { can, citiesOf, hasNetworkRole, type Person } from '../../permissions.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { type Assessment, canAnswer, closedSince, type Progress, progressOf, questionStatuses } from './assessment.ts'
import { everything, instrumentWithin } from './assignment.ts'
import { getCityWork, listAssignments } from './assignment-queries.ts'
import { isLimited, reachAmong } from './reach.ts'
import { countNetwork, getAnswersOf, type HomeCity, listHomeCities, type NetworkCounts } from './home-queries.ts'
import { listAssessments } from './queries.ts'
import { exclusionsOf } from './scope.ts'
import { getScopeStatements } from './scope-queries.ts'

/** Where an assessment stands, for the list on the start page; a text key under accounts.home.state. */
export type HomeState = 'not-open' | 'not-started' | 'in-progress' | 'completed' | 'submitted' | 'closed'

export function homeState(assessment: Assessment, { answered, asked }: Progress, now: Date): HomeState {
  if (assessment.submittedAt !== null) return 'submitted'
  if (closedSince(assessment.wave, now) !== null) return 'closed'
  if (!canAnswer(assessment, now).ok) return 'not-open'
  if (answered === 0) return 'not-started'
  return answered >= asked ? 'completed' : 'in-progress'
}

export interface HomeAssessment {
  assessment: Assessment
  progress: Progress
  state: HomeState
  /** The person reads only what is theirs. */
  isPart: boolean
}

export interface Home {
  cities: { city: HomeCity; assessments: HomeAssessment[]; canSeePeople: boolean }[]
  /** null for everybody but the network coordinator. */
  network: NetworkCounts | null
  isReviewer: boolean
  isPartner: boolean
}

/** What a person works on: four queries for the cities (six for a contributor), whatever their number, and one for the network. */
export async function openHome(db: Db, person: Person, instruments: InstrumentStore, now: Date): Promise<Home> {
  const cityIds = citiesOf(person).filter((cityId) => can(person, 'assessment.read', cityId).ok)
  const cities = await listHomeCities(db, cityIds)
  const assessments = cityIds.length > 0 ? await listAssessments(db, cityIds) : []
  const ids = assessments.map(({ id }) => id)
  const answers = await getAnswersOf(db, ids)
  const statements = await getScopeStatements(db, ids)
  const isContributor = person.memberships.some(({ role }) => role === 'contributor')
  const work = isContributor ? { assignments: await listAssignments(db, ids), ...(await getCityWork(db, person.id)) } : null
  const reachIn = ({ id, city }: Assessment, instrument: Instrument, { assignments, ...rest }: NonNullable<typeof work>) =>
    reachAmong(
      assignments.filter(({ assessmentId }) => assessmentId === id),
      rest,
      person,
      city.id,
      instrument,
    )
  const listed: HomeAssessment[] = []
  for (const assessment of assessments) {
    const instrument = await instruments.get(db, assessment.wave.instrumentVersionId)
    const reach = work !== null && isLimited(person, assessment.city.id) ? reachIn(assessment, instrument, work) : everything
    const own = instrumentWithin(instrument, reach.reads)
    const exclusions = exclusionsOf(instrument, statements.get(assessment.id)!)
    const progress = progressOf(questionStatuses(own, answers.get(assessment.id)!, exclusions).values())
    listed.push({ assessment, progress, state: homeState(assessment, progress, now), isPart: reach.reads !== null })
  }
  return {
    cities: cities.map((city) => ({
      city,
      canSeePeople: can(person, 'city-people.read', city.id).ok,
      assessments: listed.filter(({ assessment }) => assessment.city.id === city.id),
    })),
    network: hasNetworkRole(person) ? await countNetwork(db, now) : null,
    isReviewer: person.memberships.some(({ role }) => role === 'reviewer'),
    isPartner: can(person, 'caseload.read').ok,
  }
}
