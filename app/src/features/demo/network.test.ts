import { rankScores } from '@tessera/engine'
import { describe, expect, it } from 'vitest'
import { hashOf } from '../../canonical.ts'
import { instrumentFolder } from '../../paths.ts'
import { toEngineAnswers } from '../assessments/answer.ts'
import { noExclusions } from '../assessments/scope.ts'
import { loadInstrument } from '../instrument/load.ts'
import { scoreAssessment } from '../results/results.ts'
import { demoCountries } from './names.ts'
import { demoSeed, inventNetwork } from './network.ts'

const instrument = loadInstrument(instrumentFolder)
const now = new Date('2026-11-22T12:00:00Z')
const network = inventNetwork(demoSeed, instrument, now)
const submitted = network.assessments.filter(({ submittedAt }) => submittedAt !== null)
const scores = submitted.map(({ versions }) => scoreAssessment(instrument, toEngineAnswers(versions, noExclusions), null))

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)]
  const product = (x: readonly number[], meanX: number, y: readonly number[], meanY: number) =>
    x.reduce((sum, value, i) => sum + (value - meanX) * (y[i]! - meanY), 0)
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB))
}

describe('the demonstration network', () => {
  it('is the same for the same seed, and another for another', () => {
    const plain = (seed: number) => hashOf(JSON.parse(JSON.stringify(inventNetwork(seed, instrument, now))))
    expect(plain(demoSeed)).toBe(plain(demoSeed))
    expect(plain(demoSeed)).not.toBe(plain(demoSeed + 1))
  })

  it('has 136 cities of earlier waves and six of the present one, with 142 different names and addresses', () => {
    expect(network.cities.filter(({ stage }) => stage === null)).toHaveLength(136)
    expect(new Set(network.cities.map(({ name }) => name)).size).toBe(142)
    expect(new Set(network.cities.map(({ slug }) => slug)).size).toBe(142)
    expect(new Set(demoCountries.flatMap(({ names }) => names)).size).toBe(demoCountries.flatMap(({ names }) => names).length)
  })

  it('fills every cluster of size and diversity with at least five cities', () => {
    const count = (facts: readonly string[], from: number, below: number) =>
      network.cities.filter((city) => city.facts.some(({ fact, value }) => facts.includes(fact) && value >= from && value < below)).length
    for (const [from, below] of [
      [0, 1e5],
      [1e5, 2e5],
      [2e5, 5e5],
      [5e5, 1e9],
    ] as const)
      expect(count(['population'], from, below)).toBeGreaterThanOrEqual(5)
    for (const [from, below] of [
      [0, 10],
      [10, 15],
      [15, 20],
      [20, 100],
    ] as const)
      expect(count(['share-foreign-born', 'share-foreign-national'], from, below)).toBeGreaterThanOrEqual(5)
  })

  it('reaches the ceiling like real cities do: at least 5 % of indicator scores are 100, and the index spreads widely', () => {
    const indicators = scores.flatMap((each) => each.indicators.flatMap(({ score }) => score ?? []))
    expect(indicators.filter((score) => score === 100).length / indicators.length).toBeGreaterThanOrEqual(0.05)
    const indices = scores.map(({ indices: { core } }) => core.score!).sort((a, b) => a - b)
    expect(indices[0]).toBeLessThan(35)
    expect(indices.at(-1)).toBeGreaterThan(80)
    expect(mean(indices)).toBeGreaterThan(45)
    expect(mean(indices)).toBeLessThan(65)
    expect(new Set(rankScores(indices)).size).toBeGreaterThan(150)
  })

  it('has areas that go together: every pair correlates positively', () => {
    const columns = instrument.dimensions.map((_, i) => scores.map(({ dimensions }) => dimensions[i]!.score ?? 0))
    for (const [i, a] of columns.entries()) for (const b of columns.slice(i + 1)) expect(correlation(a, b)).toBeGreaterThan(0)
  })

  it('leaves something open: most results are well covered, a few are provisional', () => {
    const coverages = scores.map(({ indices: { core } }) => core.coverage!)
    expect(mean(coverages)).toBeGreaterThan(0.9)
    expect(Math.min(...coverages)).toBeLessThan(0.65)
    const provisional = scores.filter(({ indices: { core } }) => core.isProvisional).length
    expect(provisional).toBeGreaterThan(0)
    expect(provisional).toBeLessThan(12)
  })

  it('marks every free text as synthetic', () => {
    const texts = network.assessments.flatMap(({ versions }) =>
      versions.flatMap(({ explanation, reason }) => [explanation ?? [], reason ?? []].flat()),
    )
    expect(texts.length).toBeGreaterThan(1000)
    for (const text of texts) expect(text).toMatch(/^(Synthetic|Synthetisch): /)
  })
})
