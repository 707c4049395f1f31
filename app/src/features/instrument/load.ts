import { AppError } from '../../errors.ts'
import { translator, type Translator } from '../../text/text.ts'
import { checkSchemes } from './check-schemes.ts'
import { checkScopes } from './check-scopes.ts'
import { checkStructure } from './check-structure.ts'
import { checkTexts } from './check-texts.ts'
import type { Instrument, QuestionRules } from './instrument.ts'
import { type InstrumentFiles, type RawQuestion, readInstrumentFiles } from './instrument-files.ts'
import { type InstrumentProblem, problemLine } from './instrument-problem.ts'
import { checkSchemas } from './schema-check.ts'

/** An instrument, or every rule that its files break. */
export type InstrumentCheck =
  | { readonly instrument: Instrument; readonly problems: readonly [] }
  | { readonly instrument: null; readonly problems: readonly InstrumentProblem[] }

/**
 * Reads an instrument and holds it against every rule: first each file against its schema, then the files against each other.
 * @param folder with instrument.yaml, questions/, weights/, clusters/, text/ and perhaps crosswalks/
 */
export function checkInstrument(folder: string): InstrumentCheck {
  const unreadable: InstrumentProblem[] = []
  const files = readInstrumentFiles(folder, unreadable)
  if (files === null) return { instrument: null, problems: unreadable }
  const misshapen = checkSchemas(files)
  const problems =
    misshapen.length > 0 ? misshapen : [...checkStructure(files), ...checkScopes(files), ...checkSchemes(files), ...checkTexts(files)]
  return problems.length > 0 ? { instrument: null, problems } : { instrument: assemble(files), problems: [] }
}

/**
 * The instrument of a folder, complete and sound.
 * @throws {AppError} INSTRUMENT_INVALID with one line (file, key, rule) for each broken rule
 */
export function loadInstrument(folder: string, t: Translator = translator('en')): Instrument {
  const { instrument, problems } = checkInstrument(folder)
  if (instrument === null) throw instrumentInvalid(t, problems)
  return instrument
}

/** All broken rules as one error; the lines also stand by themselves for programs. */
export function instrumentInvalid(t: Translator, problems: readonly InstrumentProblem[]): AppError {
  const lines = problems.map((problem) => problemLine(t, problem))
  return new AppError('INSTRUMENT_INVALID', { problems: lines.join('\n') }, { problems: lines })
}

function toQuestion({ notApplicable, visibleIf, facts, ...rules }: RawQuestion): QuestionRules {
  return { ...rules, facts: facts ?? [], allowsNotApplicable: notApplicable === true, visibleIf: visibleIf ?? null }
}

/** Everything in one value, in the order of instrument.yaml. */
function assemble({ structure, questions, weights, clusters, texts }: InstrumentFiles): Instrument {
  const { id, version, licence, languages, dimensions, scopes } = structure.content
  const rules = new Map(questions.flatMap(({ content }) => content.questions.map((question) => [question.id, toQuestion(question)])))
  return {
    id,
    version,
    licence,
    languages,
    dimensions: dimensions.map((dimension) => ({
      ...dimension,
      indicators: dimension.indicators.map((indicator) => ({
        id: indicator.id,
        questions: indicator.questions.map((question) => rules.get(question)!),
      })),
    })),
    schemes: weights
      .map(({ content: { default: isDefault, ...scheme } }) => ({ ...scheme, isDefault }))
      .sort((a, b) => Number(b.isDefault) - Number(a.isDefault)),
    clusters: clusters.map(({ content }) => content),
    ...(scopes && { scopes }),
    texts: Object.fromEntries(texts.map(({ name, content }) => [name, content])),
  }
}
