import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { assignments, citySettings, contacts, departmentMembers, departments, people } from '../../db/schema.ts'
import type { Assignment } from './assignment.ts'

/** Assignments in force of some assessments, areas before single questions. */
export async function listAssignments(db: Db, assessmentIds: readonly string[]): Promise<Assignment[]> {
  if (assessmentIds.length === 0) return []
  const rows = await db
    .select({
      id: assignments.id,
      assessmentId: assignments.assessmentId,
      dimensionId: assignments.dimensionId,
      questionId: assignments.questionId,
      department: { id: departments.id, name: departments.name },
      person: { id: people.id, name: people.name },
      contact: { id: contacts.id, name: contacts.name },
      dueOn: assignments.dueOn,
      note: assignments.note,
      version: assignments.version,
    })
    .from(assignments)
    .leftJoin(departments, eq(departments.id, assignments.departmentId))
    .leftJoin(people, eq(people.id, assignments.personId))
    .leftJoin(contacts, eq(contacts.id, assignments.contactId))
    .where(and(inArray(assignments.assessmentId, [...assessmentIds]), isNull(assignments.endedAt)))
    .orderBy(asc(assignments.dimensionId), asc(assignments.questionId), asc(assignments.id))
  return rows
}

export interface CityWork {
  /** Departments in which the person works, in all cities. */
  departmentIds: Set<string>
  /** Cities whose contributors read the whole questionnaire. */
  openCityIds: Set<string>
}

/** What decides the reach of a person who answers what is theirs: one query. */
export async function getCityWork(db: Db, personId: string): Promise<CityWork> {
  const { rows } = await db.execute<{ departments: string[]; open: string[] }>(sql`select
    array(select ${departmentMembers.departmentId} from ${departmentMembers} where ${departmentMembers.personId} = ${personId} and ${departmentMembers.endedAt} is null) as departments,
    array(select ${citySettings.cityId} from ${citySettings} where ${citySettings.contributorsSeeAll}) as open`)
  return { departmentIds: new Set(rows[0]!.departments), openCityIds: new Set(rows[0]!.open) }
}
