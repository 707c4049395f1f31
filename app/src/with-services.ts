import { readConfig } from './config.ts'
import { openServices } from './open-services.ts'
import type { Services } from './services.ts'

/** Opens what a command works with, beside a running server or without one, and closes it again. */
export async function withServices(work: (services: Services) => Promise<void>): Promise<void> {
  const { services, close } = await openServices(readConfig(process.env))
  try {
    await work(services)
  } finally {
    await close()
  }
}

/** One line of output; its parts are separated by tabs, so that other programs can read them. */
export const sayLine = (...parts: readonly string[]): void => void process.stdout.write(`${parts.join('\t')}\n`)
