import { describe, expect, it } from 'vitest'
import { neverSaved, type StoredAnswer } from '../assessments/answer.ts'
import { answerAt, areSameAnswer, judgementsFor, type Line, lineOfPart, newestAnswers, numbered, numberFor, versionFor } from './line.ts'
import type { Judgement } from './review.ts'

const said = (version: number, explanation: string): StoredAnswer => ({ ...neverSaved('q'), version, options: ['yes'], explanation })

// The first expert asks (2), then the second (3: the city sends the same answer to them), then the first once more (4).
const line: Line = new Map([
  [
    'q',
    [
      { answer: said(2, 'Since 2019.'), seenBy: 'first' },
      { answer: said(3, 'Since 2019.'), seenBy: 'second' },
      { answer: said(4, 'Since May 2019.'), seenBy: 'first' },
    ],
  ],
])
const handedIn = new Map([['q', said(7, 'For years.')]]) // its version in the working copy says nothing here
const copy = { handedIn, line }
const newestOf = (part: 'first' | 'second') => newestAnswers(handedIn, lineOfPart(line, part)).get('q')

describe('the line of one expert', () => {
  it('holds what came in reply to the own part, and what was handed in otherwise', () => {
    expect(newestOf('first')).toEqual(said(4, 'Since May 2019.'))
    expect(newestOf('second')).toEqual(said(3, 'Since 2019.'))
    const none: Line = new Map([['q', [{ answer: said(2, 'New'), seenBy: 'first' }]]])
    expect(newestAnswers(handedIn, lineOfPart(none, 'second')).get('q')).toEqual(said(1, 'For years.'))
  })

  it('is numbered without gaps, so that no number tells of the other', () => {
    const second = lineOfPart(line, 'second')
    expect(numberFor(second, 'q', 3)).toBe(2)
    expect(versionFor(second, 'q', 2)).toBe(3)
    expect(versionFor(second, 'q', 1)).toBe(1)
    const first = lineOfPart(line, 'first')
    expect([1, 2, 4].map((version) => numberFor(first, 'q', version))).toEqual([1, 2, 3])
    expect([1, 2, 3].map((number) => versionFor(first, 'q', number))).toEqual([1, 2, 4])
    expect(numbered(newestAnswers(handedIn, second), second).get('q')).toEqual({ ...said(2, 'Since 2019.') })
    expect(judgementsFor(second, new Map([['q', { answerVersion: 3 } as Judgement]])).get('q')).toEqual({ answerVersion: 2 })
  })

  it('is the whole one with its own numbers once both have signed', () => {
    expect([1, 2, 3, 4].map((version) => numberFor(line, 'q', version))).toEqual([1, 2, 3, 4])
    expect(numberFor(line, 'other', 1)).toBe(1)
  })

  it('has what an earlier review of the copy brought, and not what somebody asked who is no expert of it', () => {
    const earlier: Line = new Map([
      [
        'q',
        [
          { answer: said(2, 'Earlier'), seenBy: 'both' },
          { answer: said(3, 'Nobody'), seenBy: null },
        ],
      ],
    ])
    expect(newestAnswers(handedIn, lineOfPart(earlier, 'second')).get('q')).toEqual(said(2, 'Earlier'))
  })
})

describe('a version of an answer', () => {
  it('is found by its number; 1 is what was handed in', () => {
    expect(answerAt(copy, 'q', 1)).toEqual(said(1, 'For years.'))
    expect(answerAt(copy, 'q', 3)).toEqual(said(3, 'Since 2019.'))
    expect(answerAt(copy, 'never answered', 1)).toMatchObject({ version: 1, options: null })
  })

  it('is the same where the city sent both experts the same words', () => {
    expect(areSameAnswer(copy, 'q', [1, 1])).toBe(true)
    expect(areSameAnswer(copy, 'q', [2, 3])).toBe(true)
    expect(areSameAnswer(copy, 'q', [1, 2])).toBe(false)
    expect(areSameAnswer(copy, 'q', [4, 3])).toBe(false)
  })
})
