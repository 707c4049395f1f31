import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import { can, type Person } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { getAnswers } from './queries.ts'
import { exclusionsOf } from './scope.ts'
import { getScopeStatements } from './scope-queries.ts'
import { exclusionsOfFrozen, frozenAnswers, type Sheet } from './sheet.ts'
import {
  findEarlierAssessment,
  findFrozenCopy,
  type FrozenCopy,
  getAnswersAt,
  getAuthors,
  listFrozenCopies,
  type SheetOrigin,
} from './sheet-queries.ts'
import { compareSheets, type QuestionChange, scoreState, type SheetScores, type Snapshot, type StateRef } from './snapshot.ts'
import { insertSnapshot, listSnapshots, removeFromList } from './snapshot-queries.ts'
import { openWholeQuestionnaire, type OpenedQuestionnaire } from './usecases.ts'

/** Everything that can be compared. */
export interface OpenedSnapshots {
  opened: OpenedQuestionnaire
  snapshots: Snapshot[]
  copies: Omit<FrozenCopy, 'content'>[]
  /** The city's assessment of the wave before; null = there is none. */
  earlier: SheetOrigin | null
}

/** @throws {AppError} ASSESSMENT_NOT_FOUND; NOT_ALLOWED for whoever reads only what is theirs */
export async function openSnapshots(db: Db, person: Person, instruments: InstrumentStore, assessmentId: string): Promise<OpenedSnapshots> {
  const opened = await openWholeQuestionnaire(db, person, instruments, assessmentId)
  return {
    opened,
    snapshots: await listSnapshots(db, assessmentId),
    copies: await listFrozenCopies(db, assessmentId),
    earlier: await findEarlierAssessment(db, opened.assessment),
  }
}

function requireArranger(person: Person, { assessment }: OpenedQuestionnaire): void {
  const permission = can(person, 'city.arrange', assessment.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
}

export interface NewSnapshot {
  assessmentId: string
  key: string
  name: string
  /** The moment; past, now or ahead. */
  at: Date
}

/** Names a moment. @returns its key */
export async function createSnapshot(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, key, name, at }: NewSnapshot,
  now: Date,
): Promise<string> {
  const opened = await openWholeQuestionnaire(db, person, instruments, assessmentId)
  requireArranger(person, opened)
  const cityId = opened.assessment.city.id
  const body = { assessmentId, name, at: at.toISOString() }
  return once(db, person, { key, operation: 'createSnapshot', body }, async () => {
    const id = await insertSnapshot(db, { assessmentId, cityId, name, at, personId: person.id, now })
    const payload = { name, at: at.toISOString() }
    await recordEvent(db, { action: 'snapshot.created', personId: person.id, cityId, subject: `snapshot:${id}`, payload, now })
    return id
  })
}

/** Takes a snapshot off the list; the history of the answers stays. @throws {AppError} SNAPSHOT_NOT_FOUND, NOT_ALLOWED */
export async function removeSnapshot(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, snapshotId }: { assessmentId: string; snapshotId: string },
  now: Date,
): Promise<void> {
  const opened = await openWholeQuestionnaire(db, person, instruments, assessmentId)
  requireArranger(person, opened)
  if (!(await removeFromList(db, assessmentId, snapshotId, now))) throw new AppError('SNAPSHOT_NOT_FOUND')
  const cityId = opened.assessment.city.id
  await recordEvent(db, { action: 'snapshot.removed', personId: person.id, cityId, subject: `snapshot:${snapshotId}`, payload: {}, now })
}

/** One side of a comparison. */
export interface ComparedState {
  ref: StateRef
  /** Name of the snapshot; null for what has no name of its own. */
  name: string | null
  sheet: Sheet
  instrument: Instrument
  scores: SheetScores
}

async function stateNow({ assessment, answers, exclusions }: OpenedQuestionnaire): Promise<Sheet> {
  const { id, wave } = assessment
  return { assessmentId: id, wave, instrumentVersionId: wave.instrumentVersionId, at: null, answers, exclusions }
}

async function stateAt(db: Db, opened: OpenedQuestionnaire, at: Date): Promise<Sheet> {
  const { id, wave } = opened.assessment
  const statements = (await getScopeStatements(db, [id], at)).get(id)!
  const answers = await getAnswersAt(db, id, at)
  return {
    assessmentId: id,
    wave,
    instrumentVersionId: wave.instrumentVersionId,
    at,
    answers,
    exclusions: exclusionsOf(opened.whole, statements),
  }
}

async function stateOfCopy(db: Db, origin: SheetOrigin, { frozenAt, content }: FrozenCopy): Promise<Sheet> {
  const answers = frozenAnswers(content, await getAuthors(db, origin.assessmentId))
  return { ...origin, at: frozenAt, answers, exclusions: exclusionsOfFrozen(content) }
}

/** The earlier wave as it was handed in, or as it was left where nothing was. */
async function stateOfEarlier(db: Db, earlier: SheetOrigin, instrument: Instrument): Promise<Sheet> {
  const frozen = await findFrozenCopy(db, earlier.assessmentId)
  if (frozen !== null) return stateOfCopy(db, earlier, frozen)
  const statements = (await getScopeStatements(db, [earlier.assessmentId])).get(earlier.assessmentId)!
  return { ...earlier, at: null, answers: await getAnswers(db, earlier.assessmentId), exclusions: exclusionsOf(instrument, statements) }
}

interface LoadContext {
  db: Db
  instruments: InstrumentStore
  list: OpenedSnapshots
  now: Date
}

async function loadSheet({ db, instruments, list, now }: LoadContext, ref: StateRef): Promise<{ name: string | null; sheet: Sheet }> {
  const { opened, snapshots, earlier } = list
  if (ref.kind === 'now') return { name: null, sheet: await stateNow(opened) }
  if (ref.kind === 'snapshot') {
    const snapshot = snapshots.find(({ id }) => id === ref.id)
    if (snapshot === undefined) throw new AppError('SNAPSHOT_NOT_FOUND')
    if (snapshot.at > now) throw new AppError('SNAPSHOT_IN_FUTURE', { at: snapshot.at })
    return { name: snapshot.name, sheet: await stateAt(db, opened, snapshot.at) }
  }
  if (ref.kind === 'copy') {
    const { id, wave } = opened.assessment
    const copy = await findFrozenCopy(db, id, ref.id)
    if (copy === null) throw new AppError('SNAPSHOT_NOT_FOUND')
    const origin = { assessmentId: id, wave, instrumentVersionId: wave.instrumentVersionId }
    return { name: null, sheet: await stateOfCopy(db, origin, copy) }
  }
  if (earlier === null) throw new AppError('SNAPSHOT_NOT_FOUND')
  return { name: null, sheet: await stateOfEarlier(db, earlier, await instruments.get(db, earlier.instrumentVersionId)) }
}

async function loadState(context: LoadContext, ref: StateRef): Promise<ComparedState> {
  const { name, sheet } = await loadSheet(context, ref)
  const instrument = await context.instruments.get(context.db, sheet.instrumentVersionId)
  return { ref, name, sheet, instrument, scores: scoreState(instrument, sheet) }
}

export interface StateComparison extends OpenedSnapshots {
  a: ComparedState
  b: ComparedState
  changes: QuestionChange[]
}

/**
 * What changed between two states of an assessment, with the scores of both.
 * @throws {AppError} SNAPSHOT_NOT_FOUND, SNAPSHOT_IN_FUTURE, NOT_ALLOWED
 */
export async function compareStates(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, a, b }: { assessmentId: string; a: StateRef; b: StateRef },
  now: Date,
): Promise<StateComparison> {
  const list = await openSnapshots(db, person, instruments, assessmentId)
  const context: LoadContext = { db, instruments, list, now }
  const before = await loadState(context, a)
  const after = await loadState(context, b)
  return { ...list, a: before, b: after, changes: compareSheets(list.opened.whole, before.sheet, after.sheet) }
}
