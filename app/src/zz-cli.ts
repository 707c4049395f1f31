import { Command } from 'commander'
import { registerIndexCommands } from '/work/main/app/src/features/benchmark/index-commands.ts'
import { registerUncertaintyCommands } from '/work/main/app/src/features/benchmark/index-uncertainty.ts'
const program = new Command('tessera')
const index = registerIndexCommands(program)
if (!index.commands.some((c) => c.name() === 'uncertainty')) registerUncertaintyCommands(index)
await program.parseAsync()
