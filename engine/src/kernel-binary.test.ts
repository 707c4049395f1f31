import { describe, expect, it } from 'vitest'
import { assemble } from '../wasm/assemble.ts'
import { KERNEL_BINARY } from './kernel-binary.ts'

describe('KERNEL_BINARY', () => {
  it('is what the assembler makes of wasm/kernel.ts', async () => {
    const binary = await assemble('kernel')
    expect(Buffer.from(binary).toString('base64')).toBe(KERNEL_BINARY)
  }, 60_000)
})
