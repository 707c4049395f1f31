import {
  type Answer,
  type ElementScore,
  type Fraction,
  fraction,
  fractionToString,
  isProvisional,
  multiplyFractions,
  type QuestionnaireScores,
  roundHalfUp,
  scoreQuestionnaire,
  type WeightScheme,
} from '@tessera/engine'
import { hashOf } from '../../canonical.ts'
import { formatNumber, type Translator } from '../../text/text.ts'
import { type AnswerFields, toEngineAnswers } from '../assessments/answer.ts'
import { type Exclusions, noExclusions, withScopes } from '../assessments/scope.ts'
import { type Instrument, textOf } from '../instrument/instrument.ts'

/** One line of the figures: an element of the tree with what is known about it, exact. */
export interface ScoreRow {
  readonly level: 'index' | 'dimension' | 'indicator' | 'question'
  readonly id: string
  readonly name: string
  readonly element: ElementScore
}

export interface SheetScores {
  readonly instrument: Instrument
  readonly scheme: WeightScheme
  readonly scores: QuestionnaireScores
  readonly rows: readonly ScoreRow[]
  /** Questions that are not asked, because another authority is responsible. */
  readonly exclusions: Exclusions
}

/** Scores a sheet of answers under one weight scheme and names every element in the reader's language. */
export function scoreAnswers(
  t: Translator,
  instrument: Instrument,
  scheme: WeightScheme,
  answers: readonly (AnswerFields & { questionId: string })[],
  exclusions: Exclusions = noExclusions,
): SheetScores {
  const engineAnswers: ReadonlyMap<string, Answer> = toEngineAnswers(answers, exclusions)
  const scores = scoreQuestionnaire(withScopes(instrument), engineAnswers, scheme)
  const text = textOf(instrument, t.language)
  const row = (level: ScoreRow['level'], id: string, name: string, elements: ReadonlyMap<string, ElementScore>): ScoreRow => ({
    level,
    id,
    name,
    element: elements.get(id)!,
  })
  const rows: ScoreRow[] = [
    { level: 'index', id: 'core', name: t('cli.score.core'), element: scores.indices.core },
    { level: 'index', id: 'extended', name: t('cli.score.extended'), element: scores.indices.extended },
    ...instrument.dimensions.flatMap((dimension) => [
      row('dimension', dimension.id, text.dimensions[dimension.id]!.name, scores.dimensions),
      ...dimension.indicators.flatMap((indicator) => [
        row('indicator', indicator.id, text.indicators[indicator.id]!.name, scores.indicators),
        ...indicator.questions.map((question) => row('question', question.id, text.questions[question.id]!.question, scores.questions)),
      ]),
    ]),
  ]
  return { instrument, scheme, scores, rows, exclusions }
}

const rounded = (value: Fraction | null, decimals = 1): number | null => (value === null ? null : Number(roundHalfUp(value, decimals)))
const percent = (share: Fraction | null): Fraction | null => (share === null ? null : multiplyFractions(share, fraction(100n)))

/** How many questions are in which state, in one sentence. */
function countsLine(t: Translator, file: string, { scores }: SheetScores): string {
  const states = [...scores.questions.values()].map(({ state }) => state)
  const count = (...wanted: string[]) => states.filter((state) => wanted.includes(state)).length
  return t('cli.score.counts', {
    file,
    all: states.length,
    answered: count('answered'),
    notApplicable: count('notApplicable'),
    notKnown: count('notKnown'),
    notAnswered: count('notAnswered'),
    hidden: count('hiddenScoredZero', 'hiddenNotApplicable', 'hiddenOpen'),
  })
}

/** An indicator that is alone in its dimension has the dimension's figures: one line is enough. */
function tableRows({ rows, instrument }: SheetScores): ScoreRow[] {
  const alone = new Set(instrument.dimensions.filter((d) => d.indicators.length === 1).map((d) => d.indicators[0]!.id))
  return rows.filter(({ level, id }) => level !== 'question' && !(level === 'indicator' && alone.has(id)))
}

/** The table for the terminal. */
export function formatTable(t: Translator, file: string, result: SheetScores): string {
  const { instrument, scheme } = result
  const text = textOf(instrument, t.language)
  const number = (value: Fraction | null) => formatNumber(t.language, rounded(value), 1)
  const indent = { index: '', dimension: '  ', indicator: '    ', question: '' } as const
  const rows = tableRows(result)
  const lines = rows.map(({ level, name, element }) => [
    indent[level] + name,
    element.score === null ? t('cli.score.nothing') : `${number(element.score)}${isProvisional(element) ? '*' : ' '}`,
    element.score === null ? '' : number(element.upper),
    element.score === null ? '' : t('cli.score.percent', { percent: number(percent(element.coverage)) }),
  ])
  const head = ['', `${t('cli.score.column.score')} `, t('cli.score.column.upper'), t('cli.score.column.coverage')]
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map((cells) => cells[i]!.length)))
  const table = [head, ...lines].map((cells) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  )
  return [
    t('cli.score.title', {
      title: text.instrument.title,
      id: instrument.id,
      version: instrument.version,
      weights: `${text.weights[scheme.id]!.name} (${scheme.id})`,
    }),
    countsLine(t, file, result),
    '',
    ...table,
    '',
    t('cli.score.note'),
    ...(rows.some(({ element }) => element.score !== null && isProvisional(element)) ? [t('cli.score.provisional')] : []),
  ].join('\n')
}

/** Every figure of a row, exact (a fraction as text) and rounded half up to one decimal; coverage 0-1. */
function figuresOf({ level, id, name, element }: ScoreRow, { scores, exclusions }: SheetScores) {
  const exact = (value: Fraction | null) => (value === null ? null : fractionToString(value))
  const question = level === 'question' ? scores.questions.get(id) : undefined
  return {
    level,
    id,
    name,
    ...(question === undefined ? {} : { state: question.state, points: rounded(question.points, 0), max: rounded(question.max, 0) }),
    score: rounded(element.score),
    scoreExact: exact(element.score),
    upper: rounded(element.upper),
    upperExact: exact(element.upper),
    coverage: rounded(element.coverage, 4),
    coverageExact: exact(element.coverage),
    isProvisional: isProvisional(element),
    weightCoreExact: exact(element.effectiveWeight.core),
    weightExtendedExact: exact(element.effectiveWeight.extended),
    ...(question !== undefined && exclusions.has(id) && { scope: exclusions.get(id)!.scopeId, responsible: exclusions.get(id)!.reason }),
  }
}

/** All figures as JSON. */
export function formatJson(file: string, sheet: SheetScores): string {
  const { instrument, scheme, rows } = sheet
  const { id, version } = instrument
  return `${JSON.stringify({ instrument: { id, version, hash: hashOf(instrument) }, weights: scheme.id, answers: file, rows: rows.map((row) => figuresOf(row, sheet)) }, null, 2)}\n`
}

const columns = [
  'level',
  'id',
  'name',
  'state',
  'points',
  'max',
  'score',
  'upper',
  'coverage',
  'isProvisional',
  'scoreExact',
  'upperExact',
  'coverageExact',
  'weightCoreExact',
  'weightExtendedExact',
  'scope',
  'responsible',
] as const

/** All figures as CSV. Names come from the instrument; a cell that a spreadsheet would take for a formula gets an apostrophe. */
export function formatCsv(sheet: SheetScores): string {
  const cell = (value: unknown) => {
    const text = value === null || value === undefined ? '' : String(value)
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const lines = sheet.rows.map((row) => {
    const figures: Partial<Record<(typeof columns)[number], unknown>> = figuresOf(row, sheet)
    return columns.map((column) => cell(figures[column])).join(',')
  })
  return `${[columns.join(','), ...lines].join('\n')}\n`
}
