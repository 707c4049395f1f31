import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { factProposals, people, suggestions } from '../../db/schema.ts'
import type { FactProposal, Suggestion } from './partner.ts'

const columns = {
  id: suggestions.id,
  assessmentId: suggestions.assessmentId,
  questionId: suggestions.questionId,
  origin: suggestions.origin,
  options: suggestions.options,
  missing: suggestions.missing,
  reason: suggestions.reason,
  explanation: suggestions.explanation,
  language: suggestions.language,
  note: suggestions.note,
  baseVersion: suggestions.baseVersion,
  by: { id: people.id, name: people.name },
  createdAt: suggestions.createdAt,
  withdrawnAt: suggestions.withdrawnAt,
  decidedAt: suggestions.decidedAt,
  decision: suggestions.decision,
  decisionNote: suggestions.decisionNote,
}

/** Suggestions of an assessment, those that wait first, then newest first. */
export async function listSuggestions(db: Db, assessmentId: string): Promise<Suggestion[]> {
  const rows = await db
    .select(columns)
    .from(suggestions)
    .leftJoin(people, eq(people.id, suggestions.suggestedBy))
    .where(eq(suggestions.assessmentId, assessmentId))
    .orderBy(
      sql`${suggestions.decidedAt} is not null or ${suggestions.withdrawnAt} is not null`,
      desc(suggestions.createdAt),
      asc(suggestions.id),
    )
  return rows as Suggestion[]
}

/** One suggestion, held until the end of the transaction. */
export async function lockSuggestion(db: Db, assessmentId: string, id: string): Promise<Suggestion | null> {
  const [row] = await db
    .select(columns)
    .from(suggestions)
    .leftJoin(people, eq(people.id, suggestions.suggestedBy))
    .where(and(eq(suggestions.id, id), eq(suggestions.assessmentId, assessmentId)))
    .for('update', { of: suggestions })
  return (row as Suggestion | undefined) ?? null
}

export type NewSuggestion = typeof suggestions.$inferInsert

export async function insertSuggestion(db: Db, suggestion: NewSuggestion): Promise<string> {
  const [row] = await db.insert(suggestions).values(suggestion).returning({ id: suggestions.id })
  return row!.id
}

/** An earlier suggestion of the same person for the same question gives way to the new one. */
export async function replaceSuggestions(
  db: Db,
  { assessmentId, questionId, personId, now }: { assessmentId: string; questionId: string; personId: string; now: Date },
): Promise<void> {
  await db
    .update(suggestions)
    .set({ withdrawnAt: now })
    .where(
      and(
        eq(suggestions.assessmentId, assessmentId),
        eq(suggestions.questionId, questionId),
        eq(suggestions.suggestedBy, personId),
        isNull(suggestions.decidedAt),
        isNull(suggestions.withdrawnAt),
      ),
    )
}

export async function markSuggestion(
  db: Db,
  id: string,
  outcome: { withdrawnAt: Date } | { decidedAt: Date; decidedBy: string; decision: 'accepted' | 'declined'; decisionNote: string | null },
): Promise<void> {
  await db.update(suggestions).set(outcome).where(eq(suggestions.id, id))
}

const factColumns = {
  id: factProposals.id,
  fact: factProposals.fact,
  value: factProposals.value,
  year: factProposals.year,
  source: factProposals.source,
  quality: factProposals.quality,
  note: factProposals.note,
  by: { id: people.id, name: people.name },
  createdAt: factProposals.createdAt,
  withdrawnAt: factProposals.withdrawnAt,
  decidedAt: factProposals.decidedAt,
  decision: factProposals.decision,
  decisionNote: factProposals.decisionNote,
}

/** Figures proposed for a city, those that wait first. */
export async function listFactProposals(db: Db, cityId: string): Promise<FactProposal[]> {
  const rows = await db
    .select(factColumns)
    .from(factProposals)
    .leftJoin(people, eq(people.id, factProposals.proposedBy))
    .where(eq(factProposals.cityId, cityId))
    .orderBy(
      sql`${factProposals.decidedAt} is not null or ${factProposals.withdrawnAt} is not null`,
      desc(factProposals.createdAt),
      asc(factProposals.id),
    )
  return rows as FactProposal[]
}

export async function lockFactProposal(db: Db, cityId: string, id: string): Promise<FactProposal | null> {
  const [row] = await db
    .select(factColumns)
    .from(factProposals)
    .leftJoin(people, eq(people.id, factProposals.proposedBy))
    .where(and(eq(factProposals.id, id), eq(factProposals.cityId, cityId)))
    .for('update', { of: factProposals })
  return (row as FactProposal | undefined) ?? null
}

export type NewFactProposal = typeof factProposals.$inferInsert

export async function insertFactProposal(db: Db, proposal: NewFactProposal): Promise<string> {
  const [row] = await db.insert(factProposals).values(proposal).returning({ id: factProposals.id })
  return row!.id
}

export async function markFactProposal(
  db: Db,
  id: string,
  outcome: { withdrawnAt: Date } | { decidedAt: Date; decidedBy: string; decision: 'accepted' | 'declined'; decisionNote: string | null },
): Promise<void> {
  await db.update(factProposals).set(outcome).where(eq(factProposals.id, id))
}
