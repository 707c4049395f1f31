import { describe, expect, it } from 'vitest'
import { createSobolSequence } from './sobol-sequence.ts'

/** Whether 2^m points of two dimensions put exactly one point into each box of 2^-a x 2^-(m - a), for every a. */
function isNet(point: (i: number) => [number, number], m: number): boolean {
  for (let a = 0; a <= m; a++) {
    const boxes = new Set<number>()
    for (let i = 0; i < 2 ** m; i++) {
      const [x, y] = point(i)
      boxes.add(Math.floor(x * 2 ** a) * 2 ** (m - a) + Math.floor(y * 2 ** (m - a)))
    }
    if (boxes.size !== 2 ** m) return false
  }
  return true
}

describe('createSobolSequence', () => {
  // scipy 1.17.1: qmc.Sobol(5, scramble=False).random(8)
  it('gives the first points of the sequence of Joe and Kuo', () => {
    const sequence = createSobolSequence(5, null)
    const points = Array.from({ length: 8 }, (_, i) => Array.from({ length: 5 }, (__, d) => sequence.at(i, d)))
    expect(points).toEqual([
      [0, 0, 0, 0, 0],
      [0.5, 0.5, 0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25, 0.25, 0.75],
      [0.25, 0.75, 0.75, 0.75, 0.25],
      [0.375, 0.375, 0.625, 0.875, 0.375],
      [0.875, 0.875, 0.125, 0.375, 0.875],
      [0.625, 0.125, 0.875, 0.625, 0.625],
      [0.125, 0.625, 0.375, 0.125, 0.125],
    ])
  })

  // scipy 1.17.1: qmc.Sobol(128, scramble=False, bits=32).random(1024), times 2^32
  it('gives late points in high dimensions', () => {
    const sequence = createSobolSequence(128, null)
    const picked = [
      [1000, 9],
      [777, 63],
      [1023, 127],
      [513, 100],
    ].map(([i = 0, d = 0]) => sequence.at(i, d) * 2 ** 32)
    expect(picked).toEqual([297795584, 1832910848, 3007315968, 4114612224])
  })

  it('keeps one point per elementary interval when it is scrambled', () => {
    const sequence = createSobolSequence(3, 99)
    expect(isNet((i) => [sequence.at(i, 0), sequence.at(i, 1)], 8)).toBe(true)
    for (let d = 0; d < 3; d++) {
      expect(new Set(Array.from({ length: 256 }, (_, i) => Math.floor(sequence.at(i, d) * 256))).size).toBe(256)
    }
  })

  it('scrambles differently with another seed and another dimension, and the same with the same', () => {
    expect(createSobolSequence(2, 1).at(5, 0)).toBe(createSobolSequence(2, 1).at(5, 0))
    expect(createSobolSequence(2, 1).at(5, 0)).not.toBe(createSobolSequence(2, 2).at(5, 0))
    expect(createSobolSequence(2, 1).at(0, 0)).not.toBe(createSobolSequence(2, 1).at(0, 1))
  })

  it('moves the mean of a scrambled point over the whole interval when the seed changes', () => {
    const first = Array.from({ length: 4096 }, (_, seed) => createSobolSequence(1, seed).at(0, 0))
    const mean = first.reduce((sum, x) => sum + x, 0) / first.length
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.02) // standard error 0.0045
  })

  it('still has points after point 2^20', () => {
    expect(createSobolSequence(1, null).at(2 ** 20 + 1, 0)).toBeGreaterThan(0)
  })

  it('names the number of dimensions that it cannot give', () => {
    expect(() => createSobolSequence(129, null)).toThrow('129 dimensions: there are direction numbers for 1 to 128.')
    expect(() => createSobolSequence(2, -1)).toThrow('Scrambling seed -1')
  })
})
