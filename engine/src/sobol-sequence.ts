import { ShapeError } from './errors.ts'
import { JOE_KUO } from './joe-kuo.ts'

const BITS = 32

/** Greatest number of dimensions for which direction numbers are carried. */
export const MAX_SOBOL_DIMENSIONS = JOE_KUO.length + 1

/** Direction numbers of one dimension, 32 unsigned 32-bit integers, the first with the highest bit. */
function directions(dimension: number): Uint32Array {
  const v = new Uint32Array(BITS)
  if (dimension === 0) {
    for (let i = 0; i < BITS; i++) v[i] = 2 ** (31 - i)
    return v
  }
  const [s = 0, a = 0, ...m] = (JOE_KUO[dimension - 1] ?? '').split(' ').map(Number)
  for (let i = 0; i < BITS; i++) {
    if (i < s) {
      v[i] = (m[i] ?? 0) * 2 ** (31 - i)
      continue
    }
    const back = v[i - s] ?? 0
    let next = back ^ (back >>> s)
    for (let k = 1; k < s; k++) if ((a >> (s - 1 - k)) & 1) next ^= v[i - k] ?? 0
    v[i] = next
  }
  return v
}

/** A random bit string for a prefix of a coordinate: finaliser of MurmurHash3 over seed, dimension, depth and prefix. */
function hashPrefix(seed: number, dimension: number, depth: number, prefix: number): number {
  let h = seed | 0
  for (const word of [dimension, depth, prefix]) {
    h = Math.imul(h ^ word, 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    h = (h ^ (h >>> 16)) + 0x9e3779b9
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Owen's nested uniform scrambling: each bit is flipped or not by a random bit that depends on all bits before it. */
function scrambleBits(bits: number, seed: number, dimension: number): number {
  let result = 0
  for (let depth = 0; depth < BITS; depth++) {
    const prefix = depth === 0 ? 0 : bits >>> (BITS - depth)
    const flip = hashPrefix(seed, dimension, depth, prefix) & 1
    result = (result << 1) | (((bits >>> (BITS - 1 - depth)) & 1) ^ flip)
  }
  return result >>> 0
}

/** Points of a Sobol sequence, reachable in any order. */
export interface SobolSequence {
  readonly dimensions: number
  /**
   * Coordinate of one point.
   * @param index     0 to 2^32 - 1
   * @param dimension 0 to dimensions - 1
   * @returns 0 <= x < 1 without scrambling; 0 < x < 1 with it
   */
  at(index: number, dimension: number): number
}

/**
 * Sobol sequence in base 2 with the direction numbers of Joe and Kuo; 2^m points from 0 fill every elementary interval evenly.
 * @param dimensions 1 to 128
 * @param seed       0 to 2^32 - 1: Owen's scrambling, which keeps that property and makes estimates unbiased; null: none
 * @throws {ShapeError} when there are more dimensions than direction numbers; {RangeError} when the seed is out of range
 * @see Sobol (1967); Joe and Kuo (2008); Owen (1995), Randomly permuted (t,m,s)-nets and (t,s)-sequences
 */
export function createSobolSequence(dimensions: number, seed: number | null): SobolSequence {
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > MAX_SOBOL_DIMENSIONS) {
    throw new ShapeError(`A Sobol sequence of ${dimensions} dimensions: there are direction numbers for 1 to ${MAX_SOBOL_DIMENSIONS}.`)
  }
  if (seed !== null && !(Number.isInteger(seed) && seed >= 0 && seed < 2 ** BITS)) {
    throw new RangeError(`Scrambling seed ${seed}: must be a whole number from 0 to 2^32 - 1.`)
  }
  const table = Array.from({ length: dimensions }, (_, d) => directions(d))
  function at(index: number, dimension: number): number {
    const v = table[dimension]
    if (v === undefined) throw new ShapeError(`Dimension ${dimension} of a Sobol sequence with dimensions 0 to ${dimensions - 1}.`)
    let gray = (index ^ (index >>> 1)) >>> 0
    let bits = 0
    for (let i = 0; gray !== 0; i++, gray >>>= 1) if (gray & 1) bits ^= v[i] ?? 0
    if (seed === null) return (bits >>> 0) / 2 ** BITS
    return (scrambleBits(bits >>> 0, seed, dimension) + 0.5) / 2 ** BITS
  }
  return { dimensions, at }
}
