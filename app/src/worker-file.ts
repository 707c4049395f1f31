import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * The file that a thread of its own runs: beside the one that starts it, or the built one at the root of the server's folder.
 * @param name without extension
 * @param starter `import.meta.url` of the file that starts the thread
 * @returns null when it is not built
 */
export function findWorkerFile(name: string, starter: string): URL | null {
  const candidates = [`./${name}.ts`, `./${name}.js`, `../${name}.js`]
  return candidates.map((path) => new URL(path, starter)).find((url) => existsSync(fileURLToPath(url))) ?? null
}
