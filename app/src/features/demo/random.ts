/** Source of uniform numbers, 0 <= u < 1. */
export type Random = () => number

/** 32 well-mixed bits of a text (FNV-1a, finished as in MurmurHash3). */
function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/**
 * A stream of its own for each key, so that what is drawn for one city or question never depends on the others.
 * Mulberry32 (Tommy Ettinger, 2017): enough for inventing data, not for statistics; those use the engine's streams.
 * It stands here so that the demonstration stays the same when the engine's generator changes.
 */
export function createRandom(seed: number, ...key: readonly (string | number)[]): Random {
  let state = hash32([seed, ...key].join('/'))
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Nearly normal, mean 0 and standard deviation 1: twelve uniforms less six (Irwin-Hall), additions only. */
export function drawNormal(random: Random): number {
  let sum = -6
  for (let i = 0; i < 12; i++) sum += random()
  return sum
}

export function drawFrom<T>(random: Random, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)]!
}

/** A key that looks like a random UUID and follows from the seed. */
export function drawUuid(random: Random): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16))
  digits[12] = '4'
  digits[16] = '89ab'[Math.floor(random() * 4)]!
  const text = digits.join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}
