import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import { can, type Person } from '../../permissions.ts'
import { hashToken, newToken } from '../accounts/invitation-token.ts'
import { mayWrite, type Reach } from '../assessments/assignment.ts'
import { type Assessment, canAnswer } from '../assessments/assessment.ts'
import { getAssessment } from '../assessments/usecases.ts'
import { reachOf } from '../assessments/reach.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { type GuestLink, isOpen, maximumQuestions, questionsOfLink } from './guest.ts'
import { findGuestLink, insertGuestLink, type ListedGuestLink, listGuestLinks, markWithdrawn, renewToken } from './queries.ts'

/** What the pages about guests show. */
export interface OpenedGuests {
  assessment: Assessment
  instrument: Instrument
  reach: Reach
  links: ListedGuestLink[]
}

async function openForGuests(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
): Promise<Omit<OpenedGuests, 'links'>> {
  const assessment = await getAssessment(db, person, assessmentId)
  const permission = can(person, 'guest.invite', assessment.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  const instrument = await instruments.get(db, assessment.wave.instrumentVersionId)
  return { assessment, instrument, reach: await reachOf(db, person, assessment, instrument) }
}

const isTheirs = (link: GuestLink, reach: Reach, person: Person): boolean => reach.writes === null || link.createdBy?.id === person.id

/** Guest links of an assessment: a coordinator sees all, a contributor those they made. */
export async function openGuests(db: Db, person: Person, instruments: InstrumentStore, assessmentId: string): Promise<OpenedGuests> {
  const opened = await openForGuests(db, person, instruments, assessmentId)
  const links = await listGuestLinks(db, assessmentId)
  return { ...opened, links: links.filter((link) => isTheirs(link, opened.reach, person)) }
}

export interface GuestRequest {
  assessmentId: string
  questionIds: string[]
  name: string
  email: string | null
  note: string | null
  departmentId: string | null
  expiresAt: Date
}

/** A link just made; the token is known to nobody afterwards. Null = it was made before and is not shown again. */
export interface MadeLink {
  id: string
  token: string | null
}

function requireQuestions(instrument: Instrument, reach: Reach, questionIds: readonly string[]): string[] {
  const known = questionsOfLink(instrument, questionIds).map(({ id }) => id)
  const unknown = questionIds.find((id) => !known.includes(id))
  if (unknown !== undefined) throw new AppError('QUESTION_NOT_FOUND', { question: unknown })
  if (known.some((id) => !mayWrite(reach, id))) throw new AppError('NOT_ALLOWED', { reason: 'ownQuestions' })
  if (known.length === 0 || known.length > maximumQuestions)
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'questionIds', message: 'guests.form.questions.wrong' }] })
  return known
}

/**
 * Makes a link with which somebody without an account answers a few questions.
 * @throws {AppError} NOT_ALLOWED for questions that the person does not answer; STEP_NOT_AVAILABLE when the wave is not open
 */
export async function makeGuestLink(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { key, now, ...request }: GuestRequest & { key: string; now: Date },
): Promise<MadeLink> {
  const { assessment, instrument, reach } = await openForGuests(db, person, instruments, request.assessmentId)
  const step = canAnswer(assessment, now)
  if (!step.ok) throw new AppError('STEP_NOT_AVAILABLE', { reason: `assessments.step.${step.reason}` })
  const questionIds = requireQuestions(instrument, reach, request.questionIds)
  const body = { ...request, expiresAt: request.expiresAt.toISOString() }
  let token: string | null = null
  const made = await once(db, person, { key, operation: 'makeGuestLink', body }, async () => {
    token = newToken()
    const cityId = assessment.city.id
    const id = await insertGuestLink(db, {
      ...request,
      cityId,
      questionIds,
      tokenHash: hashToken(token),
      createdBy: person.id,
      createdAt: now,
    })
    await record(db, person, 'guest-link.made', { id, assessmentId: assessment.id, cityId }, { questionIds }, now)
    return { id }
  })
  return { id: made.id, token }
}

interface LinkKey {
  id: string
  assessmentId: string
  cityId: string
}

async function record(db: Db, person: Person, action: string, { id, cityId }: LinkKey, payload: object, now: Date): Promise<void> {
  await recordEvent(db, { action, personId: person.id, cityId, subject: `guest-link:${id}`, payload, now })
}

async function getLink(db: Db, person: Person, instruments: InstrumentStore, assessmentId: string, id: string): Promise<GuestLink> {
  const { reach } = await openForGuests(db, person, instruments, assessmentId)
  const link = await findGuestLink(db, assessmentId, id)
  if (link === null || !isTheirs(link, reach, person)) throw new AppError('GUEST_LINK_NOT_FOUND')
  return link
}

/** Ends a link at once; what the guest answered stays. Withdrawing twice changes nothing. */
export async function withdrawGuestLink(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, id, now }: { assessmentId: string; id: string; now: Date },
): Promise<void> {
  const link = await getLink(db, person, instruments, assessmentId, id)
  if (link.withdrawnAt !== null) return
  await markWithdrawn(db, id, person.id, now)
  await record(db, person, 'guest-link.withdrawn', link, {}, now)
}

/**
 * A new link for the same guest and questions; the old one no longer opens.
 * @throws {AppError} STEP_NOT_AVAILABLE for a link that was withdrawn
 */
export async function renewGuestLink(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  request: { assessmentId: string; id: string; expiresAt: Date; key: string; now: Date },
): Promise<MadeLink & { link: GuestLink }> {
  const { assessmentId, id, expiresAt, key, now } = request
  const link = await getLink(db, person, instruments, assessmentId, id)
  if (!isOpen({ ...link, expiresAt }, now)) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'guests.step.withdrawn' })
  let token: string | null = null
  await once(db, person, { key, operation: 'renewGuestLink', body: { assessmentId, id } }, async () => {
    token = newToken()
    await renewToken(db, id, hashToken(token), expiresAt)
    await record(db, person, 'guest-link.renewed', link, {}, now)
    return null
  })
  return { id, token, link }
}
