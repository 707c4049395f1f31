import { NONE_OPTION } from '@tessera/engine'
import { type AnswerFields, emptyAnswer, findHiddenReason, questionMap } from '../assessments/answer.ts'
import type { Instrument, QuestionRules } from '../instrument/instrument.ts'
import { type DemoLanguage, explain, type Tone } from './explanations.ts'
import { createRandom, drawNormal, type Random } from './random.ts'

// How the answers are invented: a city has a level, each of its areas a level around it (so areas correlate), each question
// a difficulty that is the same for all cities. The better the level against the difficulty, the higher the option. What is
// half done ("planned", "partly") therefore lies in the middle, and strong cities reach the ceiling.

/** What a city is like in one wave; in standard deviations of cities. */
export interface DemoTraits {
  city: string
  level: number
  /** Share of questions without an answer. */
  openShare: number
  /** Share answered "not known". */
  notKnownShare: number
  language: DemoLanguage
  year: number
}

const areaSpread = 0.5
const answerSpread = 0.75
const difficultySpread = 0.55
const notApplicableShare = 0.15
const explainedShare = 0.55

/** Level of an area in a city: part of it is the city's own, part the area's; the same in every wave. */
function areaLevel(seed: number, { city, level }: DemoTraits, area: string): number {
  return level + areaSpread * drawNormal(createRandom(seed, city, 'area', area))
}

/** How hard it is to score on a question; the same for every city. */
const difficultyOf = (seed: number, question: string): number =>
  difficultySpread * drawNormal(createRandom(seed, 'difficulty', question)) - 0.25

/** Position among n ordered options: limits spread evenly from -0.9 to 0.9. */
function position(value: number, n: number): number {
  for (let i = 0; i < n - 1; i++) if (value < (n === 2 ? 0 : -0.9 + (1.8 * i) / (n - 2))) return i
  return n - 1
}

function chooseOne({ options }: QuestionRules, strength: number): string[] {
  const ordered = options.map((option, i) => ({ ...option, i })).sort((a, b) => a.points - b.points || b.i - a.i)
  return [ordered[position(strength, ordered.length)]!.id]
}

/** Each option is ticked by itself; the later it stands, the rarer it is. */
function chooseSeveral({ options }: QuestionRules, strength: number, random: Random): string[] {
  const ticked = options.filter(({ id }, i) => id !== NONE_OPTION && strength + 0.8 * drawNormal(random) > -0.35 + 0.12 * i)
  return ticked.length > 0 ? ticked.map(({ id }) => id) : [NONE_OPTION]
}

function choose(question: QuestionRules, strength: number, random: Random): string[] {
  return question.type === 'multiple' ? chooseSeveral(question, strength, random) : chooseOne(question, strength)
}

function toneOf(question: QuestionRules, options: readonly string[]): Tone {
  const points = question.options.reduce((sum, option) => sum + (options.includes(option.id) ? option.points : 0), 0)
  return points === 0 ? 'none' : points >= 0.75 * question.max ? 'good' : 'some'
}

function invent(seed: number, traits: DemoTraits, area: string, question: QuestionRules): AnswerFields | null {
  // The noise belongs to city and question, not to the wave: what a city does once it mostly goes on doing.
  const noise = createRandom(seed, traits.city, question.id)
  const strength = areaLevel(seed, traits, area) - difficultyOf(seed, question.id) + answerSpread * drawNormal(noise)
  const isApplicable = !question.allowsNotApplicable || noise() >= notApplicableShare
  const random = createRandom(seed, traits.city, traits.year, question.id)
  const [open, notKnown, explained] = [random(), random(), random()]
  if (open < traits.openShare) return null
  if (!isApplicable)
    return { ...emptyAnswer, missing: 'not-applicable', reason: explain(random, traits.language, 'not-applicable', traits.year) }
  if (notKnown < traits.notKnownShare)
    return {
      ...emptyAnswer,
      missing: 'not-known',
      explanation: explained < explainedShare ? explain(random, traits.language, 'not-known', traits.year) : null,
    }
  const options = choose(question, strength, noise)
  return {
    ...emptyAnswer,
    options,
    explanation: explained < explainedShare ? explain(random, traits.language, toneOf(question, options), traits.year) : null,
  }
}

/**
 * Answers of one city in one wave, by question in the order of the questionnaire. A question hidden by its condition has none.
 * @param isAsked leaves questions open that the city has not come to yet
 */
export function inventAnswers(
  seed: number,
  instrument: Instrument,
  traits: DemoTraits,
  isAsked: (question: string, area: string) => boolean = () => true,
): Map<string, AnswerFields> {
  const questions = questionMap(instrument)
  const answers = new Map<string, AnswerFields>()
  for (const dimension of instrument.dimensions)
    for (const question of dimension.indicators.flatMap((indicator) => [...indicator.questions])) {
      if (!isAsked(question.id, dimension.id) || findHiddenReason(question, questions, (id) => answers.get(id)) !== null) continue
      const answer = invent(seed, traits, dimension.id, question)
      if (answer !== null) answers.set(question.id, answer)
    }
  return answers
}
