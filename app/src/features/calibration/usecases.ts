import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person, type Verb } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import {
  type CalibrationCase,
  type CaseDecision,
  type CaseJudgement,
  type CaseSummary,
  type CalibrationSummary,
  maximumOf,
  summarise,
  summariseCase,
} from './case.ts'
import { calibrationCases } from './cases.ts'
import { insertCaseJudgement, listCaseJudgements, listExperts } from './queries.ts'

function require(person: Person, verb: Verb): void {
  const permission = can(person, verb)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
}

/** A case with what the expert decided about it; null = not yet. */
export interface OwnCase {
  case: CalibrationCase
  judgement: CaseJudgement | null
}

export interface OwnCalibration {
  cases: OwnCase[]
  summary: CalibrationSummary
}

/** The expert's own cases in their order; nobody else's decisions. @throws {AppError} NOT_ALLOWED */
export async function openCalibration(db: Db, person: Person): Promise<OwnCalibration> {
  require(person, 'review.work')
  const own = await listCaseJudgements(db, person.id)
  const byCase = new Map(own.map((judgement) => [judgement.caseId, judgement]))
  return {
    cases: calibrationCases.map((each) => ({ case: each, judgement: byCase.get(each.id) ?? null })),
    summary: summarise(calibrationCases, own),
  }
}

/** @throws {AppError} NOT_ALLOWED, NOT_FOUND */
export async function openCase(db: Db, person: Person, caseId: string): Promise<OwnCase & OwnCalibration> {
  const calibration = await openCalibration(db, person)
  const found = calibration.cases.find((each) => each.case.id === caseId)
  if (found === undefined) throw new AppError('NOT_FOUND')
  return { ...calibration, ...found }
}

export interface CaseRequest extends CaseDecision {
  caseId: string
  note: string | null
}

/**
 * Decides a case, once: what was expected is shown afterwards.
 * @throws {AppError} NOT_ALLOWED, NOT_FOUND, INPUT_INVALID, STEP_NOT_AVAILABLE
 */
export async function judgeCase(db: Db, person: Person, { caseId, decision, points, note }: CaseRequest, now: Date): Promise<OwnCase> {
  const { case: of } = await openCase(db, person, caseId)
  const isChanged = decision === 'changed'
  if (isChanged && (points === null || points < 0 || points > maximumOf(of)))
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'points', message: 'reviews.rule.points' }] })
  if (!isChanged && points !== null)
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'points', message: 'reviews.rule.pointsOnlyChanged' }] })
  const judgement = { caseId, personId: person.id, decision, points, note, judgedAt: now }
  if (!(await insertCaseJudgement(db, judgement))) {
    const reason = 'calibration.case.decidedAlready'
    throw new AppError('STEP_NOT_AVAILABLE', { reason }, { reason })
  }
  await recordEvent(db, {
    action: 'calibration.judged',
    personId: person.id,
    cityId: null,
    subject: `calibration:${caseId}`,
    payload: { caseId, decision, points },
    now,
  })
  return { case: of, judgement }
}

/** How every expert stands, and which cases are hard. */
export interface CalibrationOverview {
  experts: { id: string; name: string; summary: CalibrationSummary }[]
  cases: { case: CalibrationCase; summary: CaseSummary }[]
}

/** For the lead of the evaluation. @throws {AppError} NOT_ALLOWED */
export async function openCalibrationOverview(db: Db, person: Person): Promise<CalibrationOverview> {
  require(person, 'reviews.manage')
  const [experts, all] = await Promise.all([listExperts(db), listCaseJudgements(db, null)])
  return {
    experts: experts.map(({ id, name }) => ({
      id,
      name,
      summary: summarise(
        calibrationCases,
        all.filter(({ personId }) => personId === id),
      ),
    })),
    cases: calibrationCases.map((each) => ({ case: each, summary: summariseCase(each, all) })),
  }
}

/**
 * How experts stand after the cases, for the lists in which they are chosen; who has decided none is missing. How far somebody is from
 * what was expected is for themselves and the lead alone: others read only whether they are done.
 * @throws {AppError} NOT_ALLOWED
 */
export async function listCalibrations(db: Db, person: Person): Promise<Map<string, CalibrationSummary>> {
  require(person, 'reviews.watch')
  const isLead = can(person, 'reviews.manage').ok
  const byPerson = Map.groupBy(await listCaseJudgements(db, null), ({ personId }) => personId)
  return new Map(
    [...byPerson].map(([personId, judged]) => {
      const summary = summarise(calibrationCases, judged)
      return [personId, isLead ? summary : { ...summary, meanDeviation: null, shareEqual: null }]
    }),
  )
}
