import { fork } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { listen } from '../src/listen.ts'
import { openServices } from '../src/open-services.ts'
import { addEditors, countLost } from './editors.ts'
import { fillNetwork } from './network.ts'
import { type Latencies, type PacedOrder, type PacedReport, runPaced } from './paced.ts'

// 200 people with accounts of their own in 142 cities: 10 saves and 40 reads a second. Afterwards every acknowledged text is looked
// for in the database. EDITORS_SECONDS=600 for the long run.

const seconds = Number(process.env.EDITORS_SECONDS ?? 60)
const editorCount = 200

function inClient(order: PacedOrder): Promise<PacedReport> {
  return new Promise((resolve, reject) => {
    const client = fork(process.argv[1]!, ['client'])
    client.on('message', (report) => resolve(report as PacedReport))
    client.on('error', reject)
    client.send(order)
  })
}

function say(name: string, { requests, p50Ms, p95Ms, p99Ms, failures }: Latencies): void {
  const errors = Object.entries(failures).map(([status, count]) => `${count} x ${status}`)
  const figures = [p50Ms, p95Ms, p99Ms].map((ms, i) => `p${[50, 95, 99][i]} ${ms.toFixed(1)} ms`.padStart(17))
  console.log(`${name.padEnd(6)}${String(requests).padStart(7)}${figures.join('')}   errors: ${errors.join(', ') || 'none'}`)
}

async function measure(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tessera-bench-'))
  chmodSync(dataDir, 0o755) // else the database of root would lie elsewhere and stay behind
  const { services, close } = await openServices(readConfig({ DATA_DIR: dataDir, RATE_LIMIT: '0', LOG_LEVEL: 'warn' }))
  try {
    await fillNetwork(services, 142)
    const editors = await addEditors(services, editorCount)
    const app = createApp(services)
    const server = await listen(app.fetch, { host: '127.0.0.1', port: 0 })
    const base = `http://127.0.0.1:${server.port}`
    const before = process.cpuUsage()
    const { saves, reads, saved, mostWaiting } = await inClient({ base, editors, savesPerSecond: 10, readsPerSecond: 40, seconds })
    const { user, system } = process.cpuUsage(before) // microseconds
    say('saves', saves)
    say('reads', reads)
    const lost = await countLost(services, saved)
    console.log(
      `${saved.length} acknowledged, ${lost} lost; at most ${mostWaiting} requests waiting; load of the machine ${loadavg()[0]!.toFixed(1)}`,
    )
    const perRequest = (user + system) / 1000 / (saves.requests + reads.requests)
    console.log(`${perRequest.toFixed(1)} ms of a processor for each request, without the database`)
    await server.close()
  } finally {
    await close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

if (process.argv[2] === 'client') {
  process.once('message', async (order: PacedOrder) => {
    process.send!(await runPaced(order))
    process.disconnect()
  })
} else {
  console.log(
    `${availableParallelism()} processors, Node ${process.version}, ${editorCount} editors, 10 saves and 40 reads a second, ${seconds} s`,
  )
  await measure()
  process.exit(0)
}
