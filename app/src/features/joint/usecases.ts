import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import { can, hasRoleIn, type Person } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { pickFields } from '../assessments/answer.ts'
import { type Assessment, canAnswer, questionsOfDimension } from '../assessments/assessment.ts'
import { findAssessment, getAnswers } from '../assessments/queries.ts'
import { getAssessment } from '../assessments/usecases.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import type { NoticeKind } from '../notices/notice.ts'
import { tellCoordinators } from '../notices/telling.ts'
import { insertSuggestion } from '../partners/suggestion-queries.ts'
import { acceptSuggestion } from '../partners/suggestions.ts'
import { answersToHandOver, type JointAgreement, jointState } from './joint.ts'
import {
  getHandedOver,
  insertAgreement,
  listAgreements,
  listOtherCities,
  listTakeable,
  lockAgreement,
  markAgreement,
  type WaveCity,
  withdrawWaiting,
} from './queries.ts'

function requireArranging(person: Person, cityId: string): void {
  const permission = can(person, 'city.arrange', cityId)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
}

export interface OpenedJoint {
  assessment: Assessment
  instrument: Instrument
  agreements: JointAgreement[]
  /** How many joint answers wait to be taken over without an own answer in their place. */
  takeable: number
}

export async function openJoint(db: Db, person: Person, instruments: InstrumentStore, assessmentId: string): Promise<OpenedJoint> {
  const assessment = await getAssessment(db, person, assessmentId)
  requireArranging(person, assessment.city.id)
  const instrument = await instruments.get(db, assessment.wave.instrumentVersionId)
  const takeable = (await listTakeable(db, assessmentId)).length
  return { assessment, instrument, agreements: await listAgreements(db, assessmentId), takeable }
}

/** Cities of the same wave that could be asked: their names, and nothing else of them. */
export function listCandidates(services: Pick<Services, 'db'>, { wave, city }: Assessment): Promise<WaveCity[]> {
  return inContext(services.db, systemContext, (db) => listOtherCities(db, wave.id, city.id))
}

/** Tells the coordinators of one of the two cities. */
function tellCity(
  db: Db,
  { cityId, assessmentId }: { cityId: string; assessmentId: string },
  { kind, who, count }: { kind: NoticeKind; who: string; count?: number },
  person: Person,
  now: Date,
): Promise<void> {
  const subject = { who, ...(count && { count }) }
  return tellCoordinators(db, { cityId, kind, subject, address: `/assessments/${assessmentId}/joint` }, person.id, now)
}

async function record(db: Db, person: Person, action: string, cityId: string, id: string, payload: object, now: Date): Promise<void> {
  await recordEvent(db, { action, personId: person.id, cityId, subject: `joint-agreement:${id}`, payload, now })
}

export interface ProposeRequest {
  assessmentId: string
  /** Address of the other city. */
  city: string
  dimensions: string[]
  note: string | null
  key: string
}

/** Both cities of an agreement, and only they, in one transaction. */
const inBoth = <T>({ db }: Pick<Services, 'db'>, cityIds: string[], work: (db: Db) => Promise<T>): Promise<T> =>
  inContext(db, { scope: 'city', cityIds }, work)

/**
 * Proposes to another city of the wave to answer some areas jointly; this city leads.
 * @throws {AppError} CITY_NOT_FOUND for a city that does not take part; JOINT_EXISTS when the two have an agreement already
 */
export async function proposeJoint(
  services: Pick<Services, 'db' | 'instruments'>,
  person: Person,
  own: { assessment: Assessment; instrument: Instrument },
  { city, dimensions, note, key }: ProposeRequest,
  now: Date,
): Promise<{ id: string }> {
  const { assessment, instrument } = own
  const other = (await listCandidates(services, assessment)).find(({ slug }) => slug === city)
  if (other === undefined) throw new AppError('CITY_NOT_FOUND')
  const known = instrument.dimensions.map(({ id }) => id).filter((id) => dimensions.includes(id))
  if (known.length === 0) throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'dimensions', message: 'joint.form.areas.missing' }] })
  const step = canAnswer(assessment, now)
  if (!step.ok) throw new AppError('STEP_NOT_AVAILABLE', { reason: `assessments.step.${step.reason}` })
  return inBoth(services, [assessment.city.id, other.cityId], async (db) => {
    requireArranging(person, assessment.city.id)
    return once(
      db,
      person,
      { key, operation: 'proposeJoint', body: { assessment: assessment.id, city, dimensions: known, note } },
      async () => {
        const id = await insertAgreement(db, {
          waveId: assessment.wave.id,
          leadAssessmentId: assessment.id,
          cityId: assessment.city.id,
          partnerAssessmentId: other.assessmentId,
          partnerCityId: other.cityId,
          dimensions: known,
          note,
          proposedAt: now,
          proposedBy: person.id,
        })
        if (id === null) throw new AppError('JOINT_EXISTS')
        await tellCity(db, other, { kind: 'joint-proposed', who: assessment.city.name }, person, now)
        await record(db, person, 'joint.proposed', assessment.city.id, id, { dimensions: known }, now)
        return { id }
      },
    )
  })
}

export interface AgreementKey {
  assessmentId: string
  id: string
}

/** An agreement that still holds, seen from the city of this assessment. @throws {AppError} JOINT_NOT_FOUND */
async function getAgreement(db: Db, person: Person, { assessmentId, id }: AgreementKey) {
  const agreement = await lockAgreement(db, id)
  const own = [agreement?.lead, agreement?.partner].find((side) => side?.assessmentId === assessmentId)
  if (agreement === null || own === undefined || !hasRoleIn(person, 'city-coordinator', own.cityId)) throw new AppError('JOINT_NOT_FOUND')
  if (agreement.endedAt !== null) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'joint.step.ended' })
  return { agreement, own, isLead: own === agreement.lead, other: own === agreement.lead ? agreement.partner : agreement.lead }
}

/** Runs work that concerns both cities: who is asked first is whether the person belongs to one of them. */
async function withBoth<T>(services: Services, person: Person, key: AgreementKey, work: (db: Db) => Promise<T>): Promise<T> {
  const cityIds = person.memberships.filter(({ role }) => role === 'city-coordinator').flatMap(({ cityId }) => cityId ?? [])
  const { agreement } = await inContext(services.db, { scope: 'city', cityIds }, (db) => getAgreement(db, person, key))
  return inBoth(services, [agreement.lead.cityId, agreement.partner.cityId], work)
}

/** Accepts, declines or ends. Only the asked city accepts; either ends. What was taken over stays. */
export function decideJoint(
  services: Services,
  person: Person,
  { decision, ...key }: AgreementKey & { decision: 'accept' | 'end' },
  now: Date,
): Promise<void> {
  return withBoth(services, person, key, async (db) => {
    const { agreement, own, isLead, other } = await getAgreement(db, person, key)
    if (decision === 'accept') {
      if (isLead || jointState(agreement) !== 'proposed') throw new AppError('STEP_NOT_AVAILABLE', { reason: 'joint.step.notYours' })
      await markAgreement(db, key.id, { acceptedAt: now, acceptedBy: person.id })
      await tellCity(db, other, { kind: 'joint-accepted', who: own.name }, person, now)
    } else await markAgreement(db, key.id, { endedAt: now, endedBy: person.id })
    await record(db, person, decision === 'accept' ? 'joint.accepted' : 'joint.ended', own.cityId, key.id, {}, now)
  })
}

/**
 * Hands the leading city's answers over: each becomes a suggestion that the other city takes over or not. The same words are not
 * handed over twice.
 * @returns how many
 */
export function handOverJoint(services: Services, person: Person, key: AgreementKey, now: Date): Promise<{ count: number }> {
  return withBoth(services, person, key, async (db) => {
    const { agreement, own, isLead, other } = await getAgreement(db, person, key)
    if (!isLead || jointState(agreement) !== 'accepted') throw new AppError('STEP_NOT_AVAILABLE', { reason: 'joint.step.notAccepted' })
    const assessment = (await findAssessment(db, own.assessmentId))!
    const instrument = await services.instruments.get(db, assessment.wave.instrumentVersionId)
    const ids = instrument.dimensions
      .filter(({ id }) => agreement.dimensions.includes(id))
      .flatMap((each) => questionsOfDimension(each).map(({ id }) => id))
    const lead = await getAnswers(db, own.assessmentId)
    const theirs = await getAnswers(db, other.assessmentId)
    const chosen = answersToHandOver(ids, lead, theirs, await getHandedOver(db, key.id))
    if (chosen.length === 0) return { count: 0 }
    await withdrawWaiting(db, key.id, chosen, now)
    const common = {
      assessmentId: other.assessmentId,
      cityId: other.cityId,
      origin: 'joint',
      jointId: key.id,
      suggestedBy: person.id,
      createdAt: now,
    }
    for (const questionId of chosen) {
      const answer = lead.get(questionId)!
      const baseVersion = theirs.get(questionId)?.version ?? 0
      await insertSuggestion(db, { ...common, ...pickFields(answer), questionId, language: answer.language, baseVersion })
    }
    await tellCity(db, other, { kind: 'joint-answer', who: own.name, count: chosen.length }, person, now)
    await record(db, person, 'joint.handed-over', own.cityId, key.id, { questions: chosen }, now)
    return { count: chosen.length }
  })
}

/**
 * Takes all joint answers over that replace no answer of the city's own.
 * @returns how many
 */
export async function takeOverJoint(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
  now: Date,
): Promise<{ count: number }> {
  const assessment = await getAssessment(db, person, assessmentId)
  requireArranging(person, assessment.city.id)
  const takeable = await listTakeable(db, assessmentId)
  for (const { id, version } of takeable) await acceptSuggestion(db, person, instruments, { assessmentId, id, version }, now)
  return { count: takeable.length }
}
