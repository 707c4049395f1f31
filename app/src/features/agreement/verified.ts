import { type ElementScore, ENGINE_VERSION } from '@tessera/engine'
import { hashOf } from '../../canonical.ts'
import type { Instrument } from '../instrument/instrument.ts'
import { dimensionElement, indicatorElement } from '../results/elements.ts'
import { answersDecided, type EffectiveDecision, type ScoredCopy, scoreReviewed, toVerified } from '../reviews/effective.ts'
import type { Review, Stage } from '../reviews/review.ts'

// What is published of a review: verified scores under every weight scheme, bound to the frozen copy, the decisions and the method.

/** Verified scores under one scheme, in the order: indices, areas, indicators. NaN = nothing reviewed. */
export interface VerifiedRow {
  scheme: string
  engineVersion: string
  /** SHA-256 over frozen hash, the answers that count, decisions, scheme and engine. */
  inputsHash: string
  elements: string[]
  scores: number[]
  verifiedShares: number[]
  exactScores: string[]
}

/** SHA-256 over the decisions that count. */
export const hashOfDecisions = (decisions: ReadonlyMap<string, EffectiveDecision>): string =>
  hashOf(
    [...decisions.values()].map(({ questionId, answerVersion, decision, points, source }) => ({
      questionId,
      answerVersion,
      decision,
      points,
      source,
    })),
  )

/** @param frozenHash hash of the copy that was reviewed */
export function verifiedRows(
  copy: ScoredCopy & { instrument: Instrument },
  decisions: ReadonlyMap<string, EffectiveDecision>,
  frozenHash: string,
): VerifiedRow[] {
  const answers = [...answersDecided(copy, decisions).values()].map(({ questionId, version }) => ({ questionId, version }))
  const decided = hashOfDecisions(decisions)
  return copy.instrument.schemes.map(({ id: scheme }) => {
    const { indices, dimensions, indicators } = scoreReviewed(copy, decisions, scheme)
    const cells: [string, ElementScore][] = [
      ['core', indices.core],
      ['extended', indices.extended],
      ...[...dimensions].map(([id, element]): [string, ElementScore] => [dimensionElement(id), element]),
      ...[...indicators].map(([id, element]): [string, ElementScore] => [indicatorElement(id), element]),
    ]
    const levels = cells.map(([, element]) => toVerified(element))
    return {
      scheme,
      engineVersion: ENGINE_VERSION,
      inputsHash: hashOf({ contentHash: frozenHash, answers, decisions: decided, scheme, engine: ENGINE_VERSION }),
      elements: cells.map(([element]) => element),
      scores: levels.map(({ score }) => score ?? NaN),
      verifiedShares: levels.map(({ share }) => share ?? NaN),
      exactScores: levels.map(({ exact }) => exact.score ?? ''),
    }
  })
}

/** SHA-256 over every figure of a result, for the event of its publication: whoever alters one later is found out. */
export const verifiedFiguresHash = ({
  elements,
  exactScores,
  scores,
  verifiedShares,
}: Omit<VerifiedRow, 'scheme' | 'engineVersion' | 'inputsHash'>): string =>
  hashOf({ elements, exactScores, figures: [scores, verifiedShares].map((figures) => figures.map(String)) })

/** What stands against a step; the page says it in words. */
export type Obstacle =
  | 'role'
  | 'not-closed'
  | 'not-signed-by-experts'
  | 'unsettled'
  | 'grace'
  | 'signed'
  | 'not-signed'
  | 'published'
  | 'same-person'
  | 'own-work'
  | 'method'

export interface SigningFacts {
  stage: Stage
  review: Pick<Review, 'graceUntil' | 'signedBy'>
  areRevealed: boolean
  unsettled: number
  personId: string
  mayAct: boolean
  /** The person has worked on the review as an expert. */
  isWorker: boolean
}

/**
 * Why the evaluation cannot be signed; null = it can.
 * @param endsGrace the lead says that nothing will be mended any more
 */
export function signingObstacle(facts: SigningFacts, endsGrace: boolean, now: Date): Obstacle | null {
  const { stage, review, mayAct, isWorker } = facts
  if (!mayAct) return 'role'
  if (isWorker) return 'own-work'
  if (stage === 'signed' || stage === 'published') return 'signed'
  if (stage !== 'closed') return 'not-closed'
  if (!facts.areRevealed) return 'not-signed-by-experts'
  if (facts.unsettled > 0) return 'unsettled'
  return !endsGrace && review.graceUntil !== null && review.graceUntil > now ? 'grace' : null
}

/** Why the verified result cannot be published; null = it can. @param isSameMethod the method of today is the registered one */
export function publishingObstacle(facts: SigningFacts, isSameMethod: boolean): Obstacle | null {
  const { stage, review, personId, mayAct, isWorker } = facts
  if (!mayAct) return 'role'
  if (stage === 'published') return 'published'
  if (stage !== 'signed') return 'not-signed'
  if (isWorker) return 'own-work'
  if (review.signedBy === personId) return 'same-person'
  if (facts.unsettled > 0 || !facts.areRevealed) return 'unsettled'
  return isSameMethod ? null : 'method'
}
