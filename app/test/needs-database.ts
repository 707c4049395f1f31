import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

// Which test files touch a database, read from what they import: only those run once more on another PostgreSQL. The others run
// without a test server, so that one of them which needs it fails instead of being tested on one PostgreSQL only.

const importPattern = /\b(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+\.tsx?)'/g

/** Files that a source names in its imports, those of types among them. */
const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(importPattern)].map(([, path]) => resolve(dirname(file), path!))

/** Whether a file, or anything that it imports, is one of `targets`. */
function reaches(file: string, targets: readonly string[], visited = new Set<string>()): boolean {
  if (targets.includes(file)) return true
  if (visited.has(file)) return false
  visited.add(file)
  return importsOf(file).some((next) => reaches(next, targets, visited))
}

const listTests = (folder: string, recursive: boolean): string[] =>
  readdirSync(folder, { recursive, encoding: 'utf8' })
    .filter((path) => /\.test\.tsx?$/.test(path))
    .map((path) => join(folder, path))
    .sort()

/**
 * The test files of the product, journeys and mutants aside, as vitest wants them named.
 * @param app the folder app/
 */
export function splitTests(app: string): { database: string[]; rules: string[] } {
  const targets = [join(app, 'test/database.ts')]
  const all = [...listTests(join(app, 'src'), true), ...listTests(join(app, 'test'), false)]
  const { database = [], rules = [] } = Object.groupBy(all, (file) => (reaches(file, targets) ? 'database' : 'rules'))
  const named = (files: string[]) => files.map((file) => relative(app, file))
  return { database: named(database), rules: named(rules) }
}
