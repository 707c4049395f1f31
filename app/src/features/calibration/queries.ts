import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { calibrationJudgements, memberships, people } from '../../db/schema.ts'
import type { CaseJudgement } from './case.ts'

const columns = {
  caseId: calibrationJudgements.caseId,
  personId: calibrationJudgements.personId,
  decision: calibrationJudgements.decision,
  points: calibrationJudgements.points,
  note: calibrationJudgements.note,
  judgedAt: calibrationJudgements.judgedAt,
}

/** What one expert, or everybody, decided about the cases. @param personId null = everybody */
export async function listCaseJudgements(db: Db, personId: string | null): Promise<CaseJudgement[]> {
  const rows = await db
    .select(columns)
    .from(calibrationJudgements)
    .where(personId === null ? undefined : eq(calibrationJudgements.personId, personId))
    .orderBy(asc(calibrationJudgements.judgedAt), asc(calibrationJudgements.id))
  return rows as CaseJudgement[]
}

/** @returns whether it was added; false = this person has decided the case before */
export async function insertCaseJudgement(db: Db, judgement: CaseJudgement): Promise<boolean> {
  const added = await db.insert(calibrationJudgements).values(judgement).onConflictDoNothing().returning({ id: calibrationJudgements.id })
  return added.length > 0
}

/** Everybody who is an expert now, by name. Needs to see memberships of the network. */
export function listExperts(db: Db): Promise<{ id: string; name: string }[]> {
  return db
    .selectDistinct({ id: people.id, name: people.name })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(memberships.role, 'reviewer'), isNull(memberships.endedAt)))
    .orderBy(asc(people.name), asc(people.id))
}
