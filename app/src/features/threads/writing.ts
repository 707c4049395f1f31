import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import type { Author } from '../../permissions.ts'
import type { Assessment } from '../assessments/assessment.ts'
import { assignedQuestions } from '../assessments/assignment.ts'
import { listAssignments } from '../assessments/assignment-queries.ts'
import { recordEvent } from '../audit/queries.ts'
import { getCitySettings } from '../departments/queries.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { NewNotice } from '../notices/notice.ts'
import { addNotices } from '../notices/queries.ts'
import { insertMessage, insertThread, listCityColleagues } from './queries.ts'
import { hosts, type Readership, readersOf } from './readers.ts'
import { longestMessage, mentionedIn, standing, type Thread } from './thread.ts'

/** Where a conversation takes place: a question of an assessment, known to be readable to whoever writes. */
export interface Place {
  assessment: Assessment
  instrument: Instrument
  questionId: string
}

export interface MessageRequest {
  /** Null begins a new conversation. */
  thread: Thread | null
  text: string
  /** People who are told, besides those whom the text names with an @. */
  mentions: readonly string[]
  /** Language it is written in. */
  language: string | null
}

export interface Written {
  threadId: string
  messageId: string
}

/** Page of the conversation at this message. */
export const addressOf = ({ assessment, questionId }: Place, messageId: string): string =>
  `/assessments/${assessment.id}/questions/${questionId}/thread#message-${messageId}`

/** Who reads the question: three queries. */
export async function getReadership(db: Db, { assessment, instrument, questionId }: Place): Promise<Readership> {
  const colleagues = await listCityColleagues(db, assessment.city.id)
  const assignment = assignedQuestions(instrument, await listAssignments(db, [assessment.id])).get(questionId)
  const { contributorsSeeAll } = await getCitySettings(db, assessment.city.id)
  return { colleagues, assignment, contributorsSeeAll }
}

const invalid = (path: string, message: string) => new AppError('INPUT_INVALID', {}, { fields: [{ path, message }] })

function checkText(text: string): string {
  const trimmed = text.replaceAll('\r\n', '\n').trim()
  if (trimmed === '') throw invalid('text', 'threads.form.text.missing')
  if (trimmed.length > longestMessage) throw invalid('text', 'threads.form.text.tooLong')
  return trimmed
}

/** Those named by key or with an @; whoever may not read the conversation cannot be told of it. */
function checkMentions(readership: Readership, isShared: boolean, text: string, asked: readonly string[]): string[] {
  const readers = readersOf(readership, isShared)
  if (asked.some((id) => !readers.some((reader) => reader.id === id))) throw invalid('mentions', 'threads.form.tell.notReader')
  return [...new Set([...asked, ...mentionedIn(text, readers)])]
}

/** Messages of a conversation follow each other, also when the clock was put back between them. */
function momentAfter(thread: Thread | null, now: Date): Date {
  const last = Math.max(0, ...(thread?.messages ?? []).map(({ createdAt }) => createdAt.getTime()))
  return new Date(Math.max(now.getTime(), last + 1))
}

/** Named people hear that they are named; those who took part, or who look after a new conversation, that something was said. */
function noticesOf(
  place: Place,
  { author, readership, isShared, thread }: { author: Author; readership: Readership; isShared: boolean; thread: Thread | null },
  mentions: readonly string[],
  address: string,
): NewNotice[] {
  const readers = new Set(readersOf(readership, isShared).map(({ id }) => id))
  const spoken = thread === null ? [] : standing(thread).flatMap(({ writer }) => (writer === null || writer.isGuest ? [] : writer.id))
  const isAlone = spoken.every((id) => id === author.personId)
  const listening = isAlone || author.guestId !== null ? [...spoken, ...hosts(readership)] : spoken
  const told = (ids: readonly string[], kind: NewNotice['kind']) =>
    ids
      .filter((personId) => readers.has(personId))
      .map((personId) => ({
        personId,
        cityId: place.assessment.city.id,
        kind,
        subject: { who: author.name, question: place.questionId },
        address,
      }))
  const others = [...new Set(listening)].filter((id) => !mentions.includes(id))
  return [...told(mentions, 'mentioned'), ...told(others, 'message-written')]
}

/**
 * Writes for an author who is known to be allowed: a person, or the holder of a guest link. A conversation that goes on must be open
 * and held by the transaction.
 * @throws {AppError} INPUT_INVALID
 */
export async function writeMessageAs(
  db: Db,
  author: Author,
  place: Place,
  { thread, text: typed, mentions: asked, language, isShared: shareNew = false }: MessageRequest & { isShared?: boolean },
  now: Date,
): Promise<Written> {
  const { assessment, questionId } = place
  const cityId = assessment.city.id
  const text = checkText(typed)
  const isShared = thread?.isShared ?? shareNew
  const readership = await getReadership(db, place)
  const mentions = checkMentions(readership, isShared, text, asked)
  const threadId = thread?.id ?? (await insertThread(db, { cityId, questionId, assessmentId: assessment.id, isShared, author, now }))
  const messageId = await insertMessage(db, { threadId, cityId, text, language, mentions, author, now: momentAfter(thread, now) })
  const notices = noticesOf(place, { author, readership, isShared, thread }, mentions, addressOf(place, messageId))
  await addNotices(db, notices, author.personId, now)
  await recordEvent(db, {
    action: thread === null ? 'thread.started' : 'message.written',
    personId: author.personId ?? author.guestId,
    cityId,
    subject: `message:${messageId}`,
    payload: { threadId, questionId, text, mentions, ...(thread === null && { isShared }) },
    now,
  })
  return { threadId, messageId }
}
