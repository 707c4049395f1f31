import { Command } from 'commander'
import { vi } from 'vitest'
import { registerCommands } from '../src/commands.ts'

class Exit extends Error {
  readonly code: number
  constructor(code: number) {
    super(`exit ${code}`)
    this.code = code
  }
}

/** Runs the command line as a terminal would, in the given language. */
export async function tessera(args: string[], lang = 'en_GB.UTF-8') {
  let out = ''
  let err = ''
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true)),
    vi.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Exit(Number(code ?? 0))
    }),
  ]
  process.exitCode = 0
  try {
    const program = new Command('tessera')
    registerCommands(program, args, { LANG: lang })
    await program.parseAsync(args, { from: 'user' })
    return { out, err, code: Number(process.exitCode) }
  } catch (error) {
    if (!(error instanceof Exit)) throw error
    return { out, err, code: error.code }
  } finally {
    process.exitCode = 0
    for (const spy of spies) spy.mockRestore()
  }
}
