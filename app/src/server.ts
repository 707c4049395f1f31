import { mkdirSync } from 'node:fs'
import { createApp } from './app.ts'
import { allowsDemoAccounts, type Config, readConfig } from './config.ts'
import { listen } from './listen.ts'
import { inContext, systemContext } from './db/context.ts'
import { lockDataFolder } from './db/lock.ts'
import { explainInOneLine, toAppError } from './problems.tsx'
import { openServices } from './open-services.ts'
import { loadReferenceFigures } from './features/cities/usecases.ts'
import { NoticeSender } from './features/notices/sender.ts'
import { startSending } from './features/notices/loop.ts'
import { keepEvidence } from './features/evidence/sweep.ts'
import { loadDemo, printDemoAccounts } from './features/demo/load.ts'
import { keepRetention } from './features/privacy/usecases.ts'
import { startOperations } from './features/operations/running.ts'
import { isLanguage } from './text/catalogue.ts'
import { translator } from './text/text.ts'
import { noticeParts } from './notice-parts.ts'

const addressOf = (config: Config, port: number): string => config.publicUrl ?? `http://localhost:${port}`

/** Answers of the running server end when its starter ends, so that no orphan keeps the data folder. */
function stopWithParent(stop: () => void): void {
  if (process.send) process.on('disconnect', stop)
}

async function start(): Promise<void> {
  const config = readConfig(process.env)
  mkdirSync(config.dataDir, { recursive: true })
  const unlock = lockDataFolder(config.dataDir, addressOf(config, config.port))
  process.on('exit', unlock)
  const { services, pool, close } = await openServices(config)
  await inContext(services.db, systemContext, loadReferenceFigures)
  if (config.demo) await loadDemo(services)
  const app = createApp(services)
  const stopOperations = await startOperations(services, pool, app)
  const stopEvidence = keepEvidence(services)
  const stopRetention = keepRetention(services)
  const { port, close: closeServer } = await listen(app.fetch, config)
  const sender = new NoticeSender({ ...services, namesIn: noticeParts.namesIn(services), sources: noticeParts.sourcesOf(services) })
  const stopSending = startSending(sender, services.now)
  const stop = async () => {
    await closeServer()
    await stopEvidence()
    await stopRetention()
    await stopSending()
    await stopOperations()
    await close()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  stopWithParent(stop)
  console.log(`Tessera is ready at ${addressOf(config, port)}`)
  if (allowsDemoAccounts(config)) await printDemoAccounts(services)
}

start().catch((thrown: unknown) => {
  const error = toAppError(thrown)
  const language = (process.env.LANG ?? '').slice(0, 2)
  console.error(explainInOneLine(translator(isLanguage(language) ? language : 'en'), error))
  if (error.code === 'INTERNAL') console.error(thrown)
  process.exit(1)
})
