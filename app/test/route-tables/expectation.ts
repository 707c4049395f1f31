import { randomUUID } from 'node:crypto'
import { type PlantedNetwork, type Viewer, viewers } from '../planted-network.ts'

// What a request of the route table consists of, and values that several tables need.

export interface Expectation {
  /** For whom the request succeeds. */
  who: readonly Viewer[]
  /** Values for the parameters of the address; the others are those of city A. */
  params?: (network: PlantedNetwork, viewer: Viewer) => Record<string, string>
  query?: (network: PlantedNetwork) => string
  form?: (network: PlantedNetwork) => Record<string, string>
  json?: (network: PlantedNetwork) => unknown
  /** A body as it is; its type stands in the headers. */
  text?: (network: PlantedNetwork) => string
  headers?: Record<string, string> | ((network: PlantedNetwork) => Record<string, string>)
  /** The step is not prepared, so that it is refused with this status to those who may, too; by viewer, where only some are refused. */
  status?: number | Partial<Record<Viewer, number>>
  /** Why fewer succeed than may ask for the route. */
  narrower?: string
  /** Why people outside city A may read answers of city A here. */
  showsAnswers?: string
  /** Why people outside city A may read names or addresses of its people here. */
  showsPeople?: string
}

export const everybody = viewers
export const everybodySignedIn = everybody.filter((viewer) => viewer !== 'stranger')
export const cityA = ['coordinator', 'contributor', 'approver', 'partner'] as const
export const anyCity = [...cityA, 'coordinatorB'] as const
export const answering = ['coordinator', 'contributor'] as const
export const coordination = ['coordinator', 'network'] as const
export const network = ['network'] as const
/** Experts, whichever city they were assigned to. */
export const experts = ['reviewer', 'reviewerB'] as const
export const lead = ['lead'] as const
/** Those whose role needs a second factor, so that they have one; only the contributor's does not. */
export const withSecondFactor = everybodySignedIn.filter((viewer) => viewer !== 'contributor')
/** Whoever watches the evaluation of all cities. */
export const watching = ['lead', 'network'] as const

/** Parameters that every request may need, all of city A. */
export function parametersOf(planted: PlantedNetwork): Record<string, string> {
  return {
    slug: 'city-a',
    city: 'city-a',
    wave: planted.waves.open,
    fact: 'population',
    year: '2023',
    assessmentId: planted.assessmentA,
    questionId: planted.question,
    dimension: planted.dimension,
    element: planted.element,
    submissionId: planted.submissionA,
    department: planted.departmentA,
    contact: planted.contactA,
    assignment: planted.assignmentA,
    token: planted.invitationA.token,
    id: planted.invitationA.id,
    snapshotId: planted.snapshotA,
    evidenceId: planted.evidenceA,
    citationId: planted.citationA.id,
    uploadId: planted.uploadA,
    ...planted.reviewA,
    ...planted.threadA,
  }
}

/** One status for some of those who may; the others succeed. */
export const refusedTo = (some: readonly Viewer[], status: number) => Object.fromEntries(some.map((viewer) => [viewer, status]))
export const key = () => ({ _key: randomUUID() })
export const idempotent = { 'idempotency-key': randomUUID() }
export const ifMatch = (version: number) => ({ 'if-match': `"${version}"` })
export const inWave = (which: keyof PlantedNetwork['waves']) => (planted: PlantedNetwork) => ({
  slug: planted.waves[which],
  wave: planted.waves[which],
})
export const guestSignIn = { email: 'guest@example.org', password: 'a long test password' }
export const ownPassword = { currentPassword: 'a long test password', newPassword: 'another long password' }
export const invitation = { email: 'somebody.new@example.org', role: 'contributor' }
export const applicant = { name: 'New person', password: 'a quite new password' }
export const networkManages = 'the network coordination manages the people of all cities'
export const linkHolder = 'whoever holds the secret of the link reads to whom it was sent'
export const session = (planted: PlantedNetwork, viewer: Viewer) => ({
  id: viewer === 'stranger' ? randomUUID() : planted.people[viewer].sessionId,
})
export const daysOn = (days: number) => new Date(Date.now() + days * 24 * 3600 * 1000).toISOString()
export const wavePeriod = { name: 'Another wave', opensAt: daysOn(5), closesAt: daysOn(50) }
export const waveForm = {
  name: 'Another wave',
  opensOn: daysOn(5).slice(0, 10),
  opensTime: '00:00',
  closesOn: daysOn(50).slice(0, 10),
  closesTime: '23:59',
}
export const closingForm = () => ({ version: '1', closesOn: daysOn(50).slice(0, 10), closesTime: '23:59', ...key() })
export const withId = (id: (planted: PlantedNetwork) => string) => (planted: PlantedNetwork) => ({ id: id(planted) })
