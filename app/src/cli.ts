import { Command } from 'commander'
import { registerCommands } from './commands.ts'

const program = new Command('tessera')
registerCommands(program)
await program.parseAsync()
