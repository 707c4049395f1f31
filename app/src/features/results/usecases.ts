import { type QuestionnaireScores, scoreSheet } from '@tessera/engine'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { hashOf } from '../../canonical.ts'
import { can, type Person } from '../../permissions.ts'
import { once } from '../../once.ts'
import { toEngineAnswers, type StoredAnswer } from '../assessments/answer.ts'
import { type Assessment, canSubmit, closedSince, questionStatuses, type QuestionStatus, type Step } from '../assessments/assessment.ts'
import { getAnswers, lockAssessment } from '../assessments/queries.ts'
import { type Exclusions, exclusionsOf, scopeProgress } from '../assessments/scope.ts'
import { getScopeStatements } from '../assessments/scope-queries.ts'
import { getAssessment, openWholeQuestionnaire } from '../assessments/usecases.ts'
import { isPending } from '../partners/partner.ts'
import { listSuggestions } from '../partners/suggestion-queries.ts'
import { isSignedByAnother, nextStep, type StepStatus } from '../signoff/signoff.ts'
import { readChain } from '../signoff/usecases.ts'
import { listTranslations } from '../translations/queries.ts'
import type { Head } from '../audit/audit.ts'
import { findEvent, recordEvent } from '../audit/queries.ts'
import { listCitations } from '../evidence/citation-queries.ts'
import { evidenceStates } from '../evidence/citation-usecases.ts'
import type { QuestionEvidence } from '../evidence/evidence.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { answersOf, changedQuestions, freezeContent, frozenExclusions, scoreFrozen } from './frozen.ts'
import { findFrozen, findNewestFrozen, type FrozenAssessment, insertFrozen, insertResults, markSubmitted } from './queries.ts'
import { type AssessmentScores, planOf, scoreAssessment, toAssessmentScores } from './results.ts'

/** Which answers are scored: those handed in last, or those of the working copy. */
export type Copy = 'handed-in' | 'current'

/** An assessment with the scores of one of its copies. */
export interface OpenedResult {
  assessment: Assessment
  instrument: Instrument
  copy: Copy
  /** The answers behind the scores. */
  answers: ReadonlyMap<string, StoredAnswer>
  /** The questions that these answers leave out, because another authority is responsible. */
  exclusions: Exclusions
  scores: AssessmentScores
  /** The same as the engine gave them. */
  exact: QuestionnaireScores
  /** The copy handed in last; null = none yet. */
  handedIn: Pick<FrozenAssessment, 'id' | 'contentHash' | 'frozenAt'> | null
  /** Questions answered differently since it was handed in. */
  changed: string[]
}

export interface ResultRequest {
  assessmentId: string
  /** Null = the instrument's default. */
  scheme: string | null
  /** Null = what was handed in, or the working copy as long as nothing was. */
  copy: Copy | null
}

/**
 * Scores of an assessment, with the answers behind them: three queries.
 * @throws {AppError} ASSESSMENT_NOT_FOUND; RESULT_NOT_FOUND when there is no such scheme or nothing was handed in
 */
export async function openResult(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, scheme, copy }: ResultRequest,
): Promise<OpenedResult> {
  const {
    assessment,
    instrument,
    answers: current,
    exclusions: currentExclusions,
  } = await openWholeQuestionnaire(db, person, instruments, assessmentId)
  if (!can(person, 'result.read', assessment.city.id).ok) throw new AppError('ASSESSMENT_NOT_FOUND')
  const frozen = await findNewestFrozen(db, assessmentId)
  const chosen = copy ?? (frozen === null ? 'current' : 'handed-in')
  if (chosen === 'handed-in' && frozen === null) throw new AppError('RESULT_NOT_FOUND')
  const answers = chosen === 'handed-in' && frozen !== null ? answersOf(frozen.content) : current
  const { schemeId, plan } = planOf(instrument, scheme)
  const exclusions = chosen === 'handed-in' && frozen !== null ? frozenExclusions(frozen.content) : currentExclusions
  const exact = scoreSheet(plan, toEngineAnswers(answers.values(), exclusions))
  return {
    assessment,
    instrument,
    answers,
    exclusions,
    copy: chosen,
    exact,
    scores: toAssessmentScores(schemeId, exact),
    handedIn: frozen && { id: frozen.id, contentHash: frozen.contentHash, frozenAt: frozen.frozenAt },
    changed: frozen === null ? [] : changedQuestions(frozen.content, current, currentExclusions),
  }
}

/** Whether it can be handed in, as far as the city's chain goes: every step has signed, and not this person alone. */
function stepWith(chain: readonly StepStatus[], person: Person, stepOf: (isSigned: boolean) => Step): Step {
  const step = stepOf(nextStep(chain) === null)
  return step.ok && !isSignedByAnother(chain, person.id) ? { ok: false, reason: 'own-signature' } : step
}

/** What the page before handing in shows. */
export interface SubmissionPreview {
  assessment: Assessment
  instrument: Instrument
  statuses: Map<string, QuestionStatus>
  scores: AssessmentScores
  handedIn: FrozenAssessment | null
  changed: string[]
  step: Step
  /** Who has to sign before, and how each step stands; empty = nobody. */
  chain: StepStatus[]
  evidence: Map<string, QuestionEvidence>
  /** Suggestions that nobody has decided about. */
  pendingSuggestions: number
  /** How many of the questions about responsibility are answered. */
  scope: { answered: number; all: number }
}

/** Whether it can be handed in, what is missing and what it would count; a constant number of queries. */
export async function previewSubmission(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
  now: Date,
): Promise<SubmissionPreview> {
  const opened = await openWholeQuestionnaire(db, person, instruments, assessmentId)
  const { assessment, instrument, answers, exclusions } = opened
  const { chain } = await readChain(db, opened)
  const statements = (await getScopeStatements(db, [assessmentId])).get(assessmentId)!
  const handedIn = await findNewestFrozen(db, assessmentId)
  const changed = handedIn === null ? [] : changedQuestions(handedIn.content, answers, exclusions)
  const statuses = questionStatuses(instrument, answers, exclusions)
  return {
    assessment,
    instrument,
    statuses,
    handedIn,
    changed,
    scores: scoreAssessment(instrument, toEngineAnswers(answers.values(), exclusions), null),
    chain,
    evidence: await evidenceStates(db, assessmentId, instrument, answers, exclusions, now),
    pendingSuggestions: (await listSuggestions(db, assessmentId)).filter(isPending).length,
    scope: scopeProgress(instrument, statements),
    step: stepWith(chain, person, (isSigned) => canSubmit(assessment, statuses, { changedSince: changed.length > 0, isSigned }, now)),
  }
}

/** What the city gets for handing in; plain JSON. */
export interface Receipt {
  id: string
  assessmentId: string
  /** SHA-256 over the canonical JSON of the frozen copy. */
  contentHash: string
  submittedAt: string
}

function requireStep(assessment: Assessment, step: Step, now: Date): void {
  if (step.ok) return
  if (step.reason === 'closed')
    throw new AppError('WAVE_CLOSED', { wave: assessment.wave.name, closedAt: closedSince(assessment.wave, now) })
  throw new AppError('STEP_NOT_AVAILABLE', { reason: `assessments.step.${step.reason}` })
}

/** The copy holds every citation, whoever may open the document. */
const everyCitation = { personId: null, guestId: null, seesConfidential: true, isPartner: false }

async function freeze(db: Db, person: Person, instruments: InstrumentStore, assessmentId: string, now: Date): Promise<Receipt> {
  await lockAssessment(db, assessmentId)
  const assessment = await getAssessment(db, person, assessmentId)
  const instrument = await instruments.get(db, assessment.wave.instrumentVersionId)
  const answers = await getAnswers(db, assessmentId)
  const statements = (await getScopeStatements(db, [assessmentId])).get(assessmentId)!
  const exclusions = exclusionsOf(instrument, statements)
  const translations = await listTranslations(db, assessmentId)
  const newest = await findNewestFrozen(db, assessmentId)
  const hasChanged = newest === null || changedQuestions(newest.content, answers, exclusions).length > 0
  const { chain } = await readChain(db, { assessment, whole: instrument, answers })
  const statuses = questionStatuses(instrument, answers, exclusions)
  const step = stepWith(chain, person, (isSigned) => canSubmit(assessment, statuses, { changedSince: hasChanged, isSigned }, now))
  requireStep(assessment, step, now)

  const { city, wave } = assessment
  const citations = await listCitations(db, assessmentId, everyCitation)
  const content = freezeContent({ assessment, instrument, answers, statements, translations, citations, chain, now })
  const contentHash = hashOf(content)
  const id = await insertFrozen(db, {
    assessmentId,
    cityId: city.id,
    waveId: wave.id,
    content,
    contentHash,
    frozenAt: now,
    frozenBy: person.id,
  })
  await markSubmitted(db, assessmentId, person.id, now)
  await insertResults(
    db,
    { frozenId: id, cityId: city.id, waveId: wave.id, instrumentVersionId: wave.instrumentVersionId },
    scoreFrozen(instrument, content, contentHash),
    now,
  )
  await recordEvent(db, {
    action: 'assessment.submitted',
    personId: person.id,
    cityId: city.id,
    subject: `assessment:${assessmentId}`,
    payload: { frozen: id, contentHash },
    now,
  })
  return { id, assessmentId, contentHash, submittedAt: now.toISOString() }
}

/**
 * Hands an assessment in: freezes a copy of all answers and stores its results under every weight scheme. While the wave is
 * open it can be handed in again after changes; the newest result counts.
 * @throws {AppError} NOT_ALLOWED, WAVE_CLOSED, STEP_NOT_AVAILABLE with the reason
 */
export async function submitAssessment(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, key }: { assessmentId: string; key: string },
  now: Date,
): Promise<Receipt> {
  const { city } = await getAssessment(db, person, assessmentId)
  const permission = can(person, 'assessment.submit', city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  return once(db, person, { key, operation: 'submitAssessment', body: { assessmentId } }, () =>
    freeze(db, person, instruments, assessmentId, now),
  )
}

/**
 * What a city keeps of having handed in, with the event in the record; null = the copy came with the demonstration.
 * @throws {AppError} ASSESSMENT_NOT_FOUND; RESULT_NOT_FOUND when there is no such submission
 */
export async function getReceipt(
  db: Db,
  person: Person,
  assessmentId: string,
  submissionId: string,
): Promise<{ assessment: Assessment; receipt: Receipt; event: Head | null }> {
  const assessment = await getAssessment(db, person, assessmentId)
  const frozen = await findFrozen(db, assessmentId, submissionId)
  if (frozen === null) throw new AppError('RESULT_NOT_FOUND')
  return {
    assessment,
    event: await findEvent(db, assessment.city.id, 'assessment.submitted', `assessment:${assessmentId}`, frozen.frozenAt),
    receipt: { id: frozen.id, assessmentId, contentHash: frozen.contentHash, submittedAt: frozen.frozenAt.toISOString() },
  }
}
