import { describe, expect, it } from 'vitest'
import { createStream, philox, PURPOSES, streamFrom, streamStart } from './random.ts'

describe('philox', () => {
  // Known answers of Philox4x32-10 from the authors' package Random123, file tests/kat_vectors.
  it('gives the known answers of its authors', () => {
    const ones = 0xffffffff
    expect(philox([0, 0, 0, 0], [0, 0])).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8])
    expect(philox([ones, ones, ones, ones], [ones, ones])).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd])
    expect(philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toEqual([
      0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1,
    ])
  })
})

describe('streamFrom', () => {
  // From the C code of xoshiro128++ 1.0 (Blackman and Vigna) started at 1, 2, 3, 4. First by hand: rotl(1 + 4, 7) + 1 = 641.
  it('gives the known sequence of xoshiro128++', () => {
    const stream = streamFrom([1, 2, 3, 4])
    expect(Array.from({ length: 10 }, () => stream.nextWord())).toEqual([
      641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295, 495546011, 621204420,
    ])
  })

  it('gives uniform numbers strictly between 0 and 1 with mean and variance of the uniform distribution', () => {
    const stream = createStream(42, 0, PURPOSES.weights)
    const draws = Array.from({ length: 20_000 }, () => stream.nextUniform())
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length
    expect(Math.min(...draws)).toBeGreaterThan(0)
    expect(Math.max(...draws)).toBeLessThan(1)
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.01) // standard error 0.002
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.003)
  })
})

describe('createStream', () => {
  it('repeats itself for the same seed, run and purpose, and differs when one of them differs', () => {
    const first = (seed: number, run: number, purpose: number) => createStream(seed, run, purpose).nextWord()
    expect(first(7, 3, 1)).toBe(first(7, 3, 1))
    expect(
      new Set([first(7, 3, 1), first(8, 3, 1), first(7, 4, 1), first(7, 3, 2), first(7 + 2 ** 32, 3, 1), first(7, 3 + 2 ** 32, 1)]).size,
    ).toBe(6)
  })

  it('refuses a seed or run that is no whole number from 0 to 2^53 - 1', () => {
    expect(() => streamStart(-1, 0, 1)).toThrow('Seed -1: must be a whole number from 0 to 2^53 - 1.')
    expect(() => streamStart(1.5, 0, 1)).toThrow('Seed 1.5')
    expect(() => streamStart(1, 2 ** 53, 1)).toThrow('Run 9007199254740992')
  })
})
