import { and, eq, inArray } from 'drizzle-orm'
import { inContext } from '../src/db/context.ts'
import type { Db } from '../src/db/open.ts'
import { notices } from '../src/db/schema.ts'
import { openQuestionnaire, saveAnswer } from '../src/features/assessments/usecases.ts'
import { questionsOf } from '../src/features/instrument/instrument.ts'
import type { Person } from '../src/permissions.ts'
import type { Prepared } from './database.ts'
import { type PlantedNetwork, plantNetwork } from './planted-network.ts'

// A city with an area that is somebody's and one that is nobody's.

export const now = new Date()
export const nobody = { departmentId: null, personId: null, contactId: null, dueOn: null, note: null, version: 0 }

interface Scene {
  prepared: Prepared
  planted: PlantedNetwork
  coordinator: Person
  contributor: Person
  cityA: string
  /** Second area, assigned to nobody. */
  other: { id: string; questions: string[] }
  own: string[]
  inA: <T>(work: (db: Db) => Promise<T>) => Promise<T>
}

export async function scene(prepared: Prepared): Promise<Scene> {
  const planted = await plantNetwork(prepared)
  const coordinator = planted.people.coordinator.person
  const cityA = coordinator.memberships[0]!.cityId!
  const [first, second] = prepared.services.instruments.current.dimensions
  const idsOf = (dimension: typeof first) => dimension!.indicators.flatMap((indicator) => indicator.questions.map(({ id }) => id))
  return {
    prepared,
    planted,
    coordinator,
    contributor: planted.people.contributor.person,
    cityA,
    other: { id: second!.id, questions: idsOf(second) },
    own: idsOf(first),
    inA: (work) => inContext(prepared.services.db, { scope: 'city', cityIds: [cityA] }, work),
  }
}

export const reads = async ({ prepared, planted, inA }: Scene, person: Person): Promise<string[]> =>
  inA(async (db) =>
    questionsOf((await openQuestionnaire(db, person, prepared.services.instruments, planted.assessmentA)).instrument).map(({ id }) => id),
  )

export const saves = ({ prepared, planted, inA }: Scene, person: Person, questionId: string) =>
  inA((db) =>
    saveAnswer(
      db,
      person,
      prepared.services.instruments,
      { assessmentId: planted.assessmentA, questionId, patch: { explanation: `by ${person.id}` }, version: 0, language: 'en' },
      now,
    ),
  )

/** What a person was told about assignments. */
export const told = ({ inA }: Scene, personId: string) =>
  inA((db) =>
    db
      .select()
      .from(notices)
      .where(and(eq(notices.personId, personId), inArray(notices.kind, ['question-assigned', 'assignment-handed-on'])))
      .orderBy(notices.createdAt, notices.id),
  )
