/**
 * Random numbers by counter: the stream of a run depends on seed, run and purpose alone, so that runs can be dealt out to
 * any number of workers and a single run can be repeated. Philox4x32-10 gives each stream its start; xoshiro128++ goes on.
 */

/** What a stream is for; streams of different purposes are independent, so a new assumption leaves the others' draws alone. */
export const PURPOSES = { choices: 1, weights: 2, open: 3, bootstrap: 4, scramble: 5, unverified: 6, reviewed: 7 } as const

/** High word of the product of two unsigned 32-bit integers; no intermediate sum exceeds 2^32. */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff,
    a1 = a >>> 16,
    b0 = b & 0xffff,
    b1 = b >>> 16
  const middle = (Math.imul(a1, b0) + (Math.imul(a0, b0) >>> 16)) >>> 0
  const carry = (Math.imul(a0, b1) + (middle & 0xffff)) >>> 0
  return (Math.imul(a1, b1) + (middle >>> 16) + (carry >>> 16)) | 0
}

/**
 * Philox4x32 with 10 rounds: a block of 128 random bits for every counter and key.
 * @param counter four unsigned 32-bit words
 * @param key     two unsigned 32-bit words
 * @returns four unsigned 32-bit words
 * @see Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3
 */
export function philox(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): [number, number, number, number] {
  let c0 = counter[0] | 0,
    c1 = counter[1] | 0,
    c2 = counter[2] | 0,
    c3 = counter[3] | 0
  let k0 = key[0] | 0,
    k1 = key[1] | 0
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0),
      low0 = Math.imul(0xd2511f53, c0)
    const high1 = multiplyHigh(0xcd9e8d57, c2),
      low1 = Math.imul(0xcd9e8d57, c2)
    c0 = high1 ^ c1 ^ k0
    c1 = low1
    c2 = high0 ^ c3 ^ k1
    c3 = low0
    k0 = (k0 + 0x9e3779b9) | 0
    k1 = (k1 + 0xbb67ae85) | 0
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0]
}

/** Source of uniform numbers; each call moves it on by one. */
export interface RandomStream {
  /** Unsigned 32-bit integer. */
  nextWord(): number
  /** Above 0 and below 1, on a grid of 2^-32. */
  nextUniform(): number
}

/**
 * Where the xoshiro128++ stream of a run begins.
 * @param seed    whole number from 0 to 2^53 - 1
 * @param run     whole number from 0 to 2^53 - 1
 * @param purpose whole number from 0 to 2^32 - 1, see PURPOSES
 * @returns four words, never all 0
 * @throws {RangeError} when seed or run is out of range
 */
export function streamStart(seed: number, run: number, purpose: number): [number, number, number, number] {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`Seed ${seed}: must be a whole number from 0 to 2^53 - 1.`)
  if (!Number.isSafeInteger(run) || run < 0) throw new RangeError(`Run ${run}: must be a whole number from 0 to 2^53 - 1.`)
  const words = philox([run >>> 0, Math.floor(run / 4294967296), purpose >>> 0, 0], [seed >>> 0, Math.floor(seed / 4294967296)])
  if ((words[0] | words[1] | words[2] | words[3]) === 0) words[0] = 1
  return words
}

/**
 * The random stream of a run for one purpose.
 * @throws {RangeError} when seed or run is not a whole number from 0 to 2^53 - 1
 * @see Blackman and Vigna (2019), Scrambled linear pseudorandom number generators: xoshiro128++ 1.0
 */
export function createStream(seed: number, run: number, purpose: number): RandomStream {
  return streamFrom(streamStart(seed, run, purpose))
}

/** xoshiro128++ from a given state of four 32-bit words that are not all 0. */
export function streamFrom(state: readonly [number, number, number, number]): RandomStream {
  let [s0, s1, s2, s3] = state
  function nextWord(): number {
    const sum = (s0 + s3) | 0
    const result = (((sum << 7) | (sum >>> 25)) + s0) >>> 0
    const shifted = s1 << 9
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = (s3 << 11) | (s3 >>> 21)
    return result
  }
  return { nextWord, nextUniform: () => (nextWord() + 0.5) / 4294967296 }
}
