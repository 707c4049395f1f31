import { defineConfig } from 'vite'

/** Scripts and styles of the pages; the server finds them through the manifest. */
export default defineConfig({
  root: 'src',
  base: '/assets/',
  publicDir: false,
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    manifest: 'manifest.json',
    assetsDir: '',
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: {
      input: [
        'src/styles/styles.css',
        'src/client/menus.ts',
        'src/client/charts.ts',
        'src/client/answering.tsx',
        'src/client/account.ts',
        'src/client/weights.tsx',
        'src/client/evidence-upload.ts',
        'src/client/evidence-reader.ts',
        'src/client/quick-check.ts',
        'src/client/desk.ts',
      ],
    },
  },
  worker: { format: 'es' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
})
