import { describe, expect, it } from 'vitest'
import { broken, scoped, scopeText, scopeTexts } from '../../../test/instrument-copies.ts'
import { AppError } from '../../errors.ts'
import { loadInstrument } from './load.ts'

const replace = (from: string, to: string) => (text: string) => {
  expect(text).toContain(from)
  return text.replace(from, to)
}

function problemsOf(folder: string): string[] {
  try {
    loadInstrument(folder)
    return []
  } catch (error) {
    expect(error).toBeInstanceOf(AppError)
    expect((error as AppError).code).toBe('INSTRUMENT_INVALID')
    return String((error as AppError).values.problems).split('\n')
  }
}

const library = 'questions/library.yaml'
const park = 'questions/park.yaml'

describe('a broken instrument is refused with file, key and rule when', () => {
  it.each<[string, Parameters<typeof broken>[0], string]>([
    ['a file is no YAML', { [library]: () => 'indicator: [' }, 'questions/library.yaml: this is not YAML'],
    [
      'a key stands twice',
      { [library]: replace('    max: 2\n', '    max: 2\n    max: 3\n') },
      'questions/library.yaml: this is not YAML: Map keys must be unique',
    ],
    ['instrument.yaml is missing', { 'instrument.yaml': null }, 'instrument.yaml: this file is missing'],
    ['the file of an indicator is missing', { [park]: null }, 'questions/park.yaml: this file is missing'],
    ['a language is missing', { 'text/fr.yaml': null }, 'text/fr.yaml: this file is missing'],
    [
      'a language is not listed',
      { 'instrument.yaml': replace('[en, fr]', '[en]') },
      'text/fr.yaml: instrument.yaml does not list the language fr',
    ],
    [
      'a file belongs to no indicator',
      {
        'instrument.yaml': replace('  - id: park\n    set: extended\n    indicators:\n      - id: park\n        questions: [par-01]\n', ''),
      },
      'questions/park.yaml: instrument.yaml has no indicator park',
    ],
    [
      'a key has no meaning',
      { [library]: replace('anchor: true', 'anchor: true\n    score: 3') },
      'questions/library.yaml: questions.lib-01: score has no meaning here',
    ],
    ['a key is missing', { [library]: replace('    anchor: true\n', '') }, 'questions/library.yaml: questions.lib-01: anchor is missing'],
    [
      'points are negative',
      { [library]: replace('id: planned, points: 1', 'id: planned, points: -1') },
      'questions/library.yaml: questions.lib-01.options.planned.points: must be at least 0',
    ],
    [
      'points are no whole number',
      { [library]: replace('id: planned, points: 1', 'id: planned, points: 0.5') },
      'questions/library.yaml: questions.lib-01.options.planned.points: must be of the kind integer',
    ],
    [
      'points are more than max',
      { [library]: replace('id: yes, points: 2', 'id: yes, points: 5') },
      'questions/library.yaml: questions.lib-01.options: option yes earns 5, more than max 2',
    ],
    [
      'max cannot be reached',
      { [library]: replace('max: 3', 'max: 7') },
      'questions/library.yaml: questions.lib-02.options: max is 7, but the options earn 4 at most',
    ],
    [
      'a multiple question has no option none',
      { [library]: replace(', { id: none, points: 0 }', '') },
      'questions/library.yaml: questions.lib-02.options: a question of the type multiple has the option none',
    ],
    [
      'an action field is unknown',
      { [library]: replace('[education]', '[sports]') },
      'questions/library.yaml: questions.lib-01.fields.0: must be one of: education, housing',
    ],
    [
      'an option stands twice',
      { [library]: replace('id: planned', 'id: yes') },
      'questions/library.yaml: questions.lib-01.options: yes stands more than once',
    ],
    [
      'a question stands twice',
      { 'instrument.yaml': replace('[par-01]', '[par-01, lib-01]') },
      'instrument.yaml: questions: lib-01 stands more than once',
    ],
    [
      'a question is not listed',
      { 'instrument.yaml': replace('lib-02, lib-04', 'lib-04') },
      'questions/library.yaml: questions.lib-02: instrument.yaml does not list this question',
    ],
    [
      'a question is not written',
      { 'instrument.yaml': replace('lib-04', 'lib-05') },
      'instrument.yaml: library.lib-05: questions/library.yaml does not have this question',
    ],
    [
      'a retired id is used again',
      { 'instrument.yaml': replace('retired: [lib-03]', 'retired: [lib-03, lib-04]') },
      'instrument.yaml: lib-04: this id belonged to an earlier question',
    ],
    [
      'an id that a cross-walk dropped is used again',
      {
        'crosswalks/a.yaml': () =>
          'from: { instrument: tiny, version: 0.1.0 }\nto: { instrument: tiny, version: 0.2.0 }\nquestions:\n  - { relation: dropped, from: [lib-04], to: [], comparability: none }\n',
      },
      'instrument.yaml: lib-04: this id belonged to an earlier question',
    ],
    [
      'a condition points to a later question',
      { [library]: replace('question: lib-01', 'question: lib-04') },
      'questions/library.yaml: questions.lib-02.visibleIf: question lib-04 does not stand before',
    ],
    [
      'a condition points to a question that takes several options',
      { [library]: (text) => `${text}    visibleIf: { question: lib-02, options: [books] }\n` },
      'questions/library.yaml: questions.lib-04.visibleIf: question lib-02 is not of the type single',
    ],
    [
      'a condition names an option that does not exist',
      { [library]: replace('options: [yes] }', 'options: [sure] }') },
      'questions/library.yaml: questions.lib-02.visibleIf: question lib-01 has no option sure',
    ],
    [
      'bands leave a gap',
      { [park]: replace('from: 99.5', 'from: 99.9') },
      'questions/park.yaml: questions.par-01.options: nearly-all begins at 99.9, but must begin at 99.5',
    ],
    [
      'an inner band is open',
      { [park]: replace('from: 50, below: 99.5', 'from: 50') },
      'questions/park.yaml: questions.par-01.options: 50-to-99 has no upper limit',
    ],
    [
      'a scheme leaves out a dimension',
      { 'weights/plain.yaml': replace(', park: 1 }\nindicators', ' }\nindicators') },
      'weights/plain.yaml: dimensions.park: this weight is missing',
    ],
    [
      'a scheme weighs something unknown',
      { 'weights/plain.yaml': replace('indicators: { library: 1', 'indicators: { libary: 1, library: 1') },
      'weights/plain.yaml: indicators.libary: there is a weight here for something that does not exist',
    ],
    [
      'a scheme weighs nothing',
      { 'weights/plain.yaml': replace('library: 2, park: 1', 'library: 0, park: 1') },
      'weights/plain.yaml: dimensions (core): all weights are 0',
    ],
    [
      'a scheme weighs a question that does not exist',
      { 'weights/plain.yaml': (text) => `${text}questions: { lib-09: 1 }\n` },
      'weights/plain.yaml: questions.lib-09: there is a weight here for something that does not exist',
    ],
    [
      'a scheme leaves an indicator without weight',
      { 'weights/plain.yaml': (text) => `${text}questions: { par-01: 0 }\n` },
      'weights/plain.yaml: questions: all weights are 0',
    ],
    [
      'no scheme is the default',
      { 'weights/plain.yaml': replace('default: true', 'default: false') },
      'weights: default: exactly one scheme is the default, not 0',
    ],
    [
      'the name of a file and its id differ',
      { 'weights/plain.yaml': replace('id: plain', 'id: simple') },
      'weights/plain.yaml: id: must be plain, as the file is called',
    ],
    [
      'groups of cities overlap',
      { 'clusters/size.yaml': replace('from: 50000', 'from: 40000') },
      'clusters/size.yaml: groups: large begins at 40000, but must begin at 50000',
    ],
    [
      'the last group of cities is closed',
      { 'clusters/size.yaml': replace('from: 50000 }', 'from: 50000, below: 90000 }') },
      'clusters/size.yaml: groups: the last group has no upper limit',
    ],
    [
      'a text is empty',
      { 'text/en.yaml': replace('hint: Ask at the counter.', 'hint: ""') },
      'text/en.yaml: questions.lib-02.hint: must be one line of text',
    ],
    [
      'an option has no text in one language',
      { 'text/fr.yaml': replace('films: Des films, ', '') },
      'text/fr.yaml: questions.lib-02.options.films: this text is missing',
    ],
    [
      'there is a text for something else',
      { 'text/en.yaml': replace('films: Films', 'films: Films, records: Records') },
      'text/en.yaml: questions.lib-02.options.records: there is a text here, but nothing',
    ],
    [
      'a term is explained in one language only',
      { 'text/fr.yaml': replace('terms:\n  town: { name: Ville, description: Un lieu avec une bibliothèque. }\n', '') },
      'text/fr.yaml: terms.town: this text is missing',
    ],
    [
      'the ground for not applicable is missing',
      { 'text/fr.yaml': replace('    notApplicable: Votre ville est un parc.\n', '') },
      'text/fr.yaml: questions.par-01.notApplicable: this text is missing',
    ],
    [
      'a scope names a question that does not exist',
      { 'instrument.yaml': scoped('[lib-04, lib-09]'), ...scopeTexts },
      'instrument.yaml: scopes.lending.lib-09: there is no such question',
    ],
    [
      'a question stands under two scopes',
      {
        'instrument.yaml': (text) => `${scoped('[lib-04]')(text)}  - { id: cards, questions: [lib-04] }\n`,
        'text/en.yaml': (text) => `${scopeText(text)}  cards: { name: Cards, question: Yours?, hint: Ask., whatCounts: Any. }\n`,
        'text/fr.yaml': (text) =>
          `${scopeText(text)}  cards: { name: Cartes, question: Les vôtres ?, hint: Demandez., whatCounts: Tout. }\n`,
      },
      'instrument.yaml: scopes.lib-04: this question stands under two scopes',
    ],
    [
      'a scope stands twice',
      { 'instrument.yaml': (text) => `${scoped('[lib-04]')(text)}  - { id: lending, questions: [par-01] }\n`, ...scopeTexts },
      'instrument.yaml: scopes: lending stands more than once',
    ],
    [
      'a scope leaves out a question that depends on one of its own',
      { 'instrument.yaml': scoped('[lib-01]'), ...scopeTexts },
      'instrument.yaml: scopes.lending: question lib-02 depends on lib-01',
    ],
    [
      'a scope names no questions',
      { 'instrument.yaml': scoped('[]'), ...scopeTexts },
      'instrument.yaml: scopes.lending.questions: needs at least 1 entry',
    ],
    [
      'a scope has no wording in one language',
      { 'instrument.yaml': scoped('[lib-04]'), 'text/en.yaml': scopeText },
      'text/fr.yaml: scopes.lending: this text is missing',
    ],
    [
      'a scope says not what counts',
      {
        'instrument.yaml': scoped('[lib-04]'),
        'text/en.yaml': (text) => `${text}scopes:\n  lending: { name: Lending, question: Yours?, hint: Ask. }\n`,
        'text/fr.yaml': scopeText,
      },
      'text/en.yaml: scopes.lending: whatCounts is missing',
    ],
    [
      'there is wording for a scope that does not exist',
      { 'text/en.yaml': scopeText },
      'text/en.yaml: scopes.lending: there is a text here, but nothing',
    ],
    [
      'two questions share a hint',
      { 'text/en.yaml': replace('hint: The price list says so.', 'hint: Ask at the counter.') },
      'text/en.yaml: questions.lib-04.hint: question lib-02 has the same text',
    ],
  ])('%s', (_, changes, line) => {
    expect(problemsOf(broken(changes)).filter((problem) => problem.startsWith(line))).toHaveLength(1)
  })

  it('several rules are broken at once, one line for each', () => {
    const folder = broken({
      [library]: replace('id: yes, points: 2', 'id: yes, points: 5'),
      'text/fr.yaml': replace('films: Des films, ', ''),
    })
    expect(problemsOf(folder)).toEqual([
      'questions/library.yaml: questions.lib-01.options: option yes earns 5, more than max 2',
      'text/fr.yaml: questions.lib-02.options.films: this text is missing',
    ])
  })
})
