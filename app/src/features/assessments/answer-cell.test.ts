import { describe, expect, it } from 'vitest'
import { instrumentFolder } from '../../paths.ts'
import { translator } from '../../text/text.ts'
import { findQuestion, questionsOf } from '../instrument/instrument.ts'
import { loadInstrument } from '../instrument/load.ts'
import { readChoice } from './answer-cell.ts'

const instrument = loadInstrument(instrumentFolder, translator('en'))
const read = (id: string, value: string | number | boolean | Date | null) =>
  readChoice(instrument, findQuestion(instrument, id)!, value, 'en')
const rule = (id: string, value: string | number | boolean | Date | null) => {
  const found = read(id, value)
  return 'rule' in found ? found.rule.replace('spreadsheets.problem.', '') : found
}
const option = (...options: string[]) => ({ options, missing: null })
const multiple = questionsOf(instrument).find(({ type, options }) => type === 'multiple' && options.some(({ id }) => id === 'none'))!
const [first, second] = multiple.options.filter(({ id }) => id !== 'none').map(({ id }) => id)
const wording = (language: 'en' | 'de', id: string, key: string) => instrument.texts[language]!.questions[id]!.options[key]!

describe('the answer cell of a table', () => {
  it('takes the option text of every language, and the key', () => {
    for (const question of questionsOf(instrument))
      for (const { id } of question.options)
        for (const text of [id, wording('en', question.id, id), wording('de', question.id, id)])
          expect(read(question.id, text), `${question.id} ${text}`).toEqual(option(id))
  })

  it('does not mind blanks, capitals, quotation marks and dashes of another kind', () => {
    const text = wording('de', 'edu-01', '25-to-50')
    expect(read('edu-01', `\u00A0 ${text.toUpperCase().replaceAll(' ', '\u00A0\u00A0')}  \n`)).toEqual(option('25-to-50'))
  })

  it.each([
    ['37,5', '25-to-50'],
    ['37.5 %', '25-to-50'],
    ['25', '25-to-50'],
    ['24,9 Prozent', 'under-25'],
    [75, '75-and-more'],
    [0, 'under-25'],
    ['100', '75-and-more'],
    [0.12, 'under-25'], // 0.12 percent or 12 percent: the same band
  ])('finds the band of a share: %s', (value, band) => {
    expect(read('edu-01', value)).toEqual(option(band))
  })

  it.each([
    [0.6, 'shareFraction'],
    [1, 'shareFraction'],
    ['120', 'shareRange'],
    ['-3', 'shareRange'],
  ])('names a share that it cannot place: %s', (value, expected) => {
    expect(rule('edu-01', value)).toBe(expected)
  })

  it('takes several options by semicolon, line or list, whichever way round', () => {
    const texts = [wording('en', multiple.id, first!), wording('de', multiple.id, second!)]
    expect(read(multiple.id, texts.join('; '))).toEqual(option(first!, second!))
    expect(read(multiple.id, texts.map((text) => `• ${text}`).join('\r\n'))).toEqual(option(first!, second!))
    expect(read(multiple.id, `${texts.join(';')};`)).toEqual(option(first!, second!))
  })

  it('understands yes and no as an office program writes ticks, where the question has them', () => {
    const question = questionsOf(instrument).find(({ options }) => ['yes', 'no'].every((id) => options.some((each) => each.id === id)))!
    expect(read(question.id, true)).toEqual(option('yes'))
    expect(read(question.id, 'FALSCH')).toEqual(option('no'))
    expect(rule('edu-01', true)).toBe('optionUnknown')
  })

  it('tells not known, does not apply and not answered apart', () => {
    expect(read('edu-01', 'Wissen wir nicht')).toEqual({ options: null, missing: 'not-known' })
    expect(read('edu-01', 'not applicable')).toEqual({ options: null, missing: 'not-applicable' })
    for (const nothing of [null, '', '  ', '\u00A0', 'Nicht beantwortet'])
      expect(read('edu-01', nothing)).toEqual({ options: null, missing: null })
    const always = questionsOf(instrument).find(({ allowsNotApplicable }) => !allowsNotApplicable)!
    expect(rule(always.id, 'not-applicable')).toBe('notApplicable')
  })

  it('names what breaks a rule of the question instead of guessing', () => {
    expect(rule('edu-01', `${wording('en', 'edu-01', 'under-25')}; ${wording('en', 'edu-01', '25-to-50')}`)).toBe('several')
    expect(rule(multiple.id, `${first}; none`)).toBe('noneWithOthers')
    expect(rule(multiple.id, `${first}; not-known`)).toBe('both')
    expect(rule('edu-01', new Date('2026-05-20'))).toBe('date')
    expect(rule('edu-01', '#NAME?')).toBe('formula')
    expect(rule('ant-01', '3')).toBe('number')
    expect(rule('edu-01', 'something quite different, said at length')).toBe('optionUnknown')
    expect(read('edu-01', wording('en', 'edu-01', 'under-25').slice(0, -1))).toMatchObject({
      values: { near: wording('en', 'edu-01', 'under-25') },
    })
  })
})
