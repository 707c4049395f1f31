import type { Db } from '../../db/open.ts'
import { findCity, findFact } from '../cities/queries.ts'
import { factFormSchema } from '../cities/schemas.ts'
import { operator } from '../cities/operator.ts'
import { type FactInput, setCityFact } from '../cities/usecases.ts'
import type { TextKey } from '../../text/catalogue.ts'
import type { PlannedRow } from './import.ts'
import type { TableRow } from './import-table.ts'

export const factColumns = { required: ['city', 'fact', 'value', 'year', 'source', 'quality'], optional: ['is_synthetic'] }

export interface PlannedFact extends PlannedRow {
  input: FactInput | null
}

const describe = ({ value, source, quality }: Pick<FactInput, 'value' | 'source' | 'quality'>): string => `${value} (${quality}; ${source})`

/** What one row of a file of city facts will do. A fact that is there with another value is replaced only when that was asked for. */
async function planFact(db: Db, { line, cells }: TableRow, now: Date, isReplacing: boolean): Promise<PlannedFact> {
  const subject = [cells.city, cells.fact, cells.year].join(' ')
  const refused = (problem: TextKey, present: string | null = null): PlannedFact => ({
    line,
    state: 'refused',
    subject,
    said: cells.value ?? '',
    present,
    problem,
    input: null,
  })
  const city = await findCity(db, cells.city ?? '')
  if (city === null) return refused('operations.import.cityUnknown')
  const parsed = factFormSchema(now).safeParse({ ...cells, version: '0' })
  if (!parsed.success) return refused(parsed.error.issues[0]!.message as TextKey)
  const current = await findFact(db, city.id, parsed.data.fact, parsed.data.year)
  const input = { ...parsed.data, city: city.slug, version: current?.version ?? 0 }
  const said = describe(input)
  if (current === null) return { line, state: 'new', subject, said, present: null, input }
  const present = describe(current)
  if (present === said) return { line, state: 'same', subject, said, present, input: null }
  return isReplacing ? { line, state: 'changed', subject, said, present, input } : refused('operations.import.factThere', present)
}

export async function planFacts(db: Db, rows: readonly TableRow[], now: Date, isReplacing: boolean): Promise<PlannedFact[]> {
  const planned: PlannedFact[] = []
  const seen = new Set<string>()
  for (const row of rows) {
    const plan = await planFact(db, row, now, isReplacing)
    const isRepeated = seen.has(plan.subject)
    seen.add(plan.subject)
    planned.push(isRepeated ? { ...plan, state: 'refused', problem: 'operations.import.repeated', input: null } : plan)
  }
  return planned
}

export async function applyFacts(db: Db, rows: readonly PlannedFact[], now: Date): Promise<void> {
  for (const { input } of rows) if (input !== null) await setCityFact(db, operator, input, now)
}
