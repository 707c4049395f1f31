import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { authorOf, can, type Person } from '../../permissions.ts'
import type { Assessment } from '../assessments/assessment.ts'
import { mayRead } from '../assessments/assignment.ts'
import { getQuestion, openQuestionnaire } from '../assessments/usecases.ts'
import { recordEvent } from '../audit/queries.ts'
import { findQuestion, type Instrument, type QuestionRules } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { withdrawNotices } from '../notices/queries.ts'
import { listThreads, lockThread, markWithdrawn, type ThreadChange, writeThread } from './queries.ts'
import { type Colleague, isPartner, readersOf } from './readers.ts'
import { canReopen, canTakeBack, canWrite, hasContent, type Message, type Thread, type ThreadStep } from './thread.ts'
import { addressOf, getReadership, type MessageRequest, type Place, type Written, writeMessageAs } from './writing.ts'

/** A question of an assessment, as the address names it. */
export interface QuestionKey {
  assessmentId: string
  questionId: string
}

/** A conversation, in the version the person has seen. */
export interface ThreadKey extends QuestionKey {
  threadId: string
  version: number
}

/** Whether the person comes from outside: they see only what is shared with them. */
export const isOutsider = (person: Person, cityId: string): boolean => {
  const roles = person.memberships.filter((membership) => membership.cityId === cityId).map(({ role }) => role)
  return isPartner({ roles })
}

const sharedWith = (person: Person, cityId: string, threads: readonly Thread[]): Thread[] =>
  threads.filter(({ isShared }) => isShared || !isOutsider(person, cityId))

export const visibleTo = (person: Person, cityId: string, threads: readonly Thread[]): Thread[] =>
  sharedWith(person, cityId, threads).filter(hasContent)

interface Opened extends Place {
  question: QuestionRules
}

async function openPlace(db: Db, person: Person, instruments: InstrumentStore, { assessmentId, questionId }: QuestionKey): Promise<Opened> {
  const { assessment, instrument, question } = await getQuestion(db, person, instruments, assessmentId, questionId)
  return { assessment, instrument, questionId, question }
}

function requireWriting(person: Person, { city }: Assessment): void {
  const permission = can(person, 'thread.write', city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
}

function requireStep(step: ThreadStep): void {
  if (!step.ok) throw new AppError('STEP_NOT_AVAILABLE', { reason: step.reason }, { reason: step.reason })
}

export interface QuestionThreads {
  assessment: Assessment
  instrument: Instrument
  question: QuestionRules
  /** Open ones first, the latest of them on top; then closed ones, the latest on top. */
  threads: Thread[]
  /** Conversations of which every message was taken back. */
  emptied: Thread[]
  /** Whom one can tell: of a conversation inside the city, and of a shared one. */
  readers: { inside: Colleague[]; shared: Colleague[] }
  /** Everybody with a role in the city -> name. */
  names: ReadonlyMap<string, string>
  isOutsider: boolean
}

const byState = (a: Thread, b: Thread): number =>
  Number(a.closedAt !== null) - Number(b.closedAt !== null) || b.createdAt.getTime() - a.createdAt.getTime()

/** Every conversation about a question that the person sees, of all waves. */
export async function openThreads(db: Db, person: Person, instruments: InstrumentStore, key: QuestionKey): Promise<QuestionThreads> {
  const place = await openPlace(db, person, instruments, key)
  const cityId = place.assessment.city.id
  const known = sharedWith(person, cityId, await listThreads(db, cityId, { questionIds: [key.questionId] })).sort(byState)
  const threads = known.filter(hasContent)
  const readership = await getReadership(db, place)
  const others = (isShared: boolean) => readersOf(readership, isShared).filter(({ id }) => id !== person.id)
  const names = new Map(readership.colleagues.map(({ id, name }) => [id, name]))
  return {
    ...place,
    threads,
    emptied: known.filter((thread) => !hasContent(thread)),
    readers: { inside: others(false), shared: others(true) },
    names,
    isOutsider: isOutsider(person, cityId),
  }
}

export interface CityThreads {
  assessment: Assessment
  instrument: Instrument
  /** The latest first. */
  threads: Thread[]
}

/** Every conversation of a city that the person sees; also those about questions that this wave no longer asks. */
export async function openCityThreads(db: Db, person: Person, instruments: InstrumentStore, assessmentId: string): Promise<CityThreads> {
  const { assessment, instrument, whole, reach } = await openQuestionnaire(db, person, instruments, assessmentId)
  const threads = visibleTo(person, assessment.city.id, await listThreads(db, assessment.city.id))
  const isReadable = ({ questionId }: Thread) =>
    mayRead(reach, questionId) && (reach.reads === null || findQuestion(whole, questionId) !== null)
  return { assessment, instrument, threads: threads.filter(isReadable) }
}

/** One conversation of a question, held until the transaction ends. @throws {AppError} THREAD_NOT_FOUND */
async function getThread(db: Db, person: Person, place: Place, threadId: string): Promise<Thread> {
  const cityId = place.assessment.city.id
  const known = visibleTo(person, cityId, await listThreads(db, cityId, { questionIds: [place.questionId] }))
  if (!known.some(({ id }) => id === threadId)) throw new AppError('THREAD_NOT_FOUND')
  await lockThread(db, threadId)
  return (await listThreads(db, cityId, { questionIds: [place.questionId] })).find(({ id }) => id === threadId)!
}

async function getUnchanged(db: Db, person: Person, place: Place, { threadId, version }: ThreadKey): Promise<Thread> {
  const thread = await getThread(db, person, place, threadId)
  if (thread.version !== version) throw new AppError('THREAD_CHANGED', {}, { currentVersion: thread.version })
  return thread
}

/**
 * Begins a conversation. What a technical partner begins is shared: otherwise they could not read it.
 * @throws {AppError} NOT_ALLOWED, INPUT_INVALID when somebody is told who may not read it
 */
export async function startThread(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { isShared, ...request }: QuestionKey & Omit<MessageRequest, 'thread'> & { isShared: boolean },
  now: Date,
): Promise<Written> {
  const place = await openPlace(db, person, instruments, request)
  requireWriting(person, place.assessment)
  const shared = isShared || isOutsider(person, place.assessment.city.id)
  return writeMessageAs(db, authorOf(person), place, { ...request, thread: null, isShared: shared }, now)
}

/** @throws {AppError} NOT_ALLOWED, THREAD_NOT_FOUND, STEP_NOT_AVAILABLE when it is closed, INPUT_INVALID */
export async function writeMessage(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  request: QuestionKey & { threadId: string } & Omit<MessageRequest, 'thread'>,
  now: Date,
): Promise<Written> {
  const place = await openPlace(db, person, instruments, request)
  requireWriting(person, place.assessment)
  const thread = await getThread(db, person, place, request.threadId)
  requireStep(canWrite(thread))
  return writeMessageAs(db, authorOf(person), place, { ...request, thread }, now)
}

async function change(
  db: Db,
  { person, place, thread, now }: { person: Person; place: Place; thread: Thread; now: Date },
  version: number,
  changed: ThreadChange,
  action: string,
): Promise<void> {
  if (!(await writeThread(db, thread.id, version, changed))) throw new AppError('THREAD_CHANGED')
  const { city } = place.assessment
  const payload = 'isShared' in changed ? { isShared: changed.isShared } : {}
  await recordEvent(db, { action, personId: person.id, cityId: city.id, subject: `thread:${thread.id}`, payload, now })
}

/**
 * Closes a conversation, with a last word or without. Whoever closes has read everything: a message that came in between refuses it.
 * @throws {AppError} NOT_ALLOWED, THREAD_NOT_FOUND, THREAD_CHANGED, STEP_NOT_AVAILABLE
 */
export async function closeThread(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  request: ThreadKey & { lastWord: Omit<MessageRequest, 'thread'> | null },
  now: Date,
): Promise<void> {
  const place = await openPlace(db, person, instruments, request)
  requireWriting(person, place.assessment)
  const thread = await getUnchanged(db, person, place, request)
  requireStep(canWrite(thread))
  const { lastWord } = request
  if (lastWord !== null) await writeMessageAs(db, authorOf(person), place, { ...lastWord, thread }, now)
  const version = thread.version + (lastWord === null ? 0 : 1)
  await change(db, { person, place, thread, now }, version, { closedAt: now, closedBy: person.id }, 'thread.closed')
}

/** @throws {AppError} NOT_ALLOWED, THREAD_NOT_FOUND, THREAD_CHANGED, STEP_NOT_AVAILABLE */
export async function reopenThread(db: Db, person: Person, instruments: InstrumentStore, key: ThreadKey, now: Date): Promise<void> {
  const place = await openPlace(db, person, instruments, key)
  requireWriting(person, place.assessment)
  const thread = await getUnchanged(db, person, place, key)
  requireStep(canReopen(thread))
  await change(db, { person, place, thread, now }, thread.version, { closedAt: null, closedBy: null }, 'thread.reopened')
}

/** Whether technical partners read along is not theirs to decide. @throws {AppError} NOT_ALLOWED, QUESTION_NOT_FOUND */
export async function requireInsider(db: Db, person: Person, instruments: InstrumentStore, key: QuestionKey): Promise<Place> {
  const place = await openPlace(db, person, instruments, key)
  requireWriting(person, place.assessment)
  if (isOutsider(person, place.assessment.city.id)) throw new AppError('NOT_ALLOWED', { reason: 'role' })
  return place
}

/** Lets technical partners read along, or no longer; only the city decides it. @throws {AppError} NOT_ALLOWED, THREAD_NOT_FOUND, THREAD_CHANGED */
export async function shareThread(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { isShared, ...key }: ThreadKey & { isShared: boolean },
  now: Date,
): Promise<void> {
  const place = await requireInsider(db, person, instruments, key)
  const thread = await getUnchanged(db, person, place, key)
  if (thread.isShared !== isShared) await change(db, { person, place, thread, now }, thread.version, { isShared }, 'thread.shared')
}

function ownMessage(person: Person, { messages }: Thread, messageId: string): Message {
  const message = messages.find(({ id, writer }) => id === messageId && writer?.id === person.id)
  if (message === undefined) throw new AppError('NOT_FOUND')
  return message
}

/**
 * Takes a message back within ten minutes: nobody was mailed by then, and nobody will be.
 * @throws {AppError} THREAD_NOT_FOUND, NOT_FOUND when it is somebody else's, STEP_NOT_AVAILABLE
 */
export async function takeBackMessage(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { threadId, messageId, ...key }: QuestionKey & { threadId: string; messageId: string },
  now: Date,
): Promise<void> {
  const place = await openPlace(db, person, instruments, key)
  const thread = await getThread(db, person, place, threadId)
  const message = ownMessage(person, thread, messageId)
  if (message.withdrawnAt !== null) return
  requireStep(canTakeBack(message, now))
  await markWithdrawn(db, messageId, threadId, now)
  await withdrawNotices(db, [addressOf(place, messageId)], now)
  const { city } = place.assessment
  await recordEvent(db, {
    action: 'message.taken-back',
    personId: person.id,
    cityId: city.id,
    subject: `message:${messageId}`,
    payload: {},
    now,
  })
}
