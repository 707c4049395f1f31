import { readFileSync } from 'node:fs'
import asc from 'assemblyscript/asc'

const OPTIONS = ['-O3', '--noAssert', '--converge', '--runtime', 'stub', '--importMemory', '--enable', 'simd', '--enable', 'bulk-memory', '--enable', 'nontrapping-f2i']

/**
 * Compiles the kernel with AssemblyScript.
 * @returns the WebAssembly module, and the text of src/kernel-binary.ts that carries it
 * @throws {Error} with the compiler's messages
 */
export async function assembleKernel(): Promise<{ binary: Uint8Array; source: string }> {
  let binary: Uint8Array | null = null
  const messages: string[] = []
  const { error } = await asc.main(['kernel.ts', ...OPTIONS, '--outFile', 'kernel.wasm'], {
    readFile: (name) => (name === 'kernel.ts' ? readFileSync(new URL('./kernel.ts', import.meta.url), 'utf8') : null),
    writeFile: (name, contents) => {
      if (name === 'kernel.wasm' && typeof contents !== 'string') binary = contents
    },
    listFiles: () => [],
    stderr: { write: (text: string | Uint8Array) => void messages.push(String(text)) },
  })
  if (error !== null || binary === null) throw new Error(`AssemblyScript: ${messages.join('')}`)
  return { binary, source: renderSource(binary) }
}

function renderSource(binary: Uint8Array): string {
  const lines = Buffer.from(binary).toString('base64').match(/.{1,120}/g) ?? []
  return [
    '// Written by `node engine/wasm/build.ts` from wasm/kernel.ts; do not edit.',
    '/** The WebAssembly kernel, base64. */',
    'export const KERNEL_BINARY =',
    ...lines.map((line, i) => `  '${line}'${i < lines.length - 1 ? ' +' : ''}`),
    '',
  ].join('\n')
}
