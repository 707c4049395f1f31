import type { Command } from 'commander'
import { readConfig } from '../../config.ts'
import { runCommand } from '../../terminal.ts'
import { formatDateTime, type TextValues, type Translator } from '../../text/text.ts'
import { sayLine } from '../../with-services.ts'
import { checkNames, type Finding, worstOf } from './doctor.ts'
import { examine } from './doctor-checks.ts'

function textOf(t: Translator, { text, values = {} }: Finding): string {
  const shown: TextValues = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value instanceof Date ? formatDateTime(t.language, value) : value]),
  )
  return t(text, shown)
}

function sayFindings(t: Translator, findings: readonly Finding[]): void {
  const stateOf = ({ state }: Finding) => t(`operations.doctor.state.${state}`)
  const nameOf = ({ check }: Finding) => t(`operations.doctor.check.${check}`)
  const width = (words: readonly string[]) => Math.max(...words.map((word) => word.length))
  const [states, names] = [width(findings.map(stateOf)), width(findings.map(nameOf))]
  for (const finding of findings) sayLine(`${stateOf(finding).padEnd(states)}  ${nameOf(finding).padEnd(names)}  ${textOf(t, finding)}`)
}

async function diagnose(t: Translator, isJson: boolean): Promise<void> {
  const found = await examine(t, readConfig(process.env), new Date())
  const findings = [...found].sort((a, b) => checkNames.indexOf(a.check) - checkNames.indexOf(b.check))
  const state = worstOf(findings)
  if (isJson)
    sayLine(JSON.stringify({ state, findings: findings.map((each) => ({ check: each.check, state: each.state, text: textOf(t, each) })) }))
  else {
    sayFindings(t, findings)
    sayLine(t(`operations.doctor.result.${state}`))
  }
  if (state === 'error') process.exitCode = 1
}

/** `tessera doctor` */
export function registerDoctorCommands(program: Command, t: Translator): void {
  program
    .command('doctor')
    .description(t('operations.doctor.description'))
    .option('--json', t('operations.doctor.json'))
    .action(({ json = false }: { json?: boolean }) => runCommand(t, () => diagnose(t, json)))
}
