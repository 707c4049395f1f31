import { aggregatorAt } from './aggregate-tree.ts'
import { LANES } from './kernel-layout.ts'
import type { Kernel, ScoreKind } from './kernel.ts'
import { cellValue, createCellDraws, type AnswerStreams } from './uncertainty-cells.ts'
import type { UncertaintySpec, VariantSpec } from './uncertainty-plan.ts'
import { createRowScore, createTreeScores } from './uncertainty-rows.ts'

/** Computes one batch: weighted sums (or scores) of all units into `scores`. */
export interface Batch {
  /** Kind that `finishBatch` must be called with. */
  readonly kind: ScoreKind
  /** Whether a unit can be without a score. */
  readonly mayHaveGaps: boolean
  /**
   * @param answers streams per lane; empty when no answers vary
   * @param failed  receives the message of a lane that has no scores
   */
  compute(answers: readonly AnswerStreams[], failed: (string | null)[]): void
}

/**
 * Prepares what one combination of choices does for a batch of runs.
 * @param kernelMatrix position of the variant's matrix in the kernel
 */
export function createBatch(spec: UncertaintySpec, kernel: Kernel, variant: VariantSpec, kernelMatrix: number): Batch {
  const matrix = spec.matrices[variant.matrix] ?? new Float64Array(0)
  const setScores = variant.path === 'tree' ? treeScores(spec, kernel, variant, matrix) : rowScores(spec, kernel, variant, matrix)
  const isLinear = variant.path === 'linear'
  const draws = spec.cells === null ? null : { fill: createCellDraws(spec.cells), scores: new Float64Array(spec.cells.unit.length) }
  return {
    kind: isLinear ? variant.kind : 0,
    mayHaveGaps: !(isLinear && setScores.isComplete),
    compute(answers, failed) {
      kernel.drawWeights()
      if (isLinear) kernel.scoreBatch(kernelMatrix)
      if (isLinear && draws === null && setScores.isComplete) return
      for (let lane = 0; lane < LANES; lane++) {
        const stream = answers[lane]
        if (draws !== null && stream !== undefined) draws.fill(stream, draws.scores)
        try {
          setScores.apply(lane, draws === null || stream === undefined ? null : draws.scores)
        } catch (error) {
          if (!(error instanceof RangeError)) throw error
          failed[lane] = error.message
        }
      }
    },
  }
}

interface LaneScores {
  /** Nothing to do when the matrix product has run and no answers vary. */
  readonly isComplete: boolean
  apply(lane: number, cellScores: Float64Array | null): void
}

const isGap = (row: Float64Array): boolean => row.some(Number.isNaN)

/** Units one by one: those with gaps, those with unsettled answers, and all of them where means of several kinds are mixed. */
function rowScores(spec: UncertaintySpec, kernel: Kernel, variant: VariantSpec, matrix: Float64Array): LaneScores {
  const { cells } = spec
  const width = spec.columns.length
  const { aggregation } = variant
  const isLinear = variant.path === 'linear'
  const kindAt = (level: number): ScoreKind =>
    ({ geometric: 1, harmonic: 2 } as const)[aggregatorAt(aggregation, level).kind as string as 'geometric'] ?? 0
  const score = createRowScore(spec, aggregation.minCoverage, isLinear ? () => 0 : kindAt)
  const byRow = Uint8Array.from(spec.units, (_, unit) => (!isLinear || isGap(matrix.subarray(unit * width, (unit + 1) * width)) ? 1 : 0))
  const changed = new Map<number, number[]>()
  cells?.unit.forEach((unit, i) => changed.set(unit, [...(changed.get(unit) ?? []), i]))
  const rows = [...byRow.keys()].filter((unit) => byRow[unit] === 1 && !changed.has(unit))
  const row = new Float64Array(width)
  const { scores, factor, effective } = kernel.views
  const valueOf = (i: number, cellScores: Float64Array) =>
    cells === null ? 0 : cellValue(cells, variant.matrix, variant.kind, i, cellScores[i] ?? 0)
  function changeRow(unit: number, own: readonly number[], cellScores: Float64Array, lane: number): number {
    row.set(matrix.subarray(unit * width, (unit + 1) * width))
    for (const i of own) row[cells?.column[i] ?? 0] = valueOf(i, cellScores)
    return score(row, 0, factor, lane)
  }
  function addChanges(unit: number, own: readonly number[], cellScores: Float64Array, lane: number): number {
    let sum = scores[unit * LANES + lane] ?? 0
    for (const i of own) {
      const j = cells?.column[i] ?? 0
      if (spec.nodes.columnWeighted[j] === 1)
        sum += (effective[j * LANES + lane] ?? 0) * (valueOf(i, cellScores) - (matrix[unit * width + j] ?? 0))
    }
    return sum
  }
  return {
    isComplete: rows.length === 0,
    apply(lane, cellScores) {
      for (const unit of rows) scores[unit * LANES + lane] = score(matrix, unit * width, factor, lane)
      if (cellScores === null) return
      for (const [unit, own] of changed) {
        scores[unit * LANES + lane] = byRow[unit] === 1 ? changeRow(unit, own, cellScores, lane) : addChanges(unit, own, cellScores, lane)
      }
    },
  }
}

/** All units at once, column by column. */
function treeScores(spec: UncertaintySpec, kernel: Kernel, variant: VariantSpec, matrix: Float64Array): LaneScores {
  const { cells, units } = spec
  const width = spec.columns.length
  const nominal = spec.columns.map((_, j) => Float64Array.from(units, (__, unit) => matrix[unit * width + j] ?? NaN))
  const score = createTreeScores(spec, variant.aggregation)
  return {
    isComplete: false,
    apply(lane, cellScores) {
      const columns = cells === null || cellScores === null ? nominal : nominal.map((column) => column.slice())
      if (cells !== null && cellScores !== null) {
        cells.unit.forEach((unit, i) => {
          const column = columns[cells.column[i] ?? 0]
          if (column) column[unit] = cellValue(cells, variant.matrix, variant.kind, i, cellScores[i] ?? 0)
        })
      }
      score(columns, kernel.views.factor, lane).forEach((value, unit) => (kernel.views.scores[unit * LANES + lane] = value))
    },
  }
}
