import { type AnswerPoints, isApplicable, isOpen } from './answer-points.ts'
import { ShapeError } from './errors.ts'
import { equalFractions, type Fraction, fractionFrom, ZERO } from './fraction.ts'
import type { Question } from './questionnaire.ts'

/** What an expert decides about one answer. */
export type ReviewDecision =
  /** The city's points stand. */
  | { readonly kind: 'agreed' }
  | { readonly kind: 'agreedWithNote' }
  /** The expert's points count instead: 0 to the question's max. */
  | { readonly kind: 'changed'; readonly points: number }
  /** Nothing is earned; also how a "not applicable" is refused. */
  | { readonly kind: 'notSupported' }
  /** Nothing is settled: the question is open in the verified score. */
  | { readonly kind: 'needMore' }

/** What a reviewed question counts as in the verified score. */
export type VerifiedPoints =
  | { readonly kind: 'points'; readonly points: Fraction }
  | { readonly kind: 'open' }
  | { readonly kind: 'notApplicable' }

/**
 * What every question counts as after review; null = not reviewed.
 * A hidden question needs no decision of its own: it is reviewed with its parent. If the parent's verified points belong
 * only to options that do not show it (or the parent is refused), it earns nothing; if the expert gave the parent points
 * that would have shown it, nobody has answered it and it is open; open and not applicable are inherited.
 * @param resolved every question's state and points, as `resolveAnswers` gives them
 * @throws {ShapeError} when a decision names a question that does not exist, or is of no known kind
 * @throws {RangeError} when changed points lie outside 0 to max
 */
export function resolveReviews(
  questions: ReadonlyMap<string, Question>,
  resolved: ReadonlyMap<string, AnswerPoints>,
  reviews: ReadonlyMap<string, ReviewDecision>,
): Map<string, VerifiedPoints | null> {
  for (const id of reviews.keys()) {
    if (!questions.has(id)) throw new ShapeError(`Review of ${id}: there is no such question in this questionnaire.`)
  }
  const verified = new Map<string, VerifiedPoints | null>()
  const verify = (question: Question): VerifiedPoints | null => {
    const known = verified.get(question.id)
    if (known !== undefined) return known
    const own = resolved.get(question.id)
    const decision = reviews.get(question.id)
    const parent = question.visibleIf === null ? undefined : questions.get(question.visibleIf.question)
    let result: VerifiedPoints | null = null
    if (own !== undefined && decision !== undefined) result = applyDecision(question, own, decision)
    else if (own !== undefined && parent !== undefined && own.state.startsWith('hidden')) {
      result = inheritReview(question, parent, verify(parent), reviews.get(parent.id))
    }
    verified.set(question.id, result)
    return result
  }
  for (const question of questions.values()) verify(question)
  return verified
}

/** The city's own answer as it counts when an expert agrees with it. */
function asAnswered({ state, points }: AnswerPoints): VerifiedPoints {
  if (!isApplicable(state)) return { kind: 'notApplicable' }
  return isOpen(state) ? { kind: 'open' } : { kind: 'points', points }
}

function applyDecision(question: Question, own: AnswerPoints, decision: ReviewDecision): VerifiedPoints {
  switch (decision.kind) {
    case 'agreed':
    case 'agreedWithNote':
      return asAnswered(own)
    case 'changed':
      if (!(decision.points >= 0 && decision.points <= question.max)) {
        throw new RangeError(`Review of ${question.id}: ${decision.points} points; changed points lie between 0 and ${question.max}.`)
      }
      return { kind: 'points', points: fractionFrom(decision.points) }
    case 'notSupported':
      return { kind: 'points', points: ZERO }
    case 'needMore':
      return { kind: 'open' }
    default:
      throw new ShapeError(`Review of ${question.id}: "${String((decision as { kind: unknown }).kind)}" is no kind of decision.`)
  }
}

function inheritReview(
  question: Question,
  parent: Question,
  parentVerified: VerifiedPoints | null,
  parentDecision: ReviewDecision | undefined,
): VerifiedPoints | null {
  if (parentVerified === null || parentVerified.kind !== 'points') return parentVerified
  // Where the parent's own answer stands, or the parent is hidden too, the condition is known to fail.
  const isChanged = parentDecision?.kind === 'changed' || parentDecision?.kind === 'notSupported'
  return isChanged && couldShow(question, parent, parentVerified.points) ? { kind: 'open' } : { kind: 'points', points: ZERO }
}

/** Whether a parent with these points may have been answered so that the question is asked. */
function couldShow(question: Question, parent: Question, points: Fraction): boolean {
  const fitting = parent.options.filter((option) => equalFractions(fractionFrom(option.points), points))
  if (parent.type === 'multiple' || fitting.length === 0) return !equalFractions(points, ZERO)
  return fitting.some((option) => question.visibleIf?.options.includes(option.id))
}
