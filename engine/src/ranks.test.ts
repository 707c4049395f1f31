import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fraction, fractionFrom, fractionToNumber } from './fraction.ts'
import { rankExact, rankScores, snapScore } from './ranks.ts'

describe('ranks of floating-point scores', () => {
  it('give equal scores the best rank', () => {
    expect(rankScores([70, 80, 60, 70])).toEqual([2, 1, 4, 2])
  })

  it('leave missing scores missing and move nobody else', () => {
    expect(rankScores([null, 50, null, 90])).toEqual([null, 2, null, 1])
    expect(rankScores([null])).toEqual([null])
    expect(rankScores([])).toEqual([])
  })

  // 90, 80, 80, 70: the places of the tie are 2 and 3
  it.each([
    ['best', [1, 2, 2, 4]],
    ['worst', [1, 3, 3, 4]],
    ['average', [1, 2.5, 2.5, 4]],
    ['dense', [1, 2, 2, 3]],
  ] as const)('follow the tie rule %s', (rule, expected) => {
    expect(rankScores([90, 80, 80, 70], rule)).toEqual(expected)
  })

  it('see no difference in the last digits, and see one of 1e-8', () => {
    expect(rankScores([0.1 + 0.2, 0.3])).toEqual([1, 1])
    expect(rankScores([66.66666666, 66.66666667])).toEqual([2, 1])
  })

  it('refuse what is no number, naming its position', () => {
    expect(() => rankScores([1, Number.NaN])).toThrow('Score 2 of 2 is NaN')
    expect(() => rankScores([Number.POSITIVE_INFINITY])).toThrow(RangeError)
  })

  it('do not depend on the order of the input', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: 0, max: 6 })), { maxLength: 12 }),
        fc.constantFrom('best', 'worst', 'average', 'dense'),
        (scores, rule) => {
          expect(rankScores(scores.toReversed(), rule).toReversed()).toEqual(rankScores(scores, rule))
        },
      ),
    )
  })

  it('with the best rule are one more than the number of higher scores', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 12 }), (scores) => {
        expect(rankScores(scores)).toEqual(scores.map((own) => 1 + scores.filter((other) => other > own).length))
      }),
    )
  })
})

describe('snapping', () => {
  it('rounds to nine decimals and leaves what is coarser than that', () => {
    expect(snapScore(0.1 + 0.2)).toBe(0.3)
    expect(snapScore(-1.0000000004)).toBe(-1)
    expect(snapScore(1e16)).toBe(1e16)
  })
})

describe('ranks of exact scores', () => {
  it('tell scores apart that are the same double', () => {
    const [score, more] = [fraction(1n, 3n), fraction(10n ** 20n + 1n, 3n * 10n ** 20n)]
    expect(fractionToNumber(score)).toBe(fractionToNumber(more))
    expect(rankExact([score, null, more, fraction(2n, 6n)])).toEqual([2, null, 1, 2])
  })

  it('agree with those of doubles where doubles suffice', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 400 }).map((n) => n / 4)), { maxLength: 12 }), (scores) => {
        expect(rankExact(scores.map((score) => (score === null ? null : fractionFrom(score))))).toEqual(rankScores(scores))
      }),
    )
  })
})
