import { Command } from 'commander'
import { registerCommands } from './commands.ts'

// Whoever reads the output may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const program = new Command('tessera')
registerCommands(program)
await program.parseAsync()
