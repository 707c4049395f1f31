// Assembles wasm/kernel.ts (AssemblyScript) into src/kernel-binary.ts. Run: node engine/wasm/build.ts
import { writeFileSync } from 'node:fs'
import { assemble } from './assemble.ts'

const binary = await assemble('kernel')
const lines = Buffer.from(binary).toString('base64').match(/.{1,120}/g) ?? []
const source = [
  '// Written by `node engine/wasm/build.ts` from wasm/kernel.ts; do not edit.',
  '/** The WebAssembly kernel, base64. */',
  'export const KERNEL_BINARY =',
  ...lines.map((line, i) => `  '${line}'${i < lines.length - 1 ? ' +' : ''}`),
  '',
].join('\n')
writeFileSync(new URL('../src/kernel-binary.ts', import.meta.url), source)
console.log(`src/kernel-binary.ts: ${binary.length} bytes of WebAssembly`)
