import type { Dataset } from './dataset.ts'
import type { Framework } from './framework.ts'
import type { ScoreKind } from './kernel.ts'
import { ruleFor, type Imputation, type Method, type Normalisation, type Treatment } from './method.ts'
import { normaliseDataset } from './normalise.ts'
import { prepareData } from './prepare.ts'
import { treatDataset } from './treat.ts'
import type { NodeSpec } from './uncertainty-nodes.ts'

/** The choices before aggregation. */
export interface Steps {
  readonly imputation: Imputation
  readonly treatment: Treatment
  readonly normalisation: Normalisation
}

export type Chain = ReturnType<typeof createChain>

/** The chain up to normalised data, each step done once per distinct choice. Its functions throw as `computeIndex`. */
export function createChain(dataset: Dataset, framework: Framework, method: Method) {
  const done = new Map<string, Dataset>()
  const once = (key: string, make: () => Dataset): Dataset => {
    const known = done.get(key)
    if (known !== undefined) return known
    const made = make()
    done.set(key, made)
    return made
  }
  const prepare = (imputation: Imputation) =>
    once(JSON.stringify([imputation]), () => prepareData(dataset, framework, { ...method, imputation }).dataset)
  const treated = ({ imputation, treatment }: Steps) =>
    once(JSON.stringify([imputation, treatment]), () => treatDataset(prepare(imputation), { ...method, treatment }).dataset)
  const normalised = (steps: Steps) =>
    once(JSON.stringify([steps.imputation, steps.treatment, steps.normalisation]), () =>
      normaliseDataset(treated(steps), framework, { ...method, normalisation: steps.normalisation }),
    )
  const ruleOf = ({ normalisation }: Steps, code: string) => ruleFor(method.normalisationOf, code) ?? normalisation
  return { treated, normalised, ruleOf }
}

/** A matrix with what is needed to bring other raw values onto its scale. */
export interface MatrixEntry {
  readonly kind: ScoreKind
  readonly treated: Dataset
  readonly normalised: Dataset
  /** Normalisation of an indicator in this matrix. */
  readonly ruleOf: (code: string) => Normalisation
}

export type MatrixStore = ReturnType<typeof createMatrixStore>

/** Keeps every matrix that some combination needs, once. */
export function createMatrixStore(chain: Chain) {
  let matrices: Float64Array[] = []
  let entries: MatrixEntry[] = []
  const places = new Map<string, number>()
  let greatest = 0
  let weighted: Uint8Array = new Uint8Array(0)
  /** Forgets the matrices when other columns than before have no weight. */
  function setWeighted({ columnWeighted }: NodeSpec): void {
    if (columnWeighted.join() === weighted.join()) return
    weighted = columnWeighted
    matrices = []
    entries = []
    places.clear()
  }
  function place(steps: Steps, kind: ScoreKind): number {
    const key = JSON.stringify([steps.imputation, steps.treatment, steps.normalisation, kind])
    const known = places.get(key)
    if (known !== undefined) return known
    const normalised = chain.normalised(steps)
    for (const column of normalised.columns) for (const value of column) if (Math.abs(value) > greatest) greatest = Math.abs(value)
    entries.push({ kind, treated: chain.treated(steps), normalised, ruleOf: (code) => chain.ruleOf(steps, code) })
    places.set(key, matrices.push(toMatrix(normalised, kind, weighted)) - 1)
    return matrices.length - 1
  }
  return {
    setWeighted,
    place,
    greatest: () => greatest,
    get matrices() {
      return matrices
    },
    get entries() {
      return entries
    },
  }
}

/** Columns to [unit][column] on the scale on which the mean is a weighted sum; columns without weight are 0. */
function toMatrix(normalised: Dataset, kind: ScoreKind, weighted: Uint8Array): Float64Array {
  const width = normalised.columns.length
  const matrix = new Float64Array(normalised.units.length * width)
  normalised.columns.forEach((column, j) => {
    if (weighted[j] !== 1) return
    column.forEach((value, unit) => (matrix[unit * width + j] = linearise(value, kind)))
  })
  return matrix
}

/** x, ln x or 1 / x: the scale on which a mean of this kind is a weighted sum. */
export function linearise(value: number, kind: ScoreKind): number {
  return kind === 0 ? value : kind === 1 ? Math.log(value) : 1 / value
}
