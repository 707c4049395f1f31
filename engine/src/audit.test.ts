import { describe, expect, it } from 'vitest'
import { auditIndex } from './audit.ts'
import { createDataset } from './dataset.ts'
import { ShapeError } from './errors.ts'
import type { Framework } from './framework.ts'
import { leaveOneOut, removeElement } from './leave-one-out.ts'
import { DEFAULT_METHOD, type Method } from './method.ts'

const framework: Framework = {
  elements: [
    { code: 'a', level: 1, parent: 'x', weight: 1, direction: 1 },
    { code: 'b', level: 1, parent: 'x', weight: 1, direction: 1 },
    { code: 'c', level: 1, parent: 'y', weight: 1, direction: -1 },
    { code: 'x', level: 2, parent: 'index', weight: 3, direction: 1 },
    { code: 'y', level: 2, parent: 'index', weight: 1, direction: 1 },
    { code: 'index', level: 3, parent: null, weight: 1, direction: 1 },
  ],
}
const values = { a: [0, 5, 10, 10, null], b: [1, 4, 11, 8, 3], c: [30, 10, 20, 40, 25] }
const dataset = createDataset({ units: ['u', 'v', 'w', 'z', 'q'], values })
const method: Method = { ...DEFAULT_METHOD, screening: { minAvailability: 0.7 } }

describe('auditIndex', () => {
  const audit = auditIndex(dataset, framework, method)

  it('states availability before anything is left out or estimated', () => {
    expect(audit.availability).toEqual([
      { element: 'a', share: 0.8 },
      { element: 'b', share: 1 },
      { element: 'c', share: 1 },
    ])
    expect(audit.result.screened).toEqual([{ unit: 'q', time: null }])
  })

  it('profiles raw values of all units, with the best end by direction', () => {
    expect(audit.profiles.map(({ element, minimum, maximum, missing }) => [element, minimum, maximum, missing])).toEqual([
      ['a', 0, 10, 1],
      ['b', 1, 11, 0],
      ['c', 10, 40, 0],
    ])
    expect(audit.profiles[0]?.ceiling).toEqual({ value: 10, units: 2, share: 0.5 })
  })

  it('judges every family, and says why where it cannot', () => {
    expect(audit.families.map(({ parent, children }) => [parent, ...children])).toEqual([
      ['x', 'a', 'b'],
      ['y', 'c'],
      ['index', 'x', 'y'],
    ])
    const [x, y] = audit.families
    expect(x?.flags).toMatchObject([{ kind: 'redundant', elements: ['a', 'b'] }])
    expect(x?.adequacy).toMatchObject({ status: 'assessed', overall: expect.closeTo(0.5, 10) })
    expect(y?.consistency.alpha).toBeNull()
    expect(y?.components).toMatchObject({ status: 'notAssessable', reason: 'fewElements' })
  })

  it('correlates normalised indicators, so that less can be better', () => {
    // c is turned round: 100 - 100 (c - 10) / 30 is 33.3 100 66.7 0; a is 0 50 100 100
    const { codes, values: correlations } = audit.correlations
    expect(codes).toEqual(['a', 'b', 'c'])
    // deviations a -62.5 -12.5 37.5 37.5, c' -16.7 50 16.7 -50: sum of products 1041.7 - 625 + 625 - 1875 = -833.3
    // sums of squares 6875 and 5555.6
    expect(correlations[0]?.[2]).toBeCloseTo(-833.3333333333334 / Math.sqrt(6875 * 5555.555555555556), 10)
  })

  it('sets what an element decides against what it should weigh', () => {
    const { influence } = audit
    expect(influence.map(({ element, nominal }) => [element, nominal])).toEqual([
      ['a', 0.375],
      ['b', 0.375],
      ['c', 0.25],
      ['x', 0.75],
      ['y', 0.25],
    ])
    const leaves = influence.filter(({ level }) => level === 1)
    expect(leaves.reduce((sum, { effective }) => sum + (effective ?? 0), 0)).toBeCloseTo(1, 12)
    // the index leans on x, against which c runs
    expect(influence.find(({ element }) => element === 'c')).toMatchObject({ withParent: 1 })
  })

  it('leaves out every element in turn and keeps units in their places', () => {
    // min-max over the four units that stay: a 0 50 100 100, b 0 30 100 70, c 33.3 100 66.7 0
    // x 0 40 100 85, index (3 x + c) / 4: 8.3 55 91.7 63.75 -> ranks 4 3 1 2
    expect(audit.result.ranks).toEqual([4, 3, 1, 2, null])
    const ranksWithout = Object.fromEntries(audit.leftOut.map(({ element, shift }) => [element, shift?.ranks]))
    // without a (3 b + c) / 4: 8.3 47.5 91.7 52.5; without b (3 a + c) / 4: 8.3 62.5 91.7 75; without c, x alone;
    // without x, c alone: 33.3 100 66.7 0
    const same = [4, 3, 1, 2, null]
    expect(ranksWithout).toEqual({ a: same, b: same, c: same, x: [3, 1, 2, 4, null], y: same })
    expect(audit.leftOut.find(({ element }) => element === 'x')?.shift?.largest).toEqual({ unit: 1, shift: -2 })
  })

  it('returns alternatives that fail with their reason', () => {
    const zero = { id: 'geometric', method: { ...method, aggregation: { byLevel: [{ kind: 'geometric' as const }], minCoverage: 0 } } }
    const { alternatives } = auditIndex(dataset, framework, method, { alternatives: [zero, { id: 'same', method }] })
    expect(alternatives[0]).toMatchObject({ id: 'geometric', shift: null, failure: expect.stringMatching(/u|"/) })
    expect(alternatives[1]).toMatchObject({ id: 'same', failure: null, shift: { mean: 0, unchanged: 1, compared: 4 } })
  })

  it('compares with standard alternatives, never with itself', () => {
    const ids = audit.alternatives.map(({ id }) => id)
    expect(ids).toContain('z-score')
    expect(ids).not.toContain('min-max')
    expect(ids).not.toContain('arithmetic')
  })

  it('is plain data without a number that is none', () => {
    expect(JSON.parse(JSON.stringify(audit))).toEqual(audit)
  })

  it('wants one point in time when the method separates them', () => {
    const panel = createDataset({ units: ['u', 'u'], times: ['1', '2'], values: { a: [1, 2], b: [1, 2], c: [1, 2] } })
    expect(() => auditIndex(panel, framework, { ...method, time: 'separate' })).toThrow(ShapeError)
  })
})

describe('removeElement', () => {
  it('takes along what is below, and parents without children', () => {
    const codes = (code: string) => removeElement(framework, code).elements.map((element) => element.code)
    expect(codes('c')).toEqual(['a', 'b', 'x', 'index'])
    expect(codes('x')).toEqual(['c', 'y', 'index'])
    expect(codes('index')).toEqual([])
  })
})

describe('leaveOneOut', () => {
  it('says why an index cannot do without an element', () => {
    const single: Framework = {
      elements: [framework.elements[0], framework.elements[5]].map((element) => ({
        ...(element as Framework['elements'][number]),
        parent: element?.code === 'a' ? 'index' : null,
      })),
    }
    const data = createDataset({ units: ['u', 'v'], values: { a: [1, 2] } })
    expect(leaveOneOut(data, single, DEFAULT_METHOD, [2, 1])).toEqual([
      { element: 'a', level: 1, shift: null, failure: 'Nothing is left of the index without "a"' },
    ])
  })

  it('names a family whose remaining weights are all zero', () => {
    const zero: Framework = { elements: framework.elements.map((element) => (element.code === 'b' ? { ...element, weight: 0 } : element)) }
    const [withoutA] = leaveOneOut(dataset, zero, DEFAULT_METHOD, [1, 2, 3, 4, 5])
    expect(withoutA).toMatchObject({ element: 'a', shift: null, failure: expect.stringContaining('"x"') })
  })
})
