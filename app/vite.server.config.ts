import { defineConfig } from 'vite'

/** Server and command line, each bundled with the workspaces; packages from npm stay outside. */
export default defineConfig({
  root: 'src',
  publicDir: false,
  build: {
    ssr: true,
    outDir: '../dist/server',
    emptyOutDir: true,
    target: 'node24',
    sourcemap: true,
    rollupOptions: {
      input: {
        server: 'src/server.ts',
        cli: 'src/cli.ts',
        'uncertainty-worker': 'src/features/benchmark/uncertainty-worker.ts',
        'weight-play-worker': 'src/features/benchmark/weight-play-worker.ts',
        'chart-png-worker': 'src/chart-png-worker.ts',
        'extraction-worker': 'src/features/evidence/extraction-worker.ts',
      },
    },
  },
  ssr: { noExternal: [/^@tessera\//] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
})
