import type { Instrument } from '../instrument/instrument.ts'

// What a city is responsible for. A question under a scope for which another authority is responsible is not asked.

/** What the city says about one scope; the newest version counts. */
export interface ScopeStatement {
  scopeId: string
  /** 1, 2, ... */
  version: number
  /** null = the statement was taken back. */
  isResponsible: boolean | null
  /** Who is responsible instead; never null when the city is not. */
  reason: string | null
  statedAt: string
  author: { id: string; name: string } | null
}

/** Why a question is not asked: the scope, and who is responsible instead. */
export interface Exclusion {
  scopeId: string
  reason: string
}

/** The questions that are not asked, with the reason. */
export type Exclusions = ReadonlyMap<string, Exclusion>

export const noExclusions: Exclusions = new Map()

export const maximumScopeReason = 300 // characters

/** The questions that the city's newest statements exclude. As long as nothing is said, every question is asked. */
export function exclusionsOf({ scopes = [] }: Pick<Instrument, 'scopes'>, statements: Iterable<ScopeStatement>): Exclusions {
  const newest = newestStatements(statements)
  return new Map(
    scopes.flatMap(({ id, questions }) => {
      const statement = newest.get(id)
      if (statement?.isResponsible !== false) return []
      return questions.map((question): [string, Exclusion] => [question, { scopeId: id, reason: statement.reason ?? '' }])
    }),
  )
}

/** The statement that counts for each scope. */
export function newestStatements(statements: Iterable<ScopeStatement>): Map<string, ScopeStatement> {
  const newest = new Map<string, ScopeStatement>()
  for (const statement of statements)
    if (statement.version > (newest.get(statement.scopeId)?.version ?? 0)) newest.set(statement.scopeId, statement)
  return newest
}

/** How many scopes have been answered. */
export function scopeProgress({ scopes = [] }: Pick<Instrument, 'scopes'>, statements: Iterable<ScopeStatement>) {
  const newest = newestStatements(statements)
  const answered = scopes.filter(({ id }) => (newest.get(id)?.isResponsible ?? null) !== null).length
  return { answered, all: scopes.length }
}

/** Version of the statements as a whole: it rises with every one of them. */
export const scopeVersion = (statements: Iterable<ScopeStatement>): number =>
  [...newestStatements(statements).values()].reduce((sum, { version }) => sum + version, 0)

/**
 * The instrument as the engine scores it: a question under a scope may drop out, too. Whether it does is decided by the statements
 * alone; in the questionnaire nobody can choose "does not apply" where the question itself does not allow it.
 */
export function withScopes(instrument: Instrument): Instrument {
  const listed = new Set((instrument.scopes ?? []).flatMap(({ questions }) => questions))
  if (listed.size === 0) return instrument
  return {
    ...instrument,
    dimensions: instrument.dimensions.map((dimension) => ({
      ...dimension,
      indicators: dimension.indicators.map((indicator) => ({
        ...indicator,
        questions: indicator.questions.map((question) => (listed.has(question.id) ? { ...question, allowsNotApplicable: true } : question)),
      })),
    })),
  }
}
