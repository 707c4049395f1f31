import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordDifference } from './word-difference.ts'

describe('the difference between two texts', () => {
  it('names the words that went and came', () => {
    expect(wordDifference('The plan is from 2019 and in force.', 'The plan is from 2024 and in force.')).toEqual([
      { kind: 'same', text: 'The plan is from ' },
      { kind: 'removed', text: '2019 ' },
      { kind: 'added', text: '2024 ' },
      { kind: 'same', text: 'and in force.' },
    ])
  })

  it('knows texts that came, went, or stayed as they were', () => {
    expect(wordDifference('', 'New words')).toEqual([{ kind: 'added', text: 'New words' }])
    expect(wordDifference('Old words', '')).toEqual([{ kind: 'removed', text: 'Old words' }])
    expect(wordDifference('Same', 'Same')).toEqual([{ kind: 'same', text: 'Same' }])
    expect(wordDifference('', '')).toEqual([])
  })

  it('takes another space for no change', () => {
    expect(wordDifference('two  words', 'two words').every(({ kind }) => kind === 'same')).toBe(true)
  })

  it('replaces very long texts as a whole', () => {
    const long = 'word '.repeat(3000)
    expect(wordDifference(long, `${long}more`).map(({ kind }) => kind)).toEqual(['removed', 'added'])
  })

  it('gives both texts again when its parts are joined', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }).map((each) => each.join(' '))
    fc.assert(
      fc.property(words, words, (before, after) => {
        const parts = wordDifference(before, after)
        const joined = (kind: string) =>
          parts
            .filter((part) => part.kind === 'same' || part.kind === kind)
            .map(({ text }) => text.trim())
            .filter((text) => text !== '')
            .join(' ')
        expect(joined('removed')).toBe(before)
        expect(joined('added')).toBe(after)
      }),
    )
  })
})
