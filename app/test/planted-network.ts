import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { inContext, systemContext } from '../src/db/context.ts'
import { assessments, assignments, cityFacts, contacts, departments, waves } from '../src/db/schema.ts'
import { saveAnswer } from '../src/features/assessments/usecases.ts'
import { questionsOf } from '../src/features/instrument/instrument.ts'
import { addNotices } from '../src/features/notices/queries.ts'
import { submitAssessment } from '../src/features/results/usecases.ts'
import { startThread } from '../src/features/threads/usecases.ts'
import type { Person } from '../src/permissions.ts'
import { addCity } from './accounts.ts'
import type { Prepared } from './database.ts'
import { answerMarker, personMarker } from './markers.ts'
import { type PlantedEvidence, plantEvidence } from './planted-evidence.ts'
import { plantNotes } from './planted-notes.ts'
import { plantInvitations, plantPeople, plantSignIn, type SignedIn, type Viewer, viewers } from './planted-people.ts'
import { plantWaves as plantOtherStates } from './planted-waves.ts'
import { plantReviews, type PlantedReviews } from './planted-reviews.ts'
import { plantChain, plantGuest, plantJoint, plantSuggestions } from './planted-work.ts'

// Two cities of one wave. Whatever belongs to city A alone carries a marker, so that a leak is found wherever it comes out.

export { answerMarker, personMarker, type Viewer, viewers }

export interface PlantedNetwork extends PlantedEvidence, PlantedReviews {
  people: Record<Exclude<Viewer, 'stranger'>, SignedIn>
  /** Slugs. */
  waves: { open: string; planned: string; asked: string; closed: string }
  assessmentA: string
  assessmentB: string
  /** A question answered in city A. */
  question: string
  dimension: string
  element: string
  submissionA: string
  /** A shared conversation of city A about the answered question, begun by its coordinator a moment ago. */
  threadA: { threadId: string; messageId: string }
  instrumentId: string
  /** A guest link of city A for the answered question: its id, and its secret. */
  guestA: { id: string; token: string }
  /** A suggestion and a proposed figure of the partner of city A that wait. */
  suggestionA: string
  proposalA: string
  partnershipA: string
  /** A proposal of city A to city B to answer jointly. */
  jointA: string
  /** The step of the chain of city A, and the hash of what it would sign. */
  stepA: string
  signedHash: string
  /** A pending invitation to city A: its id, and the secret of its link. */
  invitationA: { id: string; token: string }
  networkInvitation: string
  /** A role that may end: the contributor of city A. */
  membershipA: string
  /** A question with an answer in the earlier wave only. */
  earlierA: string
  /** Hash of the original of which there is a German draft, at the question above. */
  translatedA: string
  snapshotA: string
  demoPerson: string
  /** A department of city A, somebody without an account, and the assignment of `dimension` to the contributor. */
  departmentA: string
  contactA: string
  assignmentA: string
  /** Somebody without a role, who can sign in. */
  guest: string
  resetToken: string
}

const day = 24 * 3600 * 1000 // ms

async function plantWaves({ services }: Prepared): Promise<{ slugs: PlantedNetwork['waves']; openId: string }> {
  const now = Date.now()
  const frozen = { instrumentVersionId: services.instruments.currentId, frozenAt: new Date(now - 30 * day) }
  const rows = [
    { slug: 'open-wave', name: 'Open wave', opensAt: new Date(now - 20 * day), closesAt: new Date(now + 20 * day), ...frozen },
    { slug: 'planned-wave', name: 'Planned wave', opensAt: new Date(now + 20 * day), closesAt: new Date(now + 40 * day) },
    { slug: 'asked-wave', name: 'Asked wave', opensAt: new Date(now + 20 * day), closesAt: new Date(now + 40 * day) },
    { slug: 'closed-wave', name: 'Closed wave', opensAt: new Date(now - 20 * day), closesAt: new Date(now - day), ...frozen },
  ]
  const made = await services.db.insert(waves).values(rows).returning({ id: waves.id })
  return { slugs: { open: 'open-wave', planned: 'planned-wave', asked: 'asked-wave', closed: 'closed-wave' }, openId: made[0]!.id }
}

/** Answers of city A: some before it hands in, one after, so that it could hand in again. */
async function plantAnswers(
  { services }: Prepared,
  coordinator: Person,
  assessmentId: string,
): Promise<{ submission: string; question: string; neighbours: [string, string] }> {
  const { instruments } = services
  const questions = questionsOf(instruments.current)
  const single = questions.filter(({ type, visibleIf }) => type !== 'multiple' && visibleIf === null).slice(0, 6)
  const optional = questions.find(({ allowsNotApplicable, visibleIf }) => allowsNotApplicable && visibleIf === null)!
  const context = { scope: 'city', cityIds: coordinator.memberships.map(({ cityId }) => cityId!) } as const
  const save = (questionId: string, version: number, patch: Parameters<typeof saveAnswer>[3]['patch'], at: Date) =>
    inContext(services.db, context, (db) =>
      saveAnswer(db, coordinator, instruments, { assessmentId, questionId, version, patch, language: 'en' }, at),
    )
  const before = new Date(Date.now() - day)
  for (const { id, options } of single) {
    await save(id, 0, { options: [options[0]!.id], explanation: `${answerMarker} first words` }, before)
    await save(id, 1, { explanation: `${answerMarker} explanation` }, before)
  }
  await save(
    optional.id,
    single.some(({ id }) => id === optional.id) ? 2 : 0,
    { missing: 'not-applicable', options: null, reason: `${answerMarker} reason` },
    before,
  )
  const receipt = await inContext(services.db, context, (db) =>
    submitAssessment(db, coordinator, instruments, { assessmentId, key: randomUUID() }, new Date(Date.now() - day / 2)),
  )
  const { id: question } = single.find(({ id }) => id !== optional.id)!
  await save(question, 2, { explanation: `${answerMarker} afterthought` }, new Date())
  const [replied, fresh] = single.filter(({ id }) => id !== question).map(({ id }) => id)
  return { submission: receipt.id, question, neighbours: [replied!, fresh!] }
}

/** A conversation of city A, and everybody of the city told of something. */
async function plantThread(
  { services }: Prepared,
  people: PlantedNetwork['people'],
  { assessmentId, questionId, cityId }: { assessmentId: string; questionId: string; cityId: string },
): Promise<PlantedNetwork['threadA']> {
  const text = `${answerMarker} Does the charter count?`
  const told = ['coordinator', 'contributor', 'approver', 'partner'] as const
  return inContext(services.db, systemContext, async (db) => {
    const notices = told.map((viewer) => ({
      personId: people[viewer].person.id,
      cityId,
      kind: 'mentioned' as const,
      subject: { who: personMarker, question: questionId, note: answerMarker },
      address: `/assessments/${assessmentId}`,
    }))
    await addNotices(db, notices, null, new Date())
    const message = { assessmentId, questionId, text, mentions: [], isShared: true, language: 'en' }
    return startThread(db, people.coordinator.person, services.instruments, message, new Date())
  })
}

/** A department with its markers, somebody without an account, and an area that the contributor answers. */
async function plantDepartment(
  { services: { db } }: Prepared,
  assigned: { cityId: string; assessmentId: string; dimensionId: string; personId: string },
): Promise<Pick<PlantedNetwork, 'departmentA' | 'contactA' | 'assignmentA'>> {
  const { cityId } = assigned
  const [department] = await db
    .insert(departments)
    .values({ cityId, name: `${answerMarker} office` })
    .returning({ id: departments.id })
  const [contact] = await db
    .insert(contacts)
    .values({ cityId, name: `Contact ${personMarker}`, email: `contact.${personMarker.toLowerCase()}@example.org`, post: answerMarker })
    .returning({ id: contacts.id })
  const [assignment] = await db
    .insert(assignments)
    .values({ ...assigned, note: answerMarker })
    .returning({ id: assignments.id })
  return { departmentA: department!.id, contactA: contact!.id, assignmentA: assignment!.id }
}

/** Fills the database of a test, and leaves its transaction without any context, as a new connection has none. */
export async function plantNetwork(prepared: Prepared): Promise<PlantedNetwork> {
  const planted = await inContext(prepared.services.db, systemContext, () => plant(prepared))
  await prepared.services.db.execute(sql`select set_config('tessera.scope', '', true), set_config('tessera.cities', '', true)`)
  return planted
}

async function plant(prepared: Prepared): Promise<PlantedNetwork> {
  const { services } = prepared
  const cityA = await addCity(prepared, 'city-a')
  const cityB = await addCity(prepared, 'city-b')
  const cityC = await addCity(prepared, 'city-c')
  await services.db
    .insert(cityFacts)
    .values({ cityId: cityA, fact: 'population', value: 100_000, year: 2023, source: 'Statistical office', quality: 'official' })
  const planted = await plantPeople(prepared, cityA, cityB)
  const { slugs, openId } = await plantWaves(prepared)
  const asked = { freezeAskedAt: new Date(), freezeAskedBy: planted.approver.person.id, freezeAskedFor: services.instruments.currentId }
  await services.db.update(waves).set(asked).where(eq(waves.slug, slugs.asked))
  const [a, b] = await services.db
    .insert(assessments)
    .values([
      { waveId: openId, cityId: cityA },
      { waveId: openId, cityId: cityB },
    ])
    .returning({ id: assessments.id })
  const { submission, question, neighbours } = await plantAnswers(prepared, planted.coordinator.person, a!.id)
  const dimension = services.instruments.current.dimensions[0]!.id
  const network = {
    people: planted,
    waves: slugs,
    assessmentA: a!.id,
    assessmentB: b!.id,
    question,
    dimension,
    element: `dimension:${dimension}`,
    submissionA: submission,
    threadA: await plantThread(prepared, planted, { assessmentId: a!.id, questionId: question, cityId: cityA }),
    instrumentId: services.instruments.currentId,
    ...(await plantDepartment(prepared, {
      cityId: cityA,
      assessmentId: a!.id,
      dimensionId: dimension,
      personId: planted.contributor.person.id,
    })),
    membershipA: planted.contributor.person.memberships[0]!.id,
    partnershipA: planted.partner.person.memberships[0]!.id,
    ...(await plantGuest(prepared, cityA, a!.id, question, planted.coordinator.person.id)),
    ...(await plantSuggestions(prepared, cityA, a!.id, question, planted.partner.person.id)),
    ...(await plantJoint(
      prepared,
      { assessmentId: a!.id, cityId: cityA },
      { assessmentId: b!.id, cityId: cityB },
      { waveId: openId, dimension },
    )),
    // before the chain: what is signed includes the evidence
    ...(await plantEvidence(prepared, {
      cityId: cityA,
      assessmentId: a!.id,
      questionId: question,
      coordinator: planted.coordinator.person,
    })),
    ...(await plantOtherStates(prepared, cityA, a!.id, question)),
    ...(await plantChain(prepared, cityA, a!.id)),
    ...(await plantInvitations(prepared, cityA)),
    ...(await plantSignIn(prepared)),
  }
  await plantNotes(prepared, {
    cityId: cityA,
    assessmentId: a!.id,
    waveId: openId,
    questionId: question,
    neighbourId: cityC,
    stepId: network.stepA,
    evidenceId: network.evidenceA,
    partnerId: planted.partner.person.id,
    approverId: planted.approver.person.id,
    dimension,
  })
  return {
    ...network,
    ...(await plantReviews(prepared, {
      a: { cityId: cityA, assessmentId: a!.id, frozenId: submission },
      b: { cityId: cityB, assessmentId: b!.id },
      waveId: openId,
      questionId: question,
      repliedQuestionId: neighbours[0],
      freshQuestionId: neighbours[1],
      first: planted.reviewer.person.id,
      firstOfB: planted.reviewerB.person.id,
      lead: planted.lead.person.id,
      network: planted.network.person.id,
      coordinator: planted.coordinator.person.id,
    })),
  }
}
