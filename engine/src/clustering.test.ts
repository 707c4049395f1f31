import { describe, expect, it } from 'vitest'
import golden from '../golden/multivariate.json' with { type: 'json' }
import { clusterUnits, cutDendrogram } from './clustering.ts'
import { clusterByMeans } from './k-means.ts'
import { measureSilhouette } from './silhouette.ts'
import { standardiseElements } from './unit-matrix.ts'

const complete = golden.rows.filter((row) => !row.includes(null)).map((row) => row.slice(0, 5))
const standardised = standardiseElements(complete)

describe('clusterUnits', () => {
  it('joins neighbours first, at heights worked out by hand', () => {
    // 0 and 1 join at 1; 10 and 12 at 2; the two pairs (centres 0.5 and 11) at sqrt(2 * 2 * 2 / 4) * 10.5
    const { merges } = clusterUnits([[0], [1], [10], [12]])
    expect(merges.map(({ height }) => height)).toEqual([1, 2, expect.closeTo(Math.SQRT2 * 10.5, 12)])
    expect(merges[2]).toMatchObject({ size: 4 })
  })

  it('agrees with hclust(method = "ward.D2") of R 4.2.2', () => {
    const tree = clusterUnits(standardised)
    tree.merges.forEach(({ height }, i) => expect(height).toBeCloseTo(golden.tree.heights[i] as number, 10))
    expect(cutDendrogram(tree, 3)).toEqual(golden.tree.cut3)
    expect(cutDendrogram(tree, 5)).toEqual(golden.tree.cut5)
  })

  it('leaves out units with a gap and names them', () => {
    const tree = clusterUnits([[0], [null], [1], [10]])
    expect(tree.leftOut).toEqual([1])
    expect(cutDendrogram(tree, 2)).toEqual([1, null, 1, 2])
  })

  it('keeps children before parents when heights are equal', () => {
    const tree = clusterUnits([[3], [3], [3], [3]])
    expect(tree.merges.every(({ left, right }, i) => [left, right].every((side) => 'unit' in side || side.merge < i))).toBe(true)
    expect(cutDendrogram(tree, 1)).toEqual([1, 1, 1, 1])
  })

  it('refuses a cut that does not exist and data without a complete unit', () => {
    expect(() => cutDendrogram(clusterUnits([[0], [1]]), 3)).toThrow(/3 clusters of 2 units/)
    expect(() => clusterUnits([[null], [null]])).toThrow(/impute/)
  })
})

describe('measureSilhouette', () => {
  it('compares the own cluster with the next one, by hand', () => {
    // unit 0: own 1, other (10 + 12) / 2 = 11: 10 / 11
    const found = measureSilhouette([[0], [1], [10], [12]], [1, 1, 2, 2])
    expect(found.widths[0]).toBeCloseTo(10 / 11, 14)
    expect(found.widths[3]).toBeCloseTo((11.5 - 2) / 11.5, 14)
  })

  it('agrees with silhouette of the R package cluster 2.1.4', () => {
    const found = measureSilhouette(standardised, golden.tree.cut3)
    found.widths.forEach((width, i) => expect(width).toBeCloseTo(golden.silhouette.widths[i] as number, 10))
    expect(found.mean).toBeCloseTo(golden.silhouette.mean, 10)
  })

  it('gives 0 to a cluster of one and nothing to a unit without label', () => {
    expect(measureSilhouette([[0], [1], [5], [null]], [1, 1, 2, null]).widths).toEqual([expect.closeTo(0.8, 14), 0.75, 0, null])
  })

  it('refuses one cluster only, wrong lengths and gaps in a clustered unit', () => {
    expect(() => measureSilhouette([[0], [1]], [1, 1])).toThrow(/at least two/)
    expect(() => measureSilhouette([[0], [1]], [1])).toThrow(/1 labels for 2 units/)
    expect(() => measureSilhouette([[0], [null]], [1, 2])).toThrow(/Unit 2 has a label and a gap/)
  })
})

describe('clusterByMeans', () => {
  it.each([2, 3, 4])('finds the sum of squares of R 4.2.2 with 500 starts: %i clusters', (count) => {
    const found = clusterByMeans(standardised, count, { seed: 42 })
    expect(found.withinSquares).toBeCloseTo(golden.kmeans[count - 2] as number, 9)
    expect(found.startsAtBest).toBeGreaterThan(0)
  })

  it('gives the same answer for the same seed, and centres in the order of the labels', () => {
    const rows = [
      [0, 0],
      [0, 2],
      [null, 5],
      [10, 10],
      [10, 12],
    ]
    const found = clusterByMeans(rows, 2, { seed: 7 })
    expect(found).toEqual(clusterByMeans(rows, 2, { seed: 7 }))
    expect(found).toMatchObject({
      labels: [1, 1, null, 2, 2],
      centres: [
        [0, 1],
        [10, 11],
      ],
      withinSquares: 4,
      starts: 50,
    })
  })

  it('refuses more clusters than different units, few starts and a seed that is no whole number', () => {
    expect(() => clusterByMeans([[1], [1], [2]], 3, { seed: 1 })).toThrow(/3 clusters of 2 different complete units/)
    expect(() => clusterByMeans([[1], [2]], 2, { seed: 1, starts: 10 })).toThrow(/10 starts/)
    expect(() => clusterByMeans([[1], [2]], 2, { seed: 0.5 })).toThrow(/Seed 0.5/)
  })
})
