import { getCookie, setCookie } from 'hono/cookie'
import { isHttps } from '../../config.ts'
import { inContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import type { Author } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import type { WebContext } from '../../web.ts'
import { hashToken } from '../accounts/invitation-token.ts'
import { listHolders } from '../accounts/membership-queries.ts'
import { neverSaved, type StoredAnswer } from '../assessments/answer.ts'
import type { Assessment } from '../assessments/assessment.ts'
import { findAssessment, getAnswers } from '../assessments/queries.ts'
import { saveAs, type SaveRequest } from '../assessments/usecases.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Instrument, QuestionRules } from '../instrument/instrument.ts'
import { tellAll } from '../notices/telling.ts'
import { type GuestLink, isOpen, questionsOfLink } from './guest.ts'
import { findGuestByToken, markFinished, markOpened } from './queries.ts'

// What the holder of a guest link does. The link's secret travels in a cookie of this browser once it was opened.

const cookieName = (services: Services): string => (isHttps(services.config) ? '__Host-tessera-guest' : 'tessera-guest')

export function keepGuestToken(c: WebContext, services: Services, token: string, expiresAt: Date): void {
  const secure = isHttps(services.config)
  setCookie(c, cookieName(services), token, { path: '/', httpOnly: true, sameSite: 'Lax', secure, expires: expiresAt })
}

/** Secret of the link that this browser has opened, or that a script sends along. */
export const guestTokenOf = (c: WebContext, services: Services): string | null =>
  c.req.header('tessera-guest') ?? getCookie(c, cookieName(services)) ?? null

/** @throws {AppError} GUEST_LINK_ENDED for a link that is unknown, expired or withdrawn: all alike */
export async function requireGuest(services: Services, token: string | null, now: Date): Promise<GuestLink> {
  const link =
    token === null || token.length > 100
      ? null
      : await inContext(services.db, { scope: 'sign-in' }, (db) => findGuestByToken(db, hashToken(token)))
  if (link === null || !isOpen(link, now)) throw new AppError('GUEST_LINK_ENDED')
  return link
}

/** The guest's own corner of an assessment. */
export interface GuestVisit {
  link: GuestLink
  author: Author
  assessment: Assessment
  instrument: Instrument
  /** In the order of the questionnaire. */
  questions: QuestionRules[]
  /** Answers to the questions of the link, and no others. */
  answers: Map<string, StoredAnswer>
}

/** Runs `work` in a transaction that sees the guest's city and nothing else. */
export async function asGuest<T>(services: Services, c: WebContext, work: (db: Db, visit: GuestVisit) => Promise<T>): Promise<T> {
  const link = await requireGuest(services, guestTokenOf(c, services), services.now())
  return inContext(services.db, { scope: 'city', cityIds: [link.cityId] }, async (db) => {
    const assessment = await findAssessment(db, link.assessmentId)
    if (assessment === null) throw new AppError('GUEST_LINK_ENDED')
    const instrument = await services.instruments.get(db, assessment.wave.instrumentVersionId)
    const questions = questionsOfLink(instrument, link.questionIds)
    const all = await getAnswers(db, link.assessmentId)
    const answers = new Map(questions.map(({ id }) => [id, all.get(id) ?? neverSaved(id)]))
    const author: Author = { personId: null, guestId: link.id, name: link.name }
    return work(db, { link, author, assessment, instrument, questions, answers })
  })
}

/** @throws {AppError} QUESTION_NOT_FOUND for a question that is not of the link */
export function requireGuestQuestion({ questions }: GuestVisit, questionId: string): QuestionRules {
  const question = questions.find(({ id }) => id === questionId)
  if (question === undefined) throw new AppError('QUESTION_NOT_FOUND', { question: questionId })
  return question
}

export async function openAsGuest(db: Db, { link }: GuestVisit, now: Date): Promise<void> {
  await markOpened(db, link.id, now)
}

/** Saves one answer as the guest; rules, versions and history are those of everybody. */
export function saveGuestAnswer(
  db: Db,
  visit: GuestVisit,
  request: Omit<SaveRequest, 'assessmentId' | 'origin'>,
  now: Date,
): Promise<StoredAnswer> {
  requireGuestQuestion(visit, request.questionId)
  return saveAs(db, visit.author, visit, request, now)
}

/** The guest is done: whoever asked and the coordinators hear of it. Until the link ends, answers can still be changed. */
export async function finishAsGuest(db: Db, visit: GuestVisit, now: Date): Promise<void> {
  const { link, assessment, answers } = visit
  if (!(await markFinished(db, link.id, now))) return
  const coordinators = await listHolders(db, 'city-coordinator', link.cityId)
  const readers = [...coordinators, ...(link.createdBy === null ? [] : [link.createdBy])].map(({ id }) => id)
  const answered = [...answers.values()].filter(({ options, missing }) => options !== null || missing !== null).length
  const notice = {
    cityId: link.cityId,
    kind: 'guest-finished' as const,
    subject: { who: link.name, count: answered },
    address: `/assessments/${assessment.id}/guests`,
  }
  await tellAll(db, readers, notice, null, now)
  await recordEvent(db, {
    action: 'guest-link.finished',
    personId: link.id,
    cityId: link.cityId,
    subject: `guest-link:${link.id}`,
    payload: { answered },
    now,
  })
}
