import { defineConfig } from 'vite'
import server from './vite.server.config.ts'

/** The measurements of pages, bundled like the server. */
export default defineConfig({
  ...server,
  build: {
    ...server.build,
    outDir: '../dist/bench',
    rollupOptions: { input: { pages: 'bench/pages.bench.ts', editors: 'bench/editors.bench.ts' } },
  },
})
