import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findQuotation, markedPieces } from './quotation.ts'

const found = (text: string, quotation: string): string[] => findQuotation(text, quotation).map(({ from, to }) => text.slice(from, to))

describe('finding a quotation', () => {
  it('looks across line breaks and hyphens at them', () => {
    const text = 'Die Stadt för-\ndert Sprach-\nkurse für alle,\ndie neu sind.'
    expect(found(text, 'fördert Sprachkurse für alle, die neu')).toEqual(['för-\ndert Sprach-\nkurse für alle,\ndie neu'])
  })

  it('does not mind whether a hyphen belongs to the word', () => {
    expect(found('the well-\nknown plan', 'well-known')).toEqual(['well-\nknown'])
    expect(found('the well-known plan', 'well-known')).toEqual(['well-known'])
    expect(found('Aus- und\nWeiterbildung', 'Aus- und Weiterbildung')).toEqual(['Aus- und\nWeiterbildung'])
  })

  it('takes quotation marks, dashes, ligatures and capitals for what they mean', () => {
    expect(found('He said “The oﬃce – is open”.', 'the office - IS open"')).toEqual(['The oﬃce – is open”'])
  })

  it('finds the parts around an ellipsis one behind the other', () => {
    const text = 'One council. Two courses. Three schools.'
    expect(found(text, 'One council […] Three schools')).toEqual(['One council', 'Three schools'])
    expect(found(text, 'Three schools … One council')).toEqual([])
  })

  it('finds nothing in nothing, and nothing that is not there', () => {
    expect(found('', 'words')).toEqual([])
    expect(found('words', '')).toEqual([])
    expect(found('words', 'other words')).toEqual([])
  })

  it('finds every part of a text again, however its white space was changed', () => {
    const words = fc.array(fc.stringMatching(/^[a-zäöüß]{1,8}$/), { minLength: 3, maxLength: 12 })
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), (list, a, b) => {
        const [first, last] = [a % list.length, b % list.length].sort((x, y) => x - y) as [number, number]
        const quotation = list.slice(first, last + 1).join('\n  ')
        return findQuotation(list.join(' '), quotation).length === 1
      }),
    )
  })

  it('cuts the text into pieces that make it up again', () => {
    const pieces = markedPieces('abcdef', [
      { from: 1, to: 3 },
      { from: 3, to: 4 },
    ])
    expect(pieces.map(({ text }) => text).join('')).toBe('abcdef')
    expect(pieces.filter(({ isMarked }) => isMarked).map(({ text }) => text)).toEqual(['bc', 'd'])
  })
})
