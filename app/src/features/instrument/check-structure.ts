import type { InstrumentFile, InstrumentFiles, QuestionsFile, RawQuestion, StructureFile } from './instrument-files.ts'
import type { InstrumentProblem } from './instrument-problem.ts'

/** The values that stand more than once, each once. */
export function repeatedOf(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, i) => values.indexOf(value) !== i))]
}

/** Ids that once belonged to a question and may not come back: named as retired, or dropped by a cross-walk. */
function retiredIds({ structure, crosswalks }: InstrumentFiles): Set<string> {
  const dropped = crosswalks.flatMap(({ content }) => {
    const kept = new Set(content.questions.flatMap(({ to }) => to))
    return content.questions.flatMap(({ from }) => from).filter((id) => !kept.has(id))
  })
  return new Set([...(structure.content.retired ?? []), ...dropped])
}

function checkIds(files: InstrumentFiles): InstrumentProblem[] {
  const { path: file, content } = files.structure
  const indicators = content.dimensions.flatMap((d) => d.indicators)
  const questions = indicators.flatMap((i) => i.questions)
  const retired = retiredIds(files)
  const repeated = (values: readonly string[], key: string): InstrumentProblem[] =>
    repeatedOf(values).map((id) => ({ file, key, rule: 'instrument.rule.idRepeated', values: { id } }))
  return [
    ...repeated(
      content.dimensions.map(({ id }) => id),
      'dimensions',
    ),
    ...repeated(
      indicators.map(({ id }) => id),
      'indicators',
    ),
    ...repeated(questions, 'questions'),
    ...questions.filter((id) => retired.has(id)).map((id): InstrumentProblem => ({ file, key: id, rule: 'instrument.rule.idRetired' })),
  ]
}

/** Each indicator has its file, each file its indicator, and both list the same questions. */
function checkListing({ structure, questions }: InstrumentFiles): InstrumentProblem[] {
  const byName = new Map(questions.map((file) => [file.name, file]))
  const indicators = structure.content.dimensions.flatMap((d) => d.indicators)
  const known = new Set(indicators.map(({ id }) => id))
  const problems: InstrumentProblem[] = questions
    .filter(({ name }) => !known.has(name))
    .map(({ path, name }) => ({ file: path, key: '', rule: 'instrument.rule.indicatorUnknown', values: { name } }))
  for (const indicator of indicators) {
    const file = byName.get(indicator.id)
    if (file === undefined) problems.push({ file: `questions/${indicator.id}.yaml`, key: '', rule: 'instrument.rule.fileMissing' })
    else problems.push(...checkIndicatorFile(structure, indicator, file))
  }
  return problems
}

function checkIndicatorFile(
  structure: InstrumentFile<StructureFile>,
  indicator: { id: string; questions: readonly string[] },
  { path, name, content }: InstrumentFile<QuestionsFile>,
): InstrumentProblem[] {
  const written = content.questions.map(({ id }) => id)
  const problems: InstrumentProblem[] =
    content.indicator === name ? [] : [{ file: path, key: 'indicator', rule: 'instrument.rule.nameDiffers', values: { name } }]
  return [
    ...problems,
    ...repeatedOf(written).map((id): InstrumentProblem => ({
      file: path,
      key: 'questions',
      rule: 'instrument.rule.idRepeated',
      values: { id },
    })),
    ...written
      .filter((id) => !indicator.questions.includes(id))
      .map((id): InstrumentProblem => ({ file: path, key: `questions.${id}`, rule: 'instrument.rule.questionUnlisted' })),
    ...indicator.questions
      .filter((id) => !written.includes(id))
      .map((id): InstrumentProblem => ({
        file: structure.path,
        key: `${indicator.id}.${id}`,
        rule: 'instrument.rule.questionUnwritten',
        values: { file: path },
      })),
  ]
}

function checkPoints({ type, options, max }: RawQuestion): Pick<InstrumentProblem, 'rule' | 'values'>[] {
  const earned = options.map(({ points }) => points)
  const best = type === 'multiple' ? earned.reduce((sum, points) => sum + points, 0) : Math.max(...earned)
  const above = type === 'multiple' ? [] : options.filter(({ points }) => points > max)
  return [
    ...repeatedOf(options.map(({ id }) => id)).map((id) => ({ rule: 'instrument.rule.idRepeated' as const, values: { id } })),
    ...above.map(({ id, points }) => ({ rule: 'instrument.rule.pointsAboveMax' as const, values: { id, points, max } })),
    ...(best < max ? [{ rule: 'instrument.rule.maxUnreachable' as const, values: { max, best } }] : []),
  ]
}

/** Bands follow each other from 0 without gap or overlap; only the last one may be open. */
export function bandProblems(
  bands: readonly { readonly id: string; readonly from?: number; readonly below?: number }[],
): Pick<InstrumentProblem, 'rule' | 'values'>[] {
  return bands.flatMap((band, i): Pick<InstrumentProblem, 'rule' | 'values'>[] => {
    const start = i === 0 ? 0 : bands[i - 1]!.below
    const problems: Pick<InstrumentProblem, 'rule' | 'values'>[] = []
    if (start !== undefined && (band.from ?? 0) !== start)
      problems.push({ rule: 'instrument.rule.bandGap', values: { id: band.id, from: band.from ?? 0, start } })
    if (band.below === undefined && i < bands.length - 1) problems.push({ rule: 'instrument.rule.bandOpen', values: { id: band.id } })
    if (band.below !== undefined && band.below <= (band.from ?? 0))
      problems.push({ rule: 'instrument.rule.bandEmpty', values: { id: band.id } })
    return problems
  })
}

/** The parent stands earlier in the same indicator, takes exactly one option, and has the options named. */
function conditionProblems({ visibleIf }: RawQuestion, earlier: readonly RawQuestion[]): Pick<InstrumentProblem, 'rule' | 'values'>[] {
  if (visibleIf === undefined) return []
  const parent = earlier.find(({ id }) => id === visibleIf.question)
  if (parent === undefined) return [{ rule: 'instrument.rule.parentNotEarlier', values: { parent: visibleIf.question } }]
  if (parent.type !== 'single') return [{ rule: 'instrument.rule.parentNotSingle', values: { parent: parent.id } }]
  return visibleIf.options
    .filter((option) => !parent.options.some(({ id }) => id === option))
    .map((option) => ({ rule: 'instrument.rule.conditionOption', values: { parent: parent.id, option } }))
}

function checkQuestions({ path, content }: InstrumentFile<QuestionsFile>): InstrumentProblem[] {
  return content.questions.flatMap((question, i) => {
    const key = `questions.${question.id}`
    const at =
      (part: string) =>
      (problem: Pick<InstrumentProblem, 'rule' | 'values'>): InstrumentProblem => ({ file: path, key: `${key}.${part}`, ...problem })
    return [
      ...checkPoints(question).map(at('options')),
      ...(question.type === 'share' ? bandProblems(question.options).map(at('options')) : []),
      ...conditionProblems(question, content.questions.slice(0, i)).map(at('visibleIf')),
    ]
  })
}

/** Ids, listings, points, bands and conditions. */
export function checkStructure(files: InstrumentFiles): InstrumentProblem[] {
  return [...checkIds(files), ...checkListing(files), ...files.questions.flatMap(checkQuestions)]
}
