import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { hashOf } from '../src/canonical.ts'
import { inContext, systemContext } from '../src/db/context.ts'
import type { Db } from '../src/db/open.ts'
import { assessments, methodRegistrations, reviewAssignments, reviews, waves } from '../src/db/schema.ts'
import { saveAnswer } from '../src/features/assessments/usecases.ts'
import { methodOf, usualChoices } from '../src/features/evaluations/method.ts'
import { questionsOf } from '../src/features/instrument/instrument.ts'
import { InstrumentStore } from '../src/features/instrument/store.ts'
import { findNewestFrozen } from '../src/features/results/queries.ts'
import { submitAssessment } from '../src/features/results/usecases.ts'
import { insertJudgement, type NewJudgement } from '../src/features/reviews/queries.ts'
import type { Person } from '../src/permissions.ts'
import { contextOf } from '../src/web.ts'
import { addCity } from './accounts.ts'
import type { Prepared } from './database.ts'
import { addPerson, type SignedInPerson, signIn } from './signed-in.ts'
import { addWave } from './waves.ts'

// Reviews put into the database row by row, for tests of what happens in them.

const day = 24 * 3600 * 1000 // ms

export interface ReviewInput {
  /** Handed in already: its newest frozen copy is reviewed. */
  assessmentId: string
  /** Who scores every question. */
  first?: string
  /** Who scores the sample as well. */
  second?: string
  /** Questions of the sample. */
  sample?: readonly string[]
  openedAt?: Date
  /** YYYY-MM-DD */
  dueOn?: string | null
  openedBy?: string | null
}

export interface AddedReview {
  reviewId: string
  assessmentId: string
  cityId: string
  waveId: string
  frozenId: string
  registrationId: string
  sample: string[]
  firstAssignmentId: string | null
  secondAssignmentId: string | null
}

/** The method of a wave as it is registered for tests; the same one if there is one already. */
export async function addRegistration(db: Db, waveId: string, registeredAt = new Date()): Promise<string> {
  const [known] = await db
    .select({ id: methodRegistrations.id })
    .from(methodRegistrations)
    .where(eq(methodRegistrations.waveId, waveId))
    .orderBy(methodRegistrations.version)
  if (known) return known.id
  const [wave] = await db.select({ slug: waves.slug, version: waves.instrumentVersionId }).from(waves).where(eq(waves.id, waveId))
  const content = methodOf(await new InstrumentStore().get(db, wave!.version!), wave!.slug, { ...usualChoices, seed: 1 })
  const [row] = await db
    .insert(methodRegistrations)
    .values({ waveId, version: 1, content, contentHash: hashOf(content), registeredAt })
    .returning({ id: methodRegistrations.id })
  return row!.id
}

/** Registers a method if there is none, opens a review of a handed-in assessment and assigns its experts. Needs the system's context. */
export async function addReview(db: Db, input: ReviewInput): Promise<AddedReview> {
  const { assessmentId, first, second, sample = [], openedAt = new Date(), dueOn = null, openedBy = null } = input
  const [assessment] = await db
    .select({ cityId: assessments.cityId, waveId: assessments.waveId })
    .from(assessments)
    .where(eq(assessments.id, assessmentId))
  const frozen = await findNewestFrozen(db, assessmentId)
  if (assessment === undefined || frozen === null) throw new Error('A review is of an assessment that has been handed in.')
  const { cityId, waveId } = assessment
  const registrationId = await addRegistration(db, waveId, openedAt)
  const [review] = await db
    .insert(reviews)
    .values({ assessmentId, cityId, waveId, frozenId: frozen.id, registrationId, sample: [...sample], dueOn, openedAt, openedBy })
    .returning({ id: reviews.id })
  const assign = async (personId: string | undefined, part: 'first' | 'second') => {
    if (personId === undefined) return null
    const [row] = await db
      .insert(reviewAssignments)
      .values({ reviewId: review!.id, cityId, personId, part, dueOn, assignedAt: openedAt })
      .returning({ id: reviewAssignments.id })
    return row!.id
  }
  return {
    reviewId: review!.id,
    assessmentId,
    cityId,
    waveId,
    frozenId: frozen.id,
    registrationId,
    sample: [...sample],
    firstAssignmentId: await assign(first, 'first'),
    secondAssignmentId: await assign(second, 'second'),
  }
}

/** A decision put in as a row, agreed unless told otherwise. */
export async function addJudgement(
  db: Db,
  { reviewId, cityId }: Pick<AddedReview, 'reviewId' | 'cityId'>,
  personId: string,
  judgement: Pick<NewJudgement, 'questionId'> & Partial<NewJudgement>,
): Promise<void> {
  const agreed = { decision: 'agreed' as const, reasonCode: null, points: null, note: null, reportText: null, isForMeeting: false }
  const rest = { version: 1, answerVersion: 1, seconds: 0, graceReason: null, decidedAt: new Date() }
  await insertJudgement(db, { reviewId, cityId, personId, ...agreed, ...rest, ...judgement })
}

/** Sets times of a review or of an assignment, as if it had come to pass. */
export const setReview = (db: Db, reviewId: string, times: Partial<typeof reviews.$inferInsert>) =>
  db.update(reviews).set(times).where(eq(reviews.id, reviewId))

export const setAssignment = (db: Db, assignmentId: string, times: Partial<typeof reviewAssignments.$inferInsert>) =>
  db.update(reviewAssignments).set(times).where(eq(reviewAssignments.id, assignmentId))

export interface HandedIn {
  cityId: string
  waveId: string
  waveSlug: string
  citySlug: string
  assessmentId: string
  coordinator: Person
  /** Questions with an answer. */
  answered: string[]
}

/** A city with a running wave that answers a few questions and hands in. */
export async function handedInCity(prepared: Prepared, slug = 'reviewed', questions = 5): Promise<HandedIn> {
  const { services } = prepared
  const cityId = await inContext(services.db, systemContext, () => addCity(prepared, slug))
  const { waveId, assessmentId } = await addWave(prepared, { slug: `wave-${slug}`, cityId, opened: 9, closes: 9 })
  const coordinator = await addPerson(prepared, 'city-coordinator', cityId, `Coordinator of ${slug}`)
  const chosen = questionsOf(services.instruments.current)
    .filter(({ type, visibleIf }) => type !== 'multiple' && visibleIf === null)
    .slice(0, questions)
  const before = new Date(services.now().getTime() - 3 * day)
  await inContext(services.db, contextOf(coordinator), async (db) => {
    for (const { id, options } of chosen)
      await saveAnswer(
        db,
        coordinator,
        services.instruments,
        {
          assessmentId,
          questionId: id,
          version: 0,
          patch: { options: [options[0]!.id], explanation: `We say of ${id} that it is so.` },
          language: 'en',
        },
        before,
      )
    await submitAssessment(db, coordinator, services.instruments, { assessmentId, key: randomUUID() }, new Date(before.getTime() + day))
  })
  return {
    cityId,
    waveId,
    assessmentId,
    coordinator,
    citySlug: slug,
    waveSlug: `wave-${slug}`,
    answered: chosen.map(({ id }) => id),
  }
}

export interface ReviewScene extends AddedReview {
  prepared: Prepared
  city: HandedIn
  first: SignedInPerson
  second: SignedInPerson
  lead: SignedInPerson
  coordinator: SignedInPerson
  /** Works as one person does, with what they may see. */
  as: <T>(person: Person, work: (db: Db) => Promise<T>) => Promise<T>
}

/** A person as every request finds them once they are assigned. */
export const assignedTo = (person: Person, ...cityIds: string[]): Person => ({ ...person, reviewedCityIds: cityIds })

/** A handed-in city with an open review, both experts, the lead of the evaluation, everybody signed in. */
export async function reviewScene(prepared: Prepared, slug = 'reviewed', sample?: (answered: string[]) => string[]): Promise<ReviewScene> {
  const city = await handedInCity(prepared, slug)
  const expert = async (name: string) => assignedTo(await addPerson(prepared, 'reviewer', null, name), city.cityId)
  const [first, second] = [await expert(`First of ${slug}`), await expert(`Second of ${slug}`)]
  const lead = await addPerson(prepared, 'evaluation-coordinator', null, 'Lead')
  const drawn = (sample ?? ((answered) => answered.slice(0, 2)))(city.answered)
  const added = await inContext(prepared.services.db, systemContext, (db) =>
    addReview(db, { assessmentId: city.assessmentId, first: first.id, second: second.id, sample: drawn, openedBy: lead.id }),
  )
  return {
    ...added,
    prepared,
    city,
    first: await signIn(prepared, first),
    second: await signIn(prepared, second),
    lead: await signIn(prepared, lead),
    coordinator: await signIn(prepared, city.coordinator),
    as: (person, work) => inContext(prepared.services.db, contextOf(person), work),
  }
}
