import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import type { Assessment } from './assessment.ts'
import { lockAssessment } from './queries.ts'
import { newestStatements, type ScopeStatement, scopeVersion } from './scope.ts'
import { getScopeStatements, insertStatements, type NewStatement } from './scope-queries.ts'
import { getAssessment, requireOpen } from './usecases.ts'

/** What a city has said it is responsible for. */
export interface OpenedScope {
  assessment: Assessment
  instrument: Instrument
  statements: ScopeStatement[]
  /** Rises with every statement; 0 = nothing was said yet. */
  version: number
}

/** @throws {AppError} ASSESSMENT_NOT_FOUND */
export async function openScope(db: Db, person: Person, instruments: InstrumentStore, assessmentId: string): Promise<OpenedScope> {
  const assessment = await getAssessment(db, person, assessmentId)
  const instrument = await instruments.get(db, assessment.wave.instrumentVersionId)
  const statements = (await getScopeStatements(db, [assessmentId])).get(assessmentId)!
  return { assessment, instrument, statements, version: scopeVersion(statements) }
}

/** One scope as the city answers it. */
export interface ScopeAnswer {
  scopeId: string
  isResponsible: boolean | null
  reason: string | null
}

export interface ScopeRequest {
  assessmentId: string
  /** The version seen. */
  version: number
  /** Scopes that are not named stay as they are. */
  answers: readonly ScopeAnswer[]
}

const said = (text: string | null): string | null => (text === null || text.trim() === '' ? null : text.trim())

/** The statements that say something new. Who is responsible counts only where the city is not. */
function newStatements({ instrument, statements }: OpenedScope, answers: readonly ScopeAnswer[]): NewStatement[] {
  const newest = newestStatements(statements)
  const known = new Set((instrument.scopes ?? []).map(({ id }) => id))
  return answers.flatMap(({ scopeId, isResponsible, reason: text }) => {
    if (!known.has(scopeId)) throw new AppError('SCOPE_NOT_FOUND', { scope: scopeId })
    const reason = isResponsible === false ? said(text) : null
    if (isResponsible === false && reason === null) throw new AppError('SCOPE_REASON_MISSING', { scope: scopeId })
    const before = newest.get(scopeId)
    if ((before?.isResponsible ?? null) === isResponsible && (before?.reason ?? null) === reason) return []
    return [{ scopeId, version: (before?.version ?? 0) + 1, isResponsible, reason }]
  })
}

/**
 * Says what the city is responsible for. Questions under a scope that is somebody else's are no longer asked; their answers stay and
 * come back with the next statement.
 * @throws {AppError} SCOPE_CHANGED with the present statements when somebody was quicker; SCOPE_NOT_FOUND, SCOPE_REASON_MISSING,
 * NOT_ALLOWED, WAVE_CLOSED
 */
export async function stateScope(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, version, answers }: ScopeRequest,
  now: Date,
): Promise<OpenedScope> {
  const { city } = await getAssessment(db, person, assessmentId)
  const permission = can(person, 'city.arrange', city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  await lockAssessment(db, assessmentId)
  const opened = await openScope(db, person, instruments, assessmentId)
  requireOpen(opened.assessment, now)
  if (opened.version !== version) throw new AppError('SCOPE_CHANGED', {}, { current: opened.statements, version: opened.version })
  const statements = newStatements(opened, answers)
  if (statements.length === 0) return opened
  await insertStatements(db, { assessmentId, cityId: city.id, personId: person.id, now }, statements)
  await recordEvent(db, {
    action: 'scope.stated',
    personId: person.id,
    cityId: city.id,
    subject: `assessment:${assessmentId}`,
    payload: { statements },
    now,
  })
  return openScope(db, person, instruments, assessmentId)
}
