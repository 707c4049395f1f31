import { NONE_OPTION, type Question, type Questionnaire, type WeightScheme } from './questionnaire.ts'

/** Every question of a questionnaire, in its order. */
export function questionsOf(questionnaire: Questionnaire): Question[] {
  return questionnaire.dimensions.flatMap((dimension) => dimension.indicators.flatMap((indicator) => indicator.questions))
}

/**
 * Every broken rule of a questionnaire, one plain message each; empty when it can be scored.
 * Rules: ids are unique per level (an indicator may be called as its dimension); nothing is empty; option ids are unique
 * in their question; points are finite and >= 0, above `max` only where ticks add up to a cap; `max` > 0; the option
 * `none` of a multiple question earns nothing; weights are finite and >= 0; a condition names another question, options
 * that it has, and no chain of conditions runs in a circle.
 */
export function checkQuestionnaire(questionnaire: Questionnaire): string[] {
  const { dimensions } = questionnaire
  const indicators = dimensions.flatMap((dimension) => dimension.indicators)
  const questions = questionsOf(questionnaire)
  const byId = new Map(questions.map((question) => [question.id, question]))
  return [
    ...(dimensions.length === 0 ? ['The questionnaire has no dimensions.'] : []),
    ...dimensions.filter(({ indicators: own }) => own.length === 0).map(({ id }) => `Dimension ${id} has no indicators.`),
    ...indicators.filter(({ questions: own }) => own.length === 0).map(({ id }) => `Indicator ${id} has no questions.`),
    ...repeated('Dimension', dimensions),
    ...repeated('Indicator', indicators),
    ...repeated('Question', questions),
    ...questions.flatMap((question) => [...questionProblems(question), ...conditionProblems(question, byId)]),
  ]
}

function repeated(kind: string, things: readonly { readonly id: string }[]): string[] {
  return [...Map.groupBy(things, ({ id }) => id)]
    .filter(([, same]) => same.length > 1)
    .map(([id, same]) => `${kind} ${id} stands ${same.length} times: an id belongs to one only.`)
}

function questionProblems(question: Question): string[] {
  const { id, type, options, max, weight } = question
  const problems = repeated(`Question ${id}: option`, options)
  if (options.length === 0) problems.push(`Question ${id} has no options.`)
  if (!(Number.isFinite(max) && max > 0)) problems.push(`Question ${id} has max ${max}: points obtainable must be a number above 0.`)
  if (!(Number.isFinite(weight) && weight >= 0)) problems.push(`Question ${id} has weight ${weight}: a weight is a number of at least 0.`)
  for (const option of options) {
    const name = `Question ${id}, option "${option.id}"`
    if (!(Number.isFinite(option.points) && option.points >= 0))
      problems.push(`${name}: ${option.points} points; points are a number of at least 0.`)
    if (type !== 'multiple' && option.points > max)
      problems.push(`${name}: ${option.points} points are more than the question's max ${max}.`)
    if (type === 'multiple' && option.id === NONE_OPTION && option.points !== 0)
      problems.push(`${name} must earn 0 points, not ${option.points}.`)
  }
  return problems
}

function conditionProblems(question: Question, byId: ReadonlyMap<string, Question>): string[] {
  const { id, visibleIf } = question
  if (visibleIf === null) return []
  const parent = byId.get(visibleIf.question)
  if (parent === undefined) return [`Question ${id} depends on question ${visibleIf.question}, which does not exist.`]
  const problems = visibleIf.options
    .filter((option) => !parent.options.some((known) => known.id === option))
    .map((option) => `Question ${id} depends on option "${option}" of question ${parent.id}, which does not exist.`)
  if (visibleIf.options.length === 0) problems.push(`Question ${id} depends on question ${parent.id} but names no option of it.`)
  const chain = [id]
  for (let above: Question | undefined = parent; above !== undefined; above = byId.get(above.visibleIf?.question ?? '')) {
    if (above.id === id) return [...problems, `Question ${id} depends on itself: ${[...chain, id].join(' -> ')}.`]
    if (chain.includes(above.id)) break
    chain.push(above.id)
  }
  return problems
}

/**
 * Every broken rule of a weight scheme for a questionnaire, one plain message each; empty when it fits.
 * Rules: it names every dimension and every indicator, and nothing else; questions only where their own weight is to be
 * replaced; weights are finite and >= 0, with at least one positive among siblings (and among the core dimensions).
 */
export function checkWeightScheme(questionnaire: Questionnaire, scheme: WeightScheme): string[] {
  const { dimensions } = questionnaire
  const indicators = dimensions.flatMap((dimension) => dimension.indicators)
  const problems = [
    ...namingProblems(scheme.id, 'dimension', dimensions, scheme.dimensions, true),
    ...namingProblems(scheme.id, 'indicator', indicators, scheme.indicators, true),
    ...namingProblems(scheme.id, 'question', questionsOf(questionnaire), scheme.questions ?? {}, false),
  ]
  if (problems.length > 0) return problems
  const core = dimensions.filter(({ set }) => set === 'core')
  const families: [string, number[]][] = [
    ['dimensions', dimensions.map(({ id }) => dimensionWeight(scheme, id))],
    ...(core.length === 0 ? [] : [['core dimensions', core.map(({ id }) => dimensionWeight(scheme, id))] satisfies [string, number[]]]),
    ...dimensions.map(({ id, indicators: own }): [string, number[]] => [
      `indicators of dimension ${id}`,
      own.map((i) => indicatorWeight(scheme, i.id)),
    ]),
    ...indicators.map(({ id, questions }): [string, number[]] => [
      `questions of indicator ${id}`,
      questions.map((q) => questionWeight(scheme, q)),
    ]),
  ]
  return families
    .filter(([, weights]) => weights.every((weight) => weight === 0))
    .map(([name]) => `Weight scheme ${scheme.id}: all ${name} have weight 0; give at least one a positive weight.`)
}

function namingProblems(
  schemeId: string,
  kind: string,
  elements: readonly { readonly id: string }[],
  weights: Readonly<Record<string, number>>,
  complete: boolean,
): string[] {
  const known = new Set(elements.map(({ id }) => id))
  const unnamed = complete ? [...known].filter((id) => !Object.hasOwn(weights, id)) : []
  return [
    ...unnamed.map((id) => `Weight scheme ${schemeId} has no weight for ${kind} ${id}: name every ${kind}.`),
    ...Object.keys(weights)
      .filter((id) => !known.has(id))
      .map((id) => `Weight scheme ${schemeId} names ${kind} ${id}, which does not exist.`),
    ...Object.entries(weights)
      .filter(([, weight]) => !(Number.isFinite(weight) && weight >= 0))
      .map(([id, weight]) => `Weight scheme ${schemeId}: ${kind} ${id} has weight ${weight}; a weight is a number of at least 0.`),
  ]
}

/** Weight of a dimension among the dimensions; call after `checkWeightScheme`. */
export function dimensionWeight(scheme: WeightScheme, id: string): number {
  return scheme.dimensions[id] ?? 0
}

/** Weight of an indicator within its dimension; call after `checkWeightScheme`. */
export function indicatorWeight(scheme: WeightScheme, id: string): number {
  return scheme.indicators[id] ?? 0
}

/** Weight of a question within its indicator: the scheme's where it names the question, else the question's own. */
export function questionWeight(scheme: WeightScheme, question: Question): number {
  const { questions = {} } = scheme
  return Object.hasOwn(questions, question.id) ? (questions[question.id] ?? 0) : question.weight
}
