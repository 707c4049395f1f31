import { readFileSync } from 'node:fs'
import asc from 'assemblyscript/asc'

const OPTIONS = ['-O3', '--noAssert', '--converge', '--runtime', 'stub', '--importMemory', '--enable', 'simd', '--enable', 'bulk-memory', '--enable', 'nontrapping-f2i']

const SOURCES = ['kernel.ts', 'count.ts', 'ceiling.ts']

/**
 * Compiles a file of this folder with AssemblyScript.
 * @param name without its extension
 * @returns the WebAssembly module
 * @throws {Error} with the compiler's messages
 */
export async function assemble(name: 'kernel' | 'ceiling'): Promise<Uint8Array<ArrayBuffer>> {
  let binary: Uint8Array<ArrayBuffer> | null = null
  const messages: string[] = []
  const { error } = await asc.main([`${name}.ts`, ...OPTIONS, '--outFile', 'out.wasm'], {
    readFile: (file) => (SOURCES.includes(file) ? readFileSync(new URL(`./${file}`, import.meta.url), 'utf8') : null),
    writeFile: (file, contents) => {
      if (file === 'out.wasm' && typeof contents !== 'string') binary = Uint8Array.from(contents)
    },
    listFiles: () => [],
    stderr: { write: (text: string | Uint8Array) => void messages.push(String(text)) },
  })
  if (error !== null || binary === null) throw new Error(`AssemblyScript: ${messages.join('')}`)
  return binary
}
