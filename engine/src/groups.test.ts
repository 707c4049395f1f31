import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignGroup, clusterStatistics, type Group, quartiles, widenGroup } from './groups.ts'

const bySize: Group[] = [
  { id: 'under-100', from: null, below: 100 },
  { id: '100-200', from: 100, below: 200 },
  { id: '200-500', from: 200, below: 500 },
  { id: 'over-500', from: 500, below: null },
]

describe('quartiles', () => {
  // Position (n - 1) p. n = 4: 0.75, 1.5, 2.25 -> 1 + 0.75 x 1, 2 + 0.5 x 2, 4 + 0.25 x 4.
  it('interpolate as R type 7 does', () => {
    expect(quartiles([8, 1, 4, 2])).toEqual({ q1: 1.75, median: 3, q3: 5 })
  })

  // n = 5: positions 1, 2, 3 exactly.
  it('hit values where the position is whole', () => {
    expect(quartiles([50, 10, 40, 20, 30])).toEqual({ q1: 20, median: 30, q3: 40 })
  })

  it('are the value itself when there is one', () => {
    expect(quartiles([7])).toEqual({ q1: 7, median: 7, q3: 7 })
  })

  // Python 3.11.7: statistics.quantiles([3, 1, 4, 1, 5, 9, 2.5, 6, 5, 3.5], n=4, method='inclusive') -> [2.625, 3.75, 5.0]
  it('agree with the inclusive method of Python', () => {
    expect(quartiles([3, 1, 4, 1, 5, 9, 2.5, 6, 5, 3.5])).toEqual({ q1: 2.625, median: 3.75, q3: 5 })
  })

  it('do not exist for no values or for what is no number', () => {
    expect(() => quartiles([])).toThrow(RangeError)
    expect(() => quartiles([1, Number.NaN])).toThrow('NaN is no value')
  })
})

describe('statistics of a group', () => {
  it('leave missing values out and count them', () => {
    expect(clusterStatistics([40, null, 10, 20, null, 30])).toEqual({
      n: 4,
      missing: 2,
      min: 10,
      q1: 17.5,
      median: 25,
      q3: 32.5,
      max: 40,
      mean: 25,
    })
  })

  it('are missing when nothing is known', () => {
    expect(clusterStatistics([null])).toEqual({ n: 0, missing: 1, min: null, q1: null, median: null, q3: null, max: null, mean: null })
    expect(clusterStatistics([]).n).toBe(0)
  })

  it('are ordered, and do not depend on the order of the input', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 }), (values) => {
        const { min, q1, median, q3, max, ...rest } = clusterStatistics(values)
        const summary = [min, q1, median, q3, max].map(Number)
        expect(summary).toEqual(summary.toSorted((a, b) => a - b))
        expect(clusterStatistics(values.toReversed())).toEqual({ min, q1, median, q3, max, ...rest })
      }),
    )
  })
})

describe('assigning a group', () => {
  it.each([
    [0, 'under-100'],
    [99.9, 'under-100'],
    [100, '100-200'],
    [199.999, '100-200'],
    [200, '200-500'],
    [500, 'over-500'],
  ])('puts %d into %s', (value, id) => {
    expect(assignGroup(value, bySize)?.id).toBe(id)
  })

  it('does not guess for an unknown value', () => {
    expect(assignGroup(null, bySize)).toBeNull()
  })

  it('refuses a value outside all groups', () => {
    expect(() => assignGroup(250, bySize.slice(0, 2))).toThrow('250 lies in none of the groups under-100, 100-200')
    expect(() => assignGroup(Number.NaN, bySize)).toThrow(RangeError)
    expect(() => assignGroup(Number.POSITIVE_INFINITY, bySize)).toThrow(RangeError)
  })

  it('refuses groups with a gap, an overlap, no width, a shared id, or none', () => {
    expect(() =>
      assignGroup(1, [
        { id: 'a', from: 0, below: 10 },
        { id: 'b', from: 11, below: 20 },
      ]),
    ).toThrow('a ends below 10 but b starts from 11')
    expect(() =>
      assignGroup(1, [
        { id: 'a', from: 0, below: null },
        { id: 'b', from: 11, below: 20 },
      ]),
    ).toThrow('a ends below no limit')
    expect(() => assignGroup(1, [{ id: 'a', from: 5, below: 5 }])).toThrow('can hold no value')
    expect(() =>
      assignGroup(1, [
        { id: 'a', from: 0, below: 10 },
        { id: 'a', from: 10, below: 20 },
      ]),
    ).toThrow('used twice')
    expect(() => assignGroup(null, [])).toThrow('at least one')
  })
})

describe('widening a small group', () => {
  const many = (value: number, n: number) => Array.from({ length: n }, () => value)

  it('leaves a group of five as it is', () => {
    expect(widenGroup(150, bySize, [50, ...many(150, 5), 300])).toEqual({
      own: '100-200',
      joined: [],
      extent: 'own',
      members: [1, 2, 3, 4, 5],
    })
  })

  it('joins the neighbour whose limit is nearer to the value', () => {
    const values = [...many(50, 4), ...many(150, 2), ...many(300, 4)]
    // 120 is 20 from the lower limit and 80 from the upper one; 190 the other way round
    expect(widenGroup(120, bySize, values)).toMatchObject({ joined: ['under-100'], extent: 'neighbour', members: [0, 1, 2, 3, 4, 5] })
    expect(widenGroup(190, bySize, values)).toMatchObject({ joined: ['200-500'], extent: 'neighbour', members: [4, 5, 6, 7, 8, 9] })
    expect(widenGroup(150, bySize, values)).toMatchObject({ joined: ['under-100'] }) // 50 from either: the lower one
  })

  it('has only one neighbour to join at either end', () => {
    expect(widenGroup(10, bySize, [...many(10, 2), ...many(150, 3)])).toMatchObject({
      own: 'under-100',
      joined: ['100-200'],
      extent: 'neighbour',
    })
    expect(widenGroup(900, bySize, [...many(900, 2), ...many(300, 3)])).toMatchObject({
      own: 'over-500',
      joined: ['200-500'],
      extent: 'neighbour',
    })
  })

  it('takes all units when the neighbour is not enough, and says which groups were joined', () => {
    const values = [50, 150, null, 300, 900, 950]
    expect(widenGroup(120, bySize, values)).toEqual({
      own: '100-200',
      joined: ['under-100', '200-500', 'over-500'],
      extent: 'all',
      members: [0, 1, 2, 3, 4, 5],
    })
  })

  it('takes another smallest size', () => {
    expect(widenGroup(150, bySize, [150, 150, 50], 2)).toMatchObject({ extent: 'own', members: [0, 1] })
  })
})
