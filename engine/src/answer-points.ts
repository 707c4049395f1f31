import { ShapeError } from './errors.ts'
import { addFractions, compareFractions, type Fraction, fractionFrom, ZERO } from './fraction.ts'
import { type Answer, NONE_OPTION, type Question } from './questionnaire.ts'

/**
 * What a question counts as, once its condition is taken into account:
 * hiddenScoredZero: the parent was answered otherwise, a known "no" (earns nothing, points stay obtainable);
 * hiddenNotApplicable: the parent is not applicable (drops out with it);
 * hiddenOpen: the parent is not known or not answered (open, as it is).
 */
export type QuestionState =
  | 'answered'
  | 'notApplicable'
  | 'notKnown'
  | 'notAnswered'
  | 'hiddenScoredZero'
  | 'hiddenNotApplicable'
  | 'hiddenOpen'

/** State of a question, and the points that its answer earns: 0 in every state but `answered`. */
export interface AnswerPoints {
  readonly state: QuestionState
  readonly points: Fraction
}

/** Whether points are still to be won or lost: not known, not answered, or hidden below such a question. */
export function isOpen(state: QuestionState): boolean {
  return state === 'notKnown' || state === 'notAnswered' || state === 'hiddenOpen'
}

/** Whether the question counts at all; if not, it drops out and the other weights are rescaled. */
export function isApplicable(state: QuestionState): boolean {
  return state !== 'notApplicable' && state !== 'hiddenNotApplicable'
}

/**
 * State and points of every question. A question that the map does not name is not answered. What a hidden question
 * was answered earlier is kept by the caller and does not count here, but is checked like every answer.
 * @param questions a sound questionnaire's (see `checkQuestionnaire`), by id
 * @throws {ShapeError} when an answer names a question or option that does not exist, has no option or more than one where
 *   one is due, repeats an option, joins `none` with others, or is "not applicable" where that is not allowed
 */
export function resolveAnswers(questions: ReadonlyMap<string, Question>, answers: ReadonlyMap<string, Answer>): Map<string, AnswerPoints> {
  for (const [id, answer] of answers) {
    const question = questions.get(id)
    if (question === undefined) throw new ShapeError(`Answer to ${id}: there is no such question in this questionnaire.`)
    checkAnswer(question, answer)
  }
  const resolved = new Map<string, AnswerPoints>()
  for (const question of questions.values()) resolve(question, questions, answers, resolved)
  return resolved
}

const NOT_ANSWERED: Answer = { kind: 'notAnswered' }

function resolve(
  question: Question,
  questions: ReadonlyMap<string, Question>,
  answers: ReadonlyMap<string, Answer>,
  resolved: Map<string, AnswerPoints>,
): AnswerPoints {
  const known = resolved.get(question.id)
  if (known !== undefined) return known
  const parent = question.visibleIf === null ? undefined : questions.get(question.visibleIf.question)
  const parentState = parent === undefined ? null : resolve(parent, questions, answers, resolved).state
  const parentAnswer = parent === undefined ? NOT_ANSWERED : (answers.get(parent.id) ?? NOT_ANSWERED)
  const hidden = parentState === null ? null : hiddenState(question, parentState, parentAnswer)
  const answer = answers.get(question.id) ?? NOT_ANSWERED
  const result: AnswerPoints =
    hidden !== null
      ? { state: hidden, points: ZERO }
      : { state: answer.kind, points: answer.kind === 'answered' ? pointsFor(question, answer.options) : ZERO }
  resolved.set(question.id, result)
  return result
}

/** Null when the question is shown. A question below a hidden one inherits what its parent counts as. */
function hiddenState(question: Question, parentState: QuestionState, parentAnswer: Answer): QuestionState | null {
  if (!isApplicable(parentState)) return 'hiddenNotApplicable'
  if (isOpen(parentState)) return 'hiddenOpen'
  if (parentState === 'hiddenScoredZero') return 'hiddenScoredZero'
  const chosen = parentAnswer.kind === 'answered' ? parentAnswer.options : []
  return chosen.some((option) => question.visibleIf?.options.includes(option)) ? null : 'hiddenScoredZero'
}

/** Sum of the chosen options' points, at most the question's max. */
function pointsFor(question: Question, chosen: readonly string[]): Fraction {
  const sum = question.options
    .filter((option) => chosen.includes(option.id))
    .reduce((total, option) => addFractions(total, fractionFrom(option.points)), ZERO)
  const max = fractionFrom(question.max)
  return compareFractions(sum, max) > 0 ? max : sum
}

function checkAnswer(question: Question, answer: Answer): void {
  const refuse = (rule: string): never => {
    throw new ShapeError(`Answer to ${question.id}: ${rule}`)
  }
  if (answer.kind === 'notKnown' || answer.kind === 'notAnswered') return
  if (answer.kind === 'notApplicable') {
    if (!question.allowsNotApplicable) refuse('"not applicable" is not allowed for this question; choose an option, or "not known".')
    return
  }
  if (answer.kind !== 'answered') refuse(`"${String((answer as { kind: unknown }).kind)}" is no kind of answer.`)
  const { options } = answer
  const unknown = options.find((id) => !question.options.some((option) => option.id === id))
  const choices = question.options.map((option) => option.id).join(', ')
  if (unknown !== undefined) refuse(`option "${unknown}" does not exist; choose from ${choices}.`)
  if (options.length === 0) refuse(`it counts as answered but no option is chosen; choose from ${choices}, or leave it "not answered".`)
  const repeatedOption = options.find((id, i) => options.indexOf(id) !== i)
  if (repeatedOption !== undefined) refuse(`option "${repeatedOption}" is chosen twice; name each option once.`)
  if (question.type !== 'multiple' && options.length > 1) {
    refuse(`options ${options.map((id) => `"${id}"`).join(' and ')} are chosen, but a ${question.type} question takes exactly one.`)
  }
  if (question.type === 'multiple' && options.length > 1 && options.includes(NONE_OPTION)) {
    refuse(`option "${NONE_OPTION}" is chosen together with others; it stands alone.`)
  }
}
