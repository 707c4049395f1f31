import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseBest, type KnapsackOption } from './knapsack.ts'

/** Greatest gain within the budget by trying every combination. */
function tryAll(options: readonly KnapsackOption[], budget: number): number {
  const groups = [...Map.groupBy(options, ({ group }) => group).values()]
  const visit = (g: number, gain: number, effort: number): number => {
    if (effort > budget) return -Infinity
    const group = groups[g]
    if (group === undefined) return gain
    return Math.max(visit(g + 1, gain, effort), ...group.map((option) => visit(g + 1, gain + option.gain, effort + option.effort)))
  }
  return visit(0, 0, 0)
}

describe('chooseBest', () => {
  it('finds the best set where taking the best value per effort first does not', () => {
    // a: 6 for 1, b: 10 for 2, c: 12 for 3, budget 5: greedy takes a and b (16), best is b and c (22)
    const options = [
      { group: 'a', gain: 6, effort: 1 },
      { group: 'b', gain: 10, effort: 2 },
      { group: 'c', gain: 12, effort: 3 },
    ]
    expect(chooseBest(options, 5)).toEqual({ chosen: [1, 2], gain: 22, effort: 5, bound: 22, isOptimal: true })
  })

  it('takes at most one option of a group', () => {
    const options = [
      { group: 'a', gain: 5, effort: 1 },
      { group: 'a', gain: 6, effort: 2 },
      { group: 'b', gain: 4, effort: 1 },
    ]
    expect(chooseBest(options, 2)).toMatchObject({ chosen: [0, 2], gain: 9 })
    expect(chooseBest(options, 3)).toMatchObject({ chosen: [1, 2], gain: 10 })
  })

  it('equals trying every combination', () => {
    const option = fc.record({
      group: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      gain: fc.integer({ min: 0, max: 30 }),
      effort: fc.integer({ min: 1, max: 12 }),
    })
    fc.assert(
      fc.property(fc.array(option, { maxLength: 12 }), fc.integer({ min: 0, max: 40 }), (options, budget) => {
        const solution = chooseBest(options, budget)
        expect(solution.gain).toBe(tryAll(options, budget))
        expect(solution.isOptimal).toBe(true)
        expect(solution.effort).toBeLessThanOrEqual(budget)
        expect(solution.chosen.reduce((sum, i) => sum + (options[i]?.gain ?? 0), 0)).toBe(solution.gain)
      }),
      { numRuns: 200, seed: 7 },
    )
  })

  it('solves 86 questions with similar gains and efforts exactly', () => {
    const options = Array.from({ length: 86 }, (_, i) => ({
      group: `q${i}`,
      gain: 1 + ((i * 37) % 23) / 10,
      effort: 1 + ((i * 53) % 17) / 4,
    }))
    const solution = chooseBest(options, 60)
    expect(solution.isOptimal).toBe(true)
    expect(solution.effort).toBeLessThanOrEqual(60)
  })

  it('ends at the limit of steps with a bound that holds', () => {
    const options = Array.from({ length: 40 }, (_, i) => ({ group: `q${i}`, gain: 100 + ((i * 7) % 11), effort: 100 + ((i * 7) % 13) }))
    const hurried = chooseBest(options, 1050, 3),
      full = chooseBest(options, 1050)
    expect(hurried.isOptimal).toBe(false)
    expect(hurried.bound).toBeGreaterThanOrEqual(full.gain)
    expect(hurried.gain).toBeLessThanOrEqual(full.gain)
  })

  it('refuses an effort that is not given', () => {
    expect(() => chooseBest([{ group: 'a', gain: 1, effort: 0 }], 1)).toThrow(
      'Effort 0 of "a": must be a number above 0; an effort is given, never assumed.',
    )
    expect(() => chooseBest([], NaN)).toThrow('Budget NaN')
  })
})
