import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { appFolder } from '../src/paths.ts'

// Copies of the tiny instrument that read differently.

export const tiny = join(appFolder, 'test/tiny-instrument')
let scratch = ''
beforeAll(() => void (scratch = mkdtempSync(join(tmpdir(), 'tessera instrument '))))
afterAll(() => rmSync(scratch, { recursive: true }))

let copies = 0

/** A copy of the tiny instrument in which some files read differently; null removes a file. */
export function broken(changes: Record<string, ((text: string) => string) | null>): string {
  const folder = join(scratch, String(copies++))
  cpSync(tiny, folder, { recursive: true })
  for (const [path, change] of Object.entries(changes)) {
    const file = join(folder, path)
    if (change === null) rmSync(file)
    else {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, change(path.startsWith('crosswalks/') || path.endsWith('new.yaml') ? '' : readFileSync(file, 'utf8')))
    }
  }
  return folder
}

export const scoped = (questions: string) => (text: string) => `${text}scopes:\n  - { id: lending, questions: ${questions} }\n`
export const scopeText = (text: string) => `${text}scopes:\n  lending: { name: Lending, question: Yours?, hint: Ask., whatCounts: Any. }\n`
export const scopeTexts = { 'text/en.yaml': scopeText, 'text/fr.yaml': scopeText }
