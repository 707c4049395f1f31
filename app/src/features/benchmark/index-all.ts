import type { Command } from 'commander'
import { registerIndexCommands } from './index-commands.ts'
import { registerReportCommand } from './index-report.ts'
import { registerUncertaintyCommands } from './index-uncertainty.ts'

/** The commands on indices from numeric data, together: they are loaded only when one of them is called. */
export function registerAllIndexCommands(program: Command): void {
  const index = registerIndexCommands(program)
  registerUncertaintyCommands(index)
  registerReportCommand(index)
}
