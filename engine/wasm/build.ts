// Assembles wasm/kernel.ts (AssemblyScript) into src/kernel-binary.ts. Run: node engine/wasm/build.ts
import { writeFileSync } from 'node:fs'
import { assembleKernel } from './assemble.ts'

const { binary, source } = await assembleKernel()
writeFileSync(new URL('../src/kernel-binary.ts', import.meta.url), source)
console.log(`src/kernel-binary.ts: ${binary.length} bytes of WebAssembly`)
