import { sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'

/** Tables whose rows the application may add and read, but never change or delete. */
export const appendOnlyTables = [
  'instrument_versions',
  'answer_history',
  'scope_statements',
  'carried_answers',
  'sign_offs',
  'frozen_assessments',
  'results',
  'method_registrations',
  'interest_declarations',
  'calibration_judgements',
  'judgements',
  'adjudications',
  'frozen_answer_versions',
  'query_replies',
  'decision_replies',
  'merge_decisions',
  'verified_results',
  'audit_events',
] as const

/** Tables whose rows the application changes as work goes on, but never deletes. */
const neverDeletedTables = ['reviews', 'review_assignments', 'review_queries'] as const

/**
 * Gives the application's role exactly what it needs, at every start: to read and write rows, on append-only tables only
 * to add and read them; never to create, truncate or alter. In one transaction: a server that runs beside a starting command
 * is at no moment without its rights.
 */
export function grantToApp(owner: NodePgDatabase, appRole: string): Promise<void> {
  const role = sql.identifier(appRole)
  return owner.transaction(async (tx) => {
    await tx.execute(sql`revoke all on all tables in schema public from ${role}`)
    await tx.execute(sql`grant usage on schema public to ${role}`)
    await tx.execute(sql`grant select, insert, update, delete on all tables in schema public to ${role}`)
    await tx.execute(sql`grant usage, select on all sequences in schema public to ${role}`)
    for (const table of appendOnlyTables) await tx.execute(sql`revoke update, delete on ${sql.identifier(table)} from ${role}`)
    for (const table of neverDeletedTables) await tx.execute(sql`revoke delete on ${sql.identifier(table)} from ${role}`)
    await tx.execute(sql`revoke update, insert, delete on schema_migrations from ${role}`)
  })
}
