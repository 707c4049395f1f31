import { effectiveWeights, fractionToString } from '@tessera/engine'
import { describe, expect, it } from 'vitest'
import { broken, scoped, scopeTexts, tiny } from '../../../test/instrument-copies.ts'
import { instrumentFolder } from '../../paths.ts'
import { questionsOf } from './instrument.ts'
import { loadInstrument } from './load.ts'

describe('a sound instrument', () => {
  it('is loaded with everything in its order', () => {
    const instrument = loadInstrument(tiny)
    expect(questionsOf(instrument).map(({ id }) => id)).toEqual(['lib-01', 'lib-02', 'lib-04', 'par-01'])
    expect(questionsOf(instrument)[1]).toMatchObject({
      type: 'multiple',
      max: 3,
      weight: 0.5,
      facts: [],
      allowsNotApplicable: false,
      visibleIf: { question: 'lib-01', options: ['yes'] },
    })
    expect(questionsOf(instrument)[3]).toMatchObject({
      allowsNotApplicable: true,
      visibleIf: null,
      options: [{ from: 0, below: 50 }, { id: '50-to-99' }, { from: 99.5 }],
    })
    expect(instrument.schemes).toEqual([
      { id: 'plain', isDefault: true, dimensions: { library: 2, park: 1 }, indicators: { library: 1, park: 1 } },
    ])
    expect(instrument.texts.fr?.questions['lib-01']?.options).toEqual({ yes: 'Oui', planned: 'Prévue', no: 'Non' })
  })

  it('that ships has 86 questions, 17 indicators, 12 dimensions and three weight schemes in German and English', () => {
    const instrument = loadInstrument(instrumentFolder)
    expect(questionsOf(instrument)).toHaveLength(86)
    expect(instrument.dimensions.flatMap((d) => d.indicators)).toHaveLength(17)
    expect(instrument.dimensions.map(({ set }) => set)).toEqual([...Array<string>(10).fill('core'), 'extended', 'extended'])
    expect(instrument.schemes.map(({ id }) => id)).toEqual(['by-dimension', 'by-indicator', 'by-question'])
    expect(Object.keys(instrument.texts)).toEqual(['de', 'en'])
  })

  it('has a scheme in which every question weighs the same', () => {
    const instrument = loadInstrument(instrumentFolder)
    const weights = [
      ...effectiveWeights(
        instrument,
        instrument.schemes.find(({ id }) => id === 'by-question')!,
      ).values(),
    ]
    expect(new Set(weights.map(({ extended }) => fractionToString(extended)))).toEqual(new Set(['1/86']))
    expect(new Set(weights.map(({ core }) => fractionToString(core)))).toEqual(new Set(['1/74', '0/1']))
  })
})

describe('scopes', () => {
  it('are part of an instrument, with their wording', () => {
    const instrument = loadInstrument(broken({ 'instrument.yaml': scoped('[lib-01, lib-02]'), ...scopeTexts }))
    expect(instrument.scopes).toEqual([{ id: 'lending', questions: ['lib-01', 'lib-02'] }])
    expect(instrument.texts.en?.scopes?.lending?.question).toBe('Yours?')
  })

  it('are seven in the instrument that ships, over 17 questions, none of which decides another', () => {
    const { scopes = [] } = loadInstrument(instrumentFolder)
    expect(scopes).toHaveLength(7)
    expect(scopes.flatMap(({ questions }) => questions)).toHaveLength(17)
  })

  it('need not be there', () => {
    expect(loadInstrument(tiny).scopes).toBeUndefined()
  })
})
