import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { computeSha256, sha256Of } from './sha256.ts'

const known = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

it('gives the published value of "abc" (FIPS 180-4)', () => {
  expect(computeSha256(new TextEncoder().encode('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

it('agrees with Node for every length around the ends of blocks, and for anything', async () => {
  for (let length = 0; length < 200; length++)
    expect(computeSha256(new Uint8Array(length).fill(length))).toBe(known(new Uint8Array(length).fill(length)))
  fc.assert(fc.property(fc.uint8Array({ maxLength: 1000 }), (bytes) => computeSha256(bytes) === known(bytes)))
  expect(await sha256Of(new Uint8Array([1, 2, 3]))).toBe(known(new Uint8Array([1, 2, 3])))
})
