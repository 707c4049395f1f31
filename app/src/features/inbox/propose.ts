import { type Instrument, type InstrumentText, type QuestionRules, questionNumbers, questionsOf } from '../instrument/instrument.ts'
import { featuresOf } from './words.ts'

/** A question that a document may belong to, with what speaks for it. */
export interface Proposal {
  questionId: string
  /** 0 to 1; only good for comparing proposals of one document. */
  score: number
  /** earlier: the same file was filed there; number: its name says so; words: name and text resemble the question. */
  because: 'earlier' | 'number' | 'words'
}

export interface Filing {
  questionId: string
  sha256: string | null
  /** Name of the file, or title of the document. */
  name: string
}

export interface IncomingDocument {
  name: string
  sha256: string | null
  /** Extracted text; empty = none could be read. */
  text: string
}

/** How much a feature says about a question, between 0 and 1: all features of a question together have length 1. */
interface Mark {
  /** Position in `questionIds`. */
  question: number
  weight: number
}

export interface QuestionIndex {
  questionIds: string[]
  /** The questions that a feature speaks for. */
  marks: Map<string, Mark[]>
  /** How rare a feature is among the questions. */
  rarity: Map<string, number>
  ids: Set<string>
  byNumber: Map<number, string>
}

const maximumText = 20_000 // characters of a document that are looked at
const nameWeight = 4
const proposed = 3
const likeEnough = 0.3 // of the likeness with the question that the document resembles most
const shortestName = 6 // letters of a name that can mean the same document
const sameNameQuestions = 3 // a name under which more questions were proved says nothing: "Minutes 2025"

function addAll(target: Map<string, number>, features: ReadonlyMap<string, number>, weight: number): void {
  for (const [feature, count] of features) target.set(feature, (target.get(feature) ?? 0) + count * weight)
}

/** What a question is about, in one language: its own words most, those around it less. */
function describe(target: Map<string, number>, text: InstrumentText, id: string, around: readonly string[]): void {
  const { question, hint, whatCounts, options, sampleAnswer } = text.questions[id]!
  for (const [part, weight] of [
    [question, 3],
    [hint, 2],
    [whatCounts, 2],
    [Object.values(options).join(' '), 1],
    [sampleAnswer, 2],
    [around.join(' '), 0.5],
  ] as const)
    addAll(target, featuresOf(part), weight)
}

function profileOf(instrument: Instrument, { id }: QuestionRules): Map<string, number> {
  const dimension = instrument.dimensions.find((d) => d.indicators.some((i) => i.questions.some((q) => q.id === id)))!
  const indicator = dimension.indicators.find((i) => i.questions.some((q) => q.id === id))!
  const features = new Map<string, number>()
  for (const text of Object.values(instrument.texts))
    describe(features, text, id, [
      text.dimensions[dimension.id]!.name,
      text.indicators[indicator.id]!.name,
      text.indicators[indicator.id]!.description,
    ])
  return features
}

/** Prepares the questions of an instrument, in all its languages. Costs a tenth of a second and more; keep it. */
export function indexQuestions(instrument: Instrument): QuestionIndex {
  const raw = questionsOf(instrument).map((question) => ({ questionId: question.id, features: profileOf(instrument, question) }))
  const found = new Map<string, number>()
  for (const { features } of raw) for (const feature of features.keys()) found.set(feature, (found.get(feature) ?? 0) + 1)
  const rarity = new Map([...found].map(([feature, n]) => [feature, Math.log(1 + raw.length / n)]))
  const marks = new Map<string, Mark[]>()
  for (const [question, { features }] of raw.entries())
    for (const [feature, weight] of weigh(features, rarity)) {
      const those = marks.get(feature)
      if (those === undefined) marks.set(feature, [{ question, weight }])
      else those.push({ question, weight })
    }
  const numbers = questionNumbers(instrument)
  return {
    questionIds: raw.map(({ questionId }) => questionId),
    marks,
    rarity,
    ids: new Set(numbers.keys()),
    byNumber: new Map([...numbers].map(([id, n]) => [n, id])),
  }
}

/** Weights of features that the questions know, of length 1: what is rare counts more, what is repeated only a little more. */
function weigh(features: ReadonlyMap<string, number>, rarity: ReadonlyMap<string, number>): [string, number][] {
  const weighted = [...features].flatMap(([feature, count]): [string, number][] => {
    const rare = rarity.get(feature)
    return rare === undefined ? [] : [[feature, Math.log1p(count) * rare]]
  })
  const length = Math.hypot(...weighted.map(([, weight]) => weight)) || 1
  return weighted.map(([feature, weight]) => [feature, weight / length])
}

/**
 * A question that the name of a file names: com-01, "Frage 12", "question 12", "Q12". Not "Nr. 12", which numbers minutes and
 * letters, and not Q1 to Q4, which are quarters of a year.
 */
export function namedQuestion({ ids, byNumber }: QuestionIndex, name: string): string | null {
  const lower = name.toLowerCase()
  const id = (lower.match(/(?<!\p{L})[a-z]{3}[-_ ]?\d{2}(?!\d)/gu) ?? [])
    .map((found) => `${found.slice(0, 3)}-${found.slice(-2)}`)
    .find((each) => ids.has(each))
  if (id !== undefined) return id
  const number = /(?<!\p{L})(?:frage|question)[-_. ]*(?:nr|no)?[-_. ]*(\d{1,3})(?!\d)|(?<!\p{L})q[-_. ]?([5-9]|\d{2,3})(?!\d)/u.exec(lower)
  return number === null ? null : (byNumber.get(Number(number[1] ?? number[2])) ?? null)
}

/** Likeness of a document with each question, 0 to 1; the cosine of their features. */
function compareWords({ questionIds, marks, rarity }: QuestionIndex, { name, text }: IncomingDocument): Map<string, number> {
  const features = featuresOf(text.slice(0, maximumText))
  addAll(features, featuresOf(name.replace(/\.[^.]{1,5}$/, '')), nameWeight)
  const scores = questionIds.map(() => 0)
  for (const [feature, weight] of weigh(features, rarity))
    for (const mark of marks.get(feature) ?? []) scores[mark.question]! += weight * mark.weight
  return new Map(questionIds.map((id, i) => [id, scores[i]!]))
}

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.[^.]{1,5}$/, '')
    .replaceAll(/[\d\W_]+/g, '')

/** Where the same file, or a file of the same name but for dates and numbers, was filed before. */
function filedBefore(document: IncomingDocument, earlier: readonly Filing[]): Set<string> {
  const name = plainName(document.name)
  const same = earlier.filter(({ sha256 }) => sha256 !== null && sha256 === document.sha256)
  const named = name.length >= shortestName ? earlier.filter((filing) => plainName(filing.name) === name) : []
  const byName = new Set(named.map(({ questionId }) => questionId))
  return new Set([...same.map(({ questionId }) => questionId), ...(byName.size > sameNameQuestions ? [] : byName)])
}

/**
 * Proposes questions for a document, best first: where the same file was filed before, what its name says, what its words
 * resemble. Nothing is filed by itself: a person confirms.
 * @param mayBe whether a question may be proposed; others still say how good a likeness is
 */
export function proposeQuestions(
  index: QuestionIndex,
  document: IncomingDocument,
  earlier: readonly Filing[],
  mayBe: (questionId: string) => boolean = () => true,
): Proposal[] {
  const scores = compareWords(index, document)
  const best = Math.max(...scores.values(), 1e-9)
  const proposals = new Map<string, Proposal>(
    [...scores]
      .filter(([, score]) => score >= best * likeEnough)
      .map(([questionId, score]) => [questionId, { questionId, score: (score / best) * 0.8, because: 'words' }]),
  )
  const named = namedQuestion(index, document.name)
  if (named !== null) proposals.set(named, { questionId: named, score: 0.95, because: 'number' })
  for (const questionId of filedBefore(document, earlier))
    if (index.ids.has(questionId)) proposals.set(questionId, { questionId, score: 1, because: 'earlier' })
  return [...proposals.values()]
    .filter(({ questionId }) => mayBe(questionId))
    .sort((a, b) => b.score - a.score || a.questionId.localeCompare(b.questionId))
    .slice(0, proposed)
    .map((proposal) => ({ ...proposal, score: Math.round(proposal.score * 1000) / 1000 }))
}
