import { Agent, request } from 'node:http'

/** What a client process is asked to do. */
export interface LoadOrder {
  url: string
  method: 'GET' | 'PUT'
  headers: Record<string, string>
  /** Requests at the same time, each on its own connection. */
  connections: number
  seconds: number
  /** For PUT: one address and the versions to send for each connection, so that none waits for another's answer. */
  puts?: readonly { path: string; version: number; bodies: readonly [string, string] }[]
}

export interface LoadReport {
  requests: number
  requestsPerSecond: number
  p50Ms: number
  p95Ms: number
  failures: number
}

interface Reply {
  status: number
  etag: string | undefined
}

function ask(agent: Agent, url: URL, { method, headers }: Pick<LoadOrder, 'method' | 'headers'>, body?: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        agent,
        method,
        headers: {
          ...headers,
          ...(body !== undefined && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
        },
      },
      (response) => {
        response.resume()
        response.on('end', () => resolve({ status: response.statusCode ?? 0, etag: response.headers.etag }))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

const percentile = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * p) - 1)] ?? NaN

/** One connection that asks again as soon as it has an answer. */
async function keepAsking(
  order: LoadOrder,
  connection: number,
  until: number,
  latencies: number[],
  failures: { count: number },
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const put = order.puts?.[connection]
  const url = new URL(put?.path ?? order.url, order.url)
  let version = put?.version ?? 0
  for (let turn = 0; performance.now() < until; turn++) {
    const started = performance.now()
    const headers = put === undefined ? order.headers : { ...order.headers, 'if-match': `"${version}"` }
    const { status, etag } = await ask(agent, url, { method: order.method, headers }, put?.bodies[turn % 2 === 0 ? 0 : 1])
    latencies.push(performance.now() - started)
    if (status !== 200) failures.count++
    if (etag !== undefined && put !== undefined) version = Number(etag.replaceAll(/\D/g, ''))
  }
  agent.destroy()
}

/** Runs a client to its end; in a process of its own, so that it does not take the server's time. */
export async function runLoad(order: LoadOrder): Promise<LoadReport> {
  const latencies: number[] = []
  const failures = { count: 0 }
  const started = performance.now()
  await Promise.all(
    Array.from({ length: order.connections }, (_, i) => keepAsking(order, i, started + order.seconds * 1000, latencies, failures)),
  )
  const seconds = (performance.now() - started) / 1000
  latencies.sort((a, b) => a - b)
  return {
    requests: latencies.length,
    requestsPerSecond: latencies.length / seconds,
    p50Ms: percentile(latencies, 0.5),
    p95Ms: percentile(latencies, 0.95),
    failures: failures.count,
  }
}
