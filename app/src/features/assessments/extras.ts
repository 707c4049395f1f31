import type { Db } from '../../db/open.ts'
import type { Person } from '../../permissions.ts'
import type { Translator } from '../../text/text.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { StoredAnswer } from './answer.ts'
import type { Reach } from './assignment.ts'
import type { Assessment } from './assessment.ts'
import type { Exclusions, ScopeStatement } from './scope.ts'
import type { ExtraLink, ExtraOffer, QuestionExtras } from './question-view.ts'

// Pages of the questionnaire show what later features know about a question or an assessment: evidence, conversations, the
// answer of the last wave. Those features hand in functions; the pages collect what they return.

/** What a feature is told. */
export interface ExtrasRequest {
  t: Translator
  person: Person
  assessment: Assessment
  /** With the questions that the person reads. */
  instrument: Instrument
  answers: ReadonlyMap<string, StoredAnswer>
  reach: Reach
  /** What the city is responsible for, and the questions that are therefore not asked. */
  statements: readonly ScopeStatement[]
  exclusions: Exclusions
  now: Date
}

/** What one feature says about questions: a constant number of queries, whatever their number. */
export type QuestionExtrasOf = (
  db: Db,
  request: ExtrasRequest & { questionIds: readonly string[] },
) => Promise<ReadonlyMap<string, { links?: readonly ExtraLink[]; offers?: readonly ExtraOffer[] }>>

/** A link from the list of areas to something about the assessment as a whole, with one line that says how it stands. */
export interface AssessmentLink extends ExtraLink {
  hint?: string
  /** Should be done before anything else: stands above the areas. */
  isFirst?: boolean
}

/** What one feature says about an assessment as a whole, and about areas: who answers it, until when. */
export type AssessmentExtrasOf = (
  db: Db,
  request: ExtrasRequest,
) => Promise<{ links?: readonly AssessmentLink[]; areas?: ReadonlyMap<string, readonly string[]> }>

/** A section of the page after signing in: what a person has to do in one feature. */
export interface HomeSection {
  title: string
  text?: string
  links: readonly { href: string; text: string; hint?: string }[]
}

/** What one feature has for this person on the page after signing in, or null: a constant number of queries. */
export type HomeLinksOf = (db: Db, request: { t: Translator; person: Person; now: Date }) => Promise<HomeSection | null>

/** Under which heading the links of a feature stand. together: who works on it; proof: answers and evidence; before: handing in. */
export const linkGroups = ['together', 'proof', 'before'] as const
export type LinkGroup = (typeof linkGroups)[number]

export interface AssessmentExtras {
  questions: readonly QuestionExtrasOf[]
  assessment: Readonly<Record<LinkGroup, readonly AssessmentExtrasOf[]>>
}

export type GroupedLink = AssessmentLink & { group: LinkGroup }

/** Everything that features say about these questions, in the order of the features. */
export async function collectQuestionExtras(
  db: Db,
  sources: readonly QuestionExtrasOf[],
  request: ExtrasRequest & { questionIds: readonly string[] },
): Promise<Record<string, QuestionExtras>> {
  const found: Record<string, { links: ExtraLink[]; offers: ExtraOffer[] }> = {}
  for (const extras of await Promise.all(sources.map((source) => source(db, request))))
    for (const [id, { links = [], offers = [] }] of extras) {
      const entry = (found[id] ??= { links: [], offers: [] })
      entry.links.push(...links)
      entry.offers.push(...offers)
    }
  return found
}

/** Everything that features say about an assessment. */
export async function collectAssessmentExtras(
  db: Db,
  sources: AssessmentExtras['assessment'],
  request: ExtrasRequest,
): Promise<{ links: GroupedLink[]; areas: Map<string, string[]> }> {
  const links: GroupedLink[] = []
  const areas = new Map<string, string[]>()
  const asked = linkGroups.flatMap((group) => sources[group].map(async (source) => ({ group, ...(await source(db, request)) })))
  for (const extras of await Promise.all(asked)) {
    links.push(...(extras.links ?? []).map((link) => ({ ...link, group: extras.group })))
    for (const [id, lines] of extras.areas ?? []) areas.set(id, [...(areas.get(id) ?? []), ...lines])
  }
  return { links, areas }
}
