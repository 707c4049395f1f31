import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, citiesOf, hasRoleIn, type PartnerRight, partnerRights, type Person } from '../../permissions.ts'
import { type Assessment, progressOf, questionStatuses, type Progress } from '../assessments/assessment.ts'
import { getAnswersOf } from '../assessments/home-queries.ts'
import { homeState, type HomeState } from '../assessments/home.ts'
import { findAnswer, listAssessments } from '../assessments/queries.ts'
import { exclusionsOf } from '../assessments/scope.ts'
import { getScopeStatements } from '../assessments/scope-queries.ts'
import { getQuestion, openWholeQuestionnaire, type OpenedQuestionnaire } from '../assessments/usecases.ts'
import { recordEvent } from '../audit/queries.ts'
import type { City } from '../cities/city.ts'
import { getCity } from '../cities/usecases.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { addNotices } from '../notices/queries.ts'
import { type CityPartner, type PrecheckMark, silentDays } from './partner.ts'
import { getActivity, getMarks, grantRight, listPartners, lockPartner, revokeRight, writeMark } from './queries.ts'

function requireArranging(person: Person, cityId: string): void {
  const permission = can(person, 'city.arrange', cityId)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
}

/** Technical partners of a city and what each may do. */
export async function openPartners(db: Db, person: Person, slug: string): Promise<{ city: City; partners: CityPartner[] }> {
  const city = await getCity(db, slug)
  requireArranging(person, city.id)
  return { city, partners: await listPartners(db, city.id) }
}

/**
 * Sets what a technical partner may do in the city; what is not listed is revoked, at once.
 * @throws {AppError} MEMBERSHIP_NOT_FOUND for somebody who is no partner of this city
 */
export async function setPartnerRights(
  db: Db,
  person: Person,
  { slug, membershipId, rights, now }: { slug: string; membershipId: string; rights: readonly PartnerRight[]; now: Date },
): Promise<void> {
  const city = await getCity(db, slug)
  requireArranging(person, city.id)
  const partner = await lockPartner(db, city.id, membershipId)
  if (partner === null) throw new AppError('MEMBERSHIP_NOT_FOUND')
  const before = (await listPartners(db, city.id)).find((each) => each.membershipId === membershipId)!.rights.map(({ right }) => right)
  const granted = partnerRights.filter((right) => rights.includes(right) && !before.includes(right))
  const revoked = before.filter((right) => !rights.includes(right))
  if (granted.length + revoked.length === 0) return
  for (const right of granted) await grantRight(db, { membershipId, cityId: city.id, right, grantedBy: person.id, now })
  for (const right of revoked) await revokeRight(db, membershipId, right, person.id, now)
  const notice = { personId: partner.personId, cityId: city.id, kind: 'rights-changed' as const, subject: { who: person.name } }
  await addNotices(db, [{ ...notice, address: '/caseload' }], person.id, now)
  await recordEvent(db, {
    action: 'partner.rights-set',
    personId: person.id,
    cityId: city.id,
    subject: `membership:${membershipId}`,
    payload: { granted, revoked },
    now,
  })
}

/** One city in a partner's caseload: the assessment of the newest wave. */
export interface CaseloadEntry {
  assessment: Assessment
  rights: readonly PartnerRight[]
  state: HomeState
  progress: Progress
  /** Days since the last saved answer; null = none yet. */
  silentDays: number | null
  pendingSuggestions: number
  openThreads: number
}

/** The cities that a technical partner accompanies: six queries, whatever their number. */
export async function openCaseload(db: Db, person: Person, instruments: InstrumentStore, now: Date): Promise<CaseloadEntry[]> {
  const cityIds = citiesOf(person).filter((cityId) => hasRoleIn(person, 'technical-partner', cityId))
  const all = cityIds.length === 0 ? [] : await listAssessments(db, cityIds)
  const newest = all.filter((each, i) => all.findIndex(({ city }) => city.id === each.city.id) === i)
  const ids = newest.map(({ id }) => id)
  const answers = await getAnswersOf(db, ids)
  const statements = await getScopeStatements(db, ids)
  const activity = await getActivity(db, ids)
  const entries: CaseloadEntry[] = []
  for (const assessment of newest) {
    const instrument = await instruments.get(db, assessment.wave.instrumentVersionId)
    const progress = progressOf(
      questionStatuses(instrument, answers.get(assessment.id)!, exclusionsOf(instrument, statements.get(assessment.id)!)).values(),
    )
    const { lastSavedAt, pendingSuggestions, openThreads } = activity.get(assessment.id)!
    const { rights } = person.memberships.find((m) => m.role === 'technical-partner' && m.cityId === assessment.city.id)!
    entries.push({
      assessment,
      rights,
      progress,
      state: homeState(assessment, progress, now),
      silentDays: silentDays(lastSavedAt, now),
      pendingSuggestions,
      openThreads,
    })
  }
  return entries
}

/** The readiness sheet: every answer with the partner's mark. */
export async function openPrecheck(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
): Promise<OpenedQuestionnaire & { marks: Map<string, PrecheckMark> }> {
  const opened = await openWholeQuestionnaire(db, person, instruments, assessmentId)
  return { ...opened, marks: await getMarks(db, assessmentId) }
}

export interface MarkRequest {
  assessmentId: string
  questionId: string
  mark: PrecheckMark['mark']
  remark: string | null
  /** Version of the mark that was seen; 0 = none. */
  version: number
}

/**
 * Marks an answer as ready or as needing work, for the version it has now.
 * @throws {AppError} PRECHECK_CHANGED when somebody else marked it meanwhile
 */
export async function markAnswer(db: Db, person: Person, instruments: InstrumentStore, request: MarkRequest, now: Date): Promise<void> {
  const { assessmentId, questionId, mark, remark, version } = request
  const { assessment } = await getQuestion(db, person, instruments, assessmentId, questionId)
  const permission = can(person, 'answer.precheck', assessment.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  const answer = await findAnswer(db, assessmentId, questionId)
  const cityId = assessment.city.id
  const answerVersion = answer?.version ?? 0
  const row = { assessmentId, questionId, cityId, mark, remark, answerVersion, markedBy: person.id, markedAt: now }
  if (!(await writeMark(db, version, row))) throw new AppError('PRECHECK_CHANGED')
  await recordEvent(db, {
    action: 'answer.prechecked',
    personId: person.id,
    cityId,
    subject: `answer:${assessmentId}/${questionId}`,
    payload: { mark, remark, answerVersion },
    now,
  })
}
