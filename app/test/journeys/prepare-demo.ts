import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { TestServer } from './server.ts'

/** Makes the demonstration network once, by a first start of the product; every server of the journeys begins with a copy of it. */
export default async function setup(): Promise<() => void> {
  const server = new TestServer({}, { isFresh: true })
  await server.start()
  await fetch(`${server.address}/healthz`) // the server listens to signals a moment after it has said that it is ready
  await server.end()
  if (existsSync(join(server.dataDir, 'postgres/cluster/postmaster.pid'))) throw new Error('the database of the demonstration did not end')
  process.env.JOURNEYS_DEMO = server.dataDir
  return () => rmSync(server.dataDir, { recursive: true, force: true })
}
