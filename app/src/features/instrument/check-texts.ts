import type { InstrumentText } from './instrument.ts'
import type { InstrumentFile, InstrumentFiles, RawQuestion } from './instrument-files.ts'
import type { InstrumentProblem } from './instrument-problem.ts'

/** The texts under a key name exactly the things that the rules name. */
function sameKeys(file: string, key: string, texts: Readonly<Record<string, unknown>>, ids: readonly string[]): InstrumentProblem[] {
  return [
    ...ids
      .filter((id) => !Object.hasOwn(texts, id))
      .map((id): InstrumentProblem => ({ file, key: `${key}.${id}`, rule: 'instrument.rule.textMissing' })),
    ...Object.keys(texts)
      .filter((id) => !ids.includes(id))
      .map((id): InstrumentProblem => ({ file, key: `${key}.${id}`, rule: 'instrument.rule.textUnused' })),
  ]
}

function questionProblems(file: string, question: RawQuestion, { questions }: InstrumentText): InstrumentProblem[] {
  const text = questions[question.id]
  if (text === undefined) return []
  const key = `questions.${question.id}`
  const ground: InstrumentProblem[] =
    question.notApplicable === true && text.notApplicable === undefined
      ? [{ file, key: `${key}.notApplicable`, rule: 'instrument.rule.textMissing' }]
      : question.notApplicable !== true && text.notApplicable !== undefined
        ? [{ file, key: `${key}.notApplicable`, rule: 'instrument.rule.textUnused' }]
        : []
  return [
    ...sameKeys(
      file,
      `${key}.options`,
      text.options,
      question.options.map(({ id }) => id),
    ),
    ...ground,
  ]
}

/** No two questions share what helps to answer them: it would be too general for both. */
function sharedProblems(file: string, { questions }: InstrumentText): InstrumentProblem[] {
  return (['question', 'hint', 'whatCounts', 'sampleAnswer'] as const).flatMap((part) => {
    const first = new Map<string, string>()
    return Object.entries(questions).flatMap(([id, text]): InstrumentProblem[] => {
      const other = first.get(text[part])
      if (other === undefined) first.set(text[part], id)
      return other === undefined ? [] : [{ file, key: `questions.${id}.${part}`, rule: 'instrument.rule.textShared', values: { other } }]
    })
  })
}

function checkText({ path: file, name, content }: InstrumentFile<InstrumentText>, files: InstrumentFiles): InstrumentProblem[] {
  const { dimensions } = files.structure.content
  const questions = files.questions.flatMap((f) => f.content.questions)
  return [
    ...(content.language === name
      ? []
      : [{ file, key: 'language', rule: 'instrument.rule.nameDiffers', values: { name } } satisfies InstrumentProblem]),
    ...sameKeys(file, 'terms', content.terms ?? {}, [...new Set(files.texts.flatMap((f) => Object.keys(f.content.terms ?? {})))]),
    ...sameKeys(
      file,
      'dimensions',
      content.dimensions,
      dimensions.map(({ id }) => id),
    ),
    ...sameKeys(
      file,
      'indicators',
      content.indicators,
      dimensions.flatMap((d) => d.indicators.map(({ id }) => id)),
    ),
    ...sameKeys(
      file,
      'questions',
      content.questions,
      questions.map(({ id }) => id),
    ),
    ...questions.flatMap((question) => questionProblems(file, question, content)),
    ...sameKeys(
      file,
      'weights',
      content.weights,
      files.weights.map((f) => f.content.id),
    ),
    ...sameKeys(
      file,
      'clusters',
      content.clusters,
      files.clusters.map((f) => f.content.id),
    ),
    ...files.clusters.flatMap(({ content: { id, groups } }) =>
      sameKeys(file, `clusters.${id}.groups`, content.clusters[id]?.groups ?? {}, content.clusters[id] ? groups.map((g) => g.id) : []),
    ),
    ...sameKeys(
      file,
      'scopes',
      content.scopes ?? {},
      (files.structure.content.scopes ?? []).map(({ id }) => id),
    ),
    ...sharedProblems(file, content),
  ]
}

/** Every language is complete and names nothing else. */
export function checkTexts(files: InstrumentFiles): InstrumentProblem[] {
  const { languages } = files.structure.content
  const present = files.texts.map(({ name }) => name)
  return [
    ...languages
      .filter((language) => !present.includes(language))
      .map((language): InstrumentProblem => ({ file: `text/${language}.yaml`, key: '', rule: 'instrument.rule.fileMissing' })),
    ...files.texts
      .filter(({ name }) => !languages.includes(name))
      .map(({ path, name }): InstrumentProblem => ({ file: path, key: '', rule: 'instrument.rule.languageUnlisted', values: { name } })),
    ...files.texts.flatMap((file) => checkText(file, files)),
  ]
}
