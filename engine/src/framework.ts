/**
 * The tree that every composite index is made of: leaves (questions, or numeric indicators) at level 1,
 * groups above them, one root, the index. It holds no wording and no values.
 * A reader from the index literature: our question is your variable, our indicator is your individual
 * indicator, our dimension is your dimension, our index is your composite indicator.
 */
export interface Element {
  /** Unique within the framework; the key of every result. */
  readonly code: string
  /** 1 = leaf; a parent's level is greater than its children's. */
  readonly level: number
  /** Code of the parent; null only for the root. */
  readonly parent: string | null
  /** >= 0; only the ratio between siblings counts. At least one sibling is positive. */
  readonly weight: number
  /** 1: more is better; -1: less is better. Used on leaves, once, at normalisation; questions have 1. */
  readonly direction: 1 | -1
}

/** Elements in a stable order: every parent's children keep the order in which they stand here. */
export interface Framework {
  readonly elements: readonly Element[]
}
