import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError } from '../../errors.ts'
import type { Metrics } from './metrics.ts'

/** Serves `GET /metrics` on a port of its own, so that a proxy in front of the product cannot pass it on by mistake. */
export function serveMetrics(
  { registry }: Metrics,
  { host, port }: { host: string; port: number },
): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const isAsked = request.method === 'GET' && request.url?.split('?')[0] === '/metrics'
    if (!isAsked) return void response.writeHead(404).end()
    registry.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' }).end(text),
      () => response.writeHead(500).end(),
    )
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new AppError('SETTING_INVALID', { name: 'METRICS_PORT', value: String(port), rule: 'a free port' })
          : error,
      ),
    )
    server.listen(port, host, () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () => new Promise((done) => (server.close(() => done()), server.closeAllConnections())),
      }),
    )
  })
}
