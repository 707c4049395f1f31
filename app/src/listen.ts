import { serve } from '@hono/node-server'
import type { Config } from './config.ts'
import { AppError } from './errors.ts'

/** Milliseconds that an idle connection stays open: longer than reverse proxies keep theirs, so that none sends into a closed one. */
const keepAliveTimeout = 75_000

/** Answers requests until it is closed. @throws {AppError} SETTING_INVALID when the port is taken */
export function listen(
  fetch: Parameters<typeof serve>[0]['fetch'],
  { host, port: wanted }: Pick<Config, 'host' | 'port'>,
): Promise<{ port: number; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: host, port: wanted, serverOptions: { keepAliveTimeout } }, ({ port }) =>
      resolve({
        port,
        close: () => new Promise((done) => (server.close(() => done()), 'closeAllConnections' in server && server.closeAllConnections())),
      }),
    )
    server.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE' ? new AppError('SETTING_INVALID', { name: 'PORT', value: String(wanted), rule: 'a free port' }) : error,
      ),
    )
  })
}
