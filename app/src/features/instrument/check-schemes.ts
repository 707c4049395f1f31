import type { InstrumentFile, InstrumentFiles, QuestionsFile, StructureFile, WeightsFile } from './instrument-files.ts'
import type { InstrumentProblem } from './instrument-problem.ts'
import { bandProblems, repeatedOf } from './check-structure.ts'

function namingProblems(
  file: string,
  key: string,
  weights: Readonly<Record<string, number>>,
  known: readonly string[],
): InstrumentProblem[] {
  return [
    ...known
      .filter((id) => !Object.hasOwn(weights, id))
      .map((id): InstrumentProblem => ({ file, key: `${key}.${id}`, rule: 'instrument.rule.weightMissing' })),
    ...Object.keys(weights)
      .filter((id) => !known.includes(id))
      .map((id): InstrumentProblem => ({ file, key: `${key}.${id}`, rule: 'instrument.rule.weightUnknown' })),
  ]
}

/** Siblings that all weigh nothing would leave their parent without a score. */
function zeroProblems(file: string, { dimensions, indicators }: WeightsFile, structure: StructureFile): InstrumentProblem[] {
  const core = structure.dimensions.filter(({ set }) => set === 'core')
  const families: [string, number[]][] = [
    ['dimensions', structure.dimensions.map(({ id }) => dimensions[id] ?? 0)],
    ...(core.length === 0 ? [] : [['dimensions (core)', core.map(({ id }) => dimensions[id] ?? 0)] satisfies [string, number[]]]),
    ...structure.dimensions.map(({ id, indicators: own }): [string, number[]] => [
      `indicators (${id})`,
      own.map((i) => indicators[i.id] ?? 0),
    ]),
  ]
  return families
    .filter(([, weights]) => weights.every((weight) => weight === 0))
    .map(([key]) => ({ file, key, rule: 'instrument.rule.weightsZero' }))
}

function checkWeights(
  { path: file, name, content }: InstrumentFile<WeightsFile>,
  { structure: { content: structure }, questions }: InstrumentFiles,
): InstrumentProblem[] {
  const ids = questions.flatMap((f) => f.content.questions.map(({ id }) => id))
  const naming = [
    ...Object.keys(content.questions ?? {})
      .filter((id) => !ids.includes(id))
      .map((id): InstrumentProblem => ({ file, key: `questions.${id}`, rule: 'instrument.rule.weightUnknown' })),
    ...namingProblems(
      file,
      'dimensions',
      content.dimensions,
      structure.dimensions.map(({ id }) => id),
    ),
    ...namingProblems(
      file,
      'indicators',
      content.indicators,
      structure.dimensions.flatMap((d) => d.indicators.map(({ id }) => id)),
    ),
  ]
  const differs: InstrumentProblem[] =
    content.id === name ? [] : [{ file, key: 'id', rule: 'instrument.rule.nameDiffers', values: { name } }]
  return [...differs, ...naming, ...(naming.length === 0 ? zeroProblems(file, content, structure) : [])]
}

/** Questions of one indicator that all weigh nothing would leave it without a score. */
function checkQuestionWeights({ questions, weights }: InstrumentFiles): InstrumentProblem[] {
  const weighsNothing = (file: InstrumentFile<QuestionsFile>, replaced: Readonly<Record<string, number>>) =>
    file.content.questions.every(({ id, weight }) => (replaced[id] ?? weight) === 0)
  return [
    ...questions
      .filter((file) => weighsNothing(file, {}))
      .map(({ path }): InstrumentProblem => ({ file: path, key: 'questions', rule: 'instrument.rule.weightsZero' })),
    ...weights
      .filter(({ content }) => content.questions !== undefined && questions.some((file) => weighsNothing(file, content.questions!)))
      .map(({ path }): InstrumentProblem => ({ file: path, key: 'questions', rule: 'instrument.rule.weightsZero' })),
  ]
}

function checkClusters({ clusters }: InstrumentFiles): InstrumentProblem[] {
  return clusters.flatMap(({ path: file, name, content }) => [
    ...(content.id === name
      ? []
      : [{ file, key: 'id', rule: 'instrument.rule.nameDiffers', values: { name } } satisfies InstrumentProblem]),
    ...repeatedOf(content.groups.map(({ id }) => id)).map((id): InstrumentProblem => ({
      file,
      key: 'groups',
      rule: 'instrument.rule.idRepeated',
      values: { id },
    })),
    ...bandProblems(content.groups).map((problem): InstrumentProblem => ({ file, key: 'groups', ...problem })),
    ...(content.groups.at(-1)?.below === undefined
      ? []
      : [{ file, key: 'groups', rule: 'instrument.rule.bandClosed' } satisfies InstrumentProblem]),
  ])
}

/** Weight schemes name everything and leave no level without weight; one is the default; groups of cities lie side by side. */
export function checkSchemes(files: InstrumentFiles): InstrumentProblem[] {
  const { weights } = files
  const defaults = weights.filter(({ content }) => content.default)
  return [
    ...(defaults.length === 1
      ? []
      : [
          {
            file: 'weights',
            key: 'default',
            rule: 'instrument.rule.oneDefault',
            values: { count: defaults.length },
          } satisfies InstrumentProblem,
        ]),
    ...weights.flatMap((file) => checkWeights(file, files)),
    ...checkQuestionWeights(files),
    ...checkClusters(files),
  ]
}
