import { type AnswerFields, equalFields, pickFields, type StoredAnswer } from '../assessments/answer.ts'
import type { QuestionRules } from '../instrument/instrument.ts'
import type { EffectiveDecision } from '../reviews/effective.ts'

// What a review offers back to the city's working copy: an answer to take over, or advice. Nothing is taken over by itself.

/** Where the proposed answer comes from: given anew in reply to a query, or the one option that has the expert's points. */
export type ProposalSource = 'query' | 'option'

export interface Correction {
  questionId: string
  dimensionId: string
  decision: EffectiveDecision | null
  /** As it was handed in; version 0 = not answered. */
  handedIn: StoredAnswer
  /** As it stands now in the working copy; version 0 = not answered. */
  working: StoredAnswer
  /** Null = advice: no answer follows from the decision. */
  proposed: (AnswerFields & { language: string | null }) | null
  source: ProposalSource | null
  /** The city has changed the answer since it handed in. */
  isEdited: boolean
}

/** The single option with these points; null where there is none or several, or where several options can be chosen. */
function optionWith(question: QuestionRules, points: number): string | null {
  if (question.type === 'multiple') return null
  const fitting = question.options.filter((option) => option.points === points)
  return fitting.length === 1 ? fitting[0]!.id : null
}

/** Points of a chosen option; null for anything else. */
function pointsOf(question: QuestionRules, { options }: AnswerFields): number | null {
  if (question.type === 'multiple' || options === null) return null
  return question.options.find(({ id }) => id === options[0])?.points ?? null
}

/**
 * The answer that follows from a decision.
 * @param frozen the newest answer in the frozen copy's own line; version 1 = as it was handed in
 */
export function proposalOf(
  question: QuestionRules,
  decision: Pick<EffectiveDecision, 'decision' | 'points'> | null,
  frozen: StoredAnswer | undefined,
): { fields: AnswerFields; source: ProposalSource } | null {
  const isNew = frozen !== undefined && frozen.version >= 2
  const own = frozen === undefined ? null : pickFields(frozen)
  const points = decision?.decision === 'changed' ? decision.points : decision?.decision === 'not-supported' ? 0 : null
  if (points === null) return isNew ? { fields: own!, source: 'query' } : null
  if (isNew && pointsOf(question, own!) === points) return { fields: own!, source: 'query' }
  const option = optionWith(question, points)
  if (option === null) return null
  return { fields: { options: [option], missing: null, reason: null, explanation: own?.explanation ?? null }, source: 'option' }
}

export const isAboutPoints = ({ decision }: Pick<EffectiveDecision, 'decision'>): boolean =>
  decision === 'changed' || decision === 'not-supported'

/** Why an answer is to be corrected, for the record: what was decided about it in which words; a source alone = what the city itself said. */
export function reasonOf({ decision, source }: Pick<Correction, 'decision' | 'source'>) {
  if (decision === null) return { source }
  const { decision: kind, reasonCode, reportText, reason } = decision
  return { source, decision: kind, reasonCode, text: reason ?? reportText }
}

export interface CorrectionInput {
  question: QuestionRules
  dimensionId: string
  decision: EffectiveDecision | null
  /** With the version that it had in the working copy. */
  handedIn: StoredAnswer
  frozen: StoredAnswer | undefined
  working: StoredAnswer
}

/** What a question of the review offers; null = nothing, or the working copy says so already. */
export function correctionOf({ question, dimensionId, decision, handedIn, frozen, working }: CorrectionInput): Correction | null {
  const isNew = frozen !== undefined && frozen.version >= 2
  if (!isNew && (decision === null || !isAboutPoints(decision))) return null
  const found = proposalOf(question, decision, frozen)
  // of an option that follows from the points only the choice changes: the words stay as they stand now
  const isOption = found?.source === 'option'
  const proposal = isOption ? { ...found, fields: { ...found.fields, explanation: working.explanation } } : found
  if (proposal !== null && equalFields(proposal.fields, working)) return null
  return {
    questionId: question.id,
    dimensionId,
    decision,
    handedIn,
    working,
    proposed: proposal && { ...proposal.fields, language: (isOption ? working : frozen)?.language ?? null },
    source: proposal?.source ?? null,
    isEdited: working.version !== handedIn.version,
  }
}

export type MergeDecision = 'taken' | 'kept'

/** What somebody chose about one question, with the version of the working answer that they saw. */
export interface MergeChoice {
  questionId: string
  decision: MergeDecision
  version: number
}

/** Why a choice is refused; null = it can be carried out. stale: the answer is no longer the one seen. */
export type MergeObstacle = 'unknown' | 'decided' | 'advice' | 'stale' | 'edited'

/**
 * Whether a choice can be carried out. An answer that the city has changed since handing in is replaced only one by one, by whoever
 * has seen both side by side.
 * @param isOneByOne false = a whole area at once
 */
export function findMergeObstacle(
  correction: Correction | undefined,
  { decision, version }: MergeChoice,
  { isDecided, isOneByOne }: { isDecided: boolean; isOneByOne: boolean },
): MergeObstacle | null {
  if (isDecided) return 'decided'
  if (correction === undefined) return 'unknown'
  if (correction.working.version !== version) return 'stale'
  if (decision === 'kept') return null
  if (correction.proposed === null) return 'advice'
  return correction.isEdited && !isOneByOne ? 'edited' : null
}
