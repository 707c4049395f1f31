import { repeatedOf } from './check-structure.ts'
import type { InstrumentFiles } from './instrument-files.ts'
import type { InstrumentProblem } from './instrument-problem.ts'

/**
 * Scopes name questions that exist, each question once, so that there is one reason why it is not asked. A question takes along
 * those that depend on its answer: nothing could decide any more whether they are asked.
 */
export function checkScopes({ structure: { path: file, content }, questions }: InstrumentFiles): InstrumentProblem[] {
  const { scopes = [] } = content
  const rules = questions.flatMap((each) => each.content.questions)
  const known = new Set(rules.map(({ id }) => id))
  const repeatedIds = repeatedOf(scopes.map(({ id }) => id))
  const repeatedQuestions = repeatedOf(scopes.flatMap((scope) => scope.questions))
  return [
    ...repeatedIds.map((id): InstrumentProblem => ({ file, key: 'scopes', rule: 'instrument.rule.idRepeated', values: { id } })),
    ...repeatedQuestions.map((id): InstrumentProblem => ({ file, key: `scopes.${id}`, rule: 'instrument.rule.scopeTwice' })),
    ...scopes.flatMap((scope) =>
      scope.questions
        .filter((id) => !known.has(id))
        .map((id): InstrumentProblem => ({ file, key: `scopes.${scope.id}.${id}`, rule: 'instrument.rule.scopeQuestion' })),
    ),
    ...scopes.flatMap((scope) =>
      rules
        .filter(({ id, visibleIf }) => visibleIf && scope.questions.includes(visibleIf.question) && !scope.questions.includes(id))
        .map(({ id, visibleIf }): InstrumentProblem => ({
          file,
          key: `scopes.${scope.id}`,
          rule: 'instrument.rule.scopeDependent',
          values: { id, parent: visibleIf!.question },
        })),
    ),
  ]
}
