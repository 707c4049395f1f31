import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import { can, type Person } from '../../permissions.ts'
import { type Assessment, canAnswer } from '../assessments/assessment.ts'
import { scopeVersion } from '../assessments/scope.ts'
import { getScopeStatements } from '../assessments/scope-queries.ts'
import { lockAssessment } from '../assessments/queries.ts'
import { openWholeQuestionnaire, type OpenedQuestionnaire } from '../assessments/usecases.ts'
import { type Holder, listHolders } from '../accounts/membership-queries.ts'
import { findLastTime, recordEvent } from '../audit/queries.ts'
import type { City } from '../cities/city.ts'
import { getCity } from '../cities/usecases.ts'
import { findQuestion, type Instrument } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import type { NoticeSubject } from '../notices/notice.ts'
import { tellAll, tellCoordinators } from '../notices/telling.ts'
import {
  endStep,
  getOldAnswers,
  insertSignOff,
  insertStep,
  listSignOffs,
  listSteps,
  lockSteps,
  type OldAnswer,
  setPosition,
  updateStep,
} from './queries.ts'
import {
  canDecide,
  chainStatus,
  hashOfVersions,
  nextStep,
  scopeKey,
  type SignOff,
  type SignOffStep,
  type StepStatus,
  versionsFor,
} from './signoff.ts'

/** An assessment with the state of its chain. */
export interface OpenedSignOff extends OpenedQuestionnaire {
  chain: StepStatus[]
  decisions: SignOff[]
  approvers: Holder[]
  /** Since when the next step is asked for what it has not decided yet; null = not asked, or nobody is next. */
  askedAt: Date | null
}

/** Chain and decisions for a questionnaire that is open already: three queries. */
export async function readChain(
  db: Db,
  { assessment, whole, answers }: { assessment: Assessment; whole: Instrument; answers: ReadonlyMap<string, { version: number }> },
): Promise<{ chain: StepStatus[]; decisions: SignOff[] }> {
  const steps = await listSteps(db, assessment.city.id)
  if (steps.length === 0) return { chain: [], decisions: [] }
  const decisions = await listSignOffs(db, assessment.id)
  const scope = scopeVersion((await getScopeStatements(db, [assessment.id])).get(assessment.id)!)
  return { chain: chainStatus(steps, decisions, (step) => versionsFor(whole, step.dimensions, answers, scope)), decisions }
}

/** @throws {AppError} NOT_ALLOWED for a contributor who reads only what is theirs */
export async function openSignOff(db: Db, person: Person, instruments: InstrumentStore, assessmentId: string): Promise<OpenedSignOff> {
  const opened = await openWholeQuestionnaire(db, person, instruments, assessmentId)
  const approvers = await listHolders(db, 'approver', opened.assessment.city.id)
  const read = await readChain(db, opened)
  return { ...opened, ...read, approvers, askedAt: await findAskedAt(db, opened.assessment, nextStep(read.chain)) }
}

const asked = 'sign-off.asked'
const subjectOf = (assessmentId: string, stepId: string) => `sign-off:${assessmentId}/${stepId}`

/** Since when the next step is asked for what it has not decided yet; null = not asked. */
export async function findAskedAt(db: Db, { id, city }: Assessment, next: StepStatus | null): Promise<Date | null> {
  if (next === null) return null
  const at = await findLastTime(db, city.id, asked, subjectOf(id, next.step.id))
  return at === null || (next.last !== null && next.last.decidedAt >= at) ? null : at
}

/** The page of one step: what changed since this step last decided, with the words of then. */
export interface OpenedStep extends OpenedSignOff {
  status: StepStatus
  before: Map<string, OldAnswer>
}

export async function openStep(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
  stepId: string,
): Promise<OpenedStep> {
  const opened = await openSignOff(db, person, instruments, assessmentId)
  const status = opened.chain.find(({ step }) => step.id === stepId)
  if (status === undefined) throw new AppError('SIGN_OFF_STEP_NOT_FOUND')
  const then = Object.entries(status.last?.versions ?? {}).filter(([id]) => id !== scopeKey && status.changed.includes(id))
  return { ...opened, status, before: await getOldAnswers(db, assessmentId, then) }
}

export interface DecisionRequest {
  assessmentId: string
  stepId: string
  decision: 'signed' | 'sent-back'
  /** Needed when it is sent back. */
  note: string | null
  /** A single question that is sent back. */
  questionId: string | null
  /** Hash of what the person saw; another one now is refused, so that nobody signs what they have not seen. */
  contentHash: string
  key: string
}

/**
 * Signs what stands now, or sends it back with a sentence.
 * @throws {AppError} SIGN_OFF_CHANGED when an answer changed since the page was opened; STEP_NOT_AVAILABLE with the reason
 */
export async function decideStep(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  request: DecisionRequest,
  now: Date,
): Promise<{ id: string }> {
  const { assessmentId, stepId, decision, note, questionId, contentHash, key } = request
  await lockAssessment(db, assessmentId)
  const opened = await openStep(db, person, instruments, assessmentId, stepId)
  const { assessment, whole, status } = opened
  const permission = can(person, 'answers.sign', assessment.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  const body = { assessmentId, stepId, decision, note, questionId }
  return once(db, person, { key, operation: 'decideSignOff', body }, async () => {
    requireStep(opened, person, now)
    if (questionId !== null && findQuestion(whole, questionId) === null) throw new AppError('QUESTION_NOT_FOUND', { question: questionId })
    if (hashOfVersions(status.versions) !== contentHash) throw new AppError('SIGN_OFF_CHANGED')
    const cityId = assessment.city.id
    const row = { assessmentId, cityId, stepId, decision, note, questionId, contentHash, versions: status.versions }
    const id = await insertSignOff(db, { ...row, decidedAt: now, decidedBy: person.id })
    await tell(db, person, opened, request, now)
    await recordEvent(db, {
      action: decision === 'signed' ? 'answers.signed' : 'answers.sent-back',
      personId: person.id,
      cityId,
      subject: subjectOf(assessmentId, stepId),
      payload: { contentHash, note, questionId },
      now,
    })
    return { id }
  })
}

function requireStep({ assessment, status }: OpenedStep, person: Person, now: Date): void {
  const open = canAnswer(assessment, now)
  if (!open.ok) throw new AppError('STEP_NOT_AVAILABLE', { reason: `assessments.step.${open.reason}` })
  const step = canDecide(status, person.id)
  if (!step.ok) throw new AppError('STEP_NOT_AVAILABLE', { reason: `signoff.step.${step.reason}` })
}

const aboutSignOff = ({ assessment }: OpenedSignOff) => ({ cityId: assessment.city.id, address: `/assessments/${assessment.id}/sign-off` })

/** Coordinators hear of every decision; whoever signs next hears that it is their turn. */
async function tell(db: Db, person: Person, opened: OpenedStep, { decision, note, questionId }: DecisionRequest, now: Date): Promise<void> {
  const { status } = opened
  const subject: NoticeSubject = {
    who: person.name,
    step: status.step.name,
    ...(questionId && { question: questionId }),
    ...(note && { note: note.slice(0, 200) }),
  }
  const kind = decision === 'signed' ? ('answers-signed' as const) : ('answers-sent-back' as const)
  await tellCoordinators(db, { ...aboutSignOff(opened), kind, subject }, person.id, now)
  if (decision === 'sent-back') return
  const later = opened.chain[opened.chain.indexOf(status) + 1]
  if (later !== undefined) await askStep(db, opened, later.step, person, now)
}

async function askStep(db: Db, opened: OpenedSignOff, step: SignOffStep, person: Person, now: Date): Promise<void> {
  const readers = step.person === null ? opened.approvers.map(({ id }) => id) : [step.person.id]
  const subject = { who: person.name, step: step.name }
  await tellAll(db, readers, { ...aboutSignOff(opened), kind: 'sign-off-asked', subject }, person.id, now)
  const { id, city } = opened.assessment
  await recordEvent(db, { action: asked, personId: person.id, cityId: city.id, subject: subjectOf(id, step.id), payload: {}, now })
}

/**
 * Tells whoever is next that their signature is asked for.
 * @throws {AppError} STEP_NOT_AVAILABLE when nobody is left, or what was sent back has not been changed
 */
export async function askForSignOff(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, key }: { assessmentId: string; key: string },
  now: Date,
): Promise<{ step: string }> {
  const opened = await openSignOff(db, person, instruments, assessmentId)
  const cityId = opened.assessment.city.id
  const permission = can(person, 'city.arrange', cityId)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  return once(db, person, { key, operation: 'askForSignOff', body: { assessmentId } }, async () => {
    const next = nextStep(opened.chain)
    if (next === null) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'signoff.step.nobody-left' })
    if (next.state === 'sent-back') throw new AppError('STEP_NOT_AVAILABLE', { reason: 'signoff.step.nothing-changed' })
    await askStep(db, opened, next.step, person, now)
    return { step: next.step.id }
  })
}

/** The chain of a city, for whoever arranges its work. */
export async function openChain(db: Db, person: Person, slug: string): Promise<{ city: City; steps: SignOffStep[]; approvers: Holder[] }> {
  const city = await arrangedCity(db, person, slug)
  return { city, steps: await listSteps(db, city.id), approvers: await listHolders(db, 'approver', city.id) }
}

async function arrangedCity(db: Db, person: Person, slug: string): Promise<City> {
  const city = await getCity(db, slug)
  const permission = can(person, 'city.arrange', city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  return city
}

export interface StepInput {
  name: string
  personId: string | null
  dimensions: string[] | null
}

export const maximumSteps = 8

async function requireApprover(db: Db, cityId: string, personId: string | null): Promise<void> {
  if (personId === null) return
  const approvers = await listHolders(db, 'approver', cityId)
  if (!approvers.some(({ id }) => id === personId))
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'personId', message: 'signoff.form.person.unknown' }] })
}

async function recordChain(db: Db, person: Person, cityId: string, action: string, payload: object, now: Date): Promise<void> {
  await recordEvent(db, { action, personId: person.id, cityId, subject: `sign-off-chain:${cityId}`, payload, now })
}

/** Adds a step at the end of the chain. @throws {AppError} SIGN_OFF_TOO_LONG after eight */
export async function addStep(
  db: Db,
  person: Person,
  { slug, key, ...input }: StepInput & { slug: string; key: string },
  now: Date,
): Promise<{ id: string }> {
  const city = await arrangedCity(db, person, slug)
  await requireApprover(db, city.id, input.personId)
  return once(db, person, { key, operation: 'addSignOffStep', body: { slug, ...input } }, async () => {
    const steps = await lockSteps(db, city.id)
    if (steps.length >= maximumSteps) throw new AppError('SIGN_OFF_TOO_LONG', { most: maximumSteps })
    const position = (steps.at(-1)?.position ?? 0) + 1
    const id = await insertStep(db, { ...input, cityId: city.id, position, createdBy: person.id, createdAt: now })
    await recordChain(db, person, city.id, 'sign-off-chain.step-added', { id, ...input }, now)
    return { id }
  })
}

async function getStep(db: Db, person: Person, slug: string, stepId: string) {
  const city = await arrangedCity(db, person, slug)
  const steps = await lockSteps(db, city.id)
  const step = steps.find(({ id }) => id === stepId)
  if (step === undefined) throw new AppError('SIGN_OFF_STEP_NOT_FOUND')
  return { city, steps, step }
}

/** @throws {AppError} SIGN_OFF_CHAIN_CHANGED when it is no longer the version seen */
export async function changeStep(
  db: Db,
  person: Person,
  { slug, stepId, version, ...input }: StepInput & { slug: string; stepId: string; version: number },
  now: Date,
): Promise<void> {
  const { city } = await getStep(db, person, slug, stepId)
  await requireApprover(db, city.id, input.personId)
  if (!(await updateStep(db, stepId, version, input))) throw new AppError('SIGN_OFF_CHAIN_CHANGED')
  await recordChain(db, person, city.id, 'sign-off-chain.step-changed', { id: stepId, ...input }, now)
}

/** Takes a step out of the chain, or moves it one place forward. What was signed stays on record. */
export async function arrangeStep(
  db: Db,
  person: Person,
  { slug, stepId, action }: { slug: string; stepId: string; action: 'remove' | 'earlier' },
  now: Date,
): Promise<void> {
  const { city, steps, step } = await getStep(db, person, slug, stepId)
  if (action === 'remove') await endStep(db, stepId, now)
  else {
    const before = steps[steps.indexOf(step) - 1]
    if (before === undefined) return
    await setPosition(db, step.id, before.position)
    await setPosition(db, before.id, step.position)
  }
  await recordChain(db, person, city.id, `sign-off-chain.step-${action === 'remove' ? 'removed' : 'moved'}`, { id: stepId }, now)
}
