import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { listYaml, readYaml } from './instrument-files.ts'
import type { InstrumentProblem } from './instrument-problem.ts'
import { checkAgainstSchema } from './schema-check.ts'

/** The examples of an instrument against their schema; each names a sheet that is there. None are needed. */
export function checkExamples(folder: string): InstrumentProblem[] {
  const problems: InstrumentProblem[] = []
  for (const path of listYaml(folder, 'examples')) {
    const file = readYaml<{ sheet?: string }>(folder, path, problems)
    if (file === null) continue
    const misshapen = checkAgainstSchema('examples', file)
    problems.push(...misshapen)
    const { sheet } = file.content ?? {}
    if (misshapen.length === 0 && sheet !== undefined && !existsSync(join(folder, 'examples', sheet)))
      problems.push({ file: `examples/${sheet}`, key: '', rule: 'instrument.rule.fileMissing' })
  }
  return problems
}
