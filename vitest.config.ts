import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { mutantsPlugin } from './app/test/mutants/plugin.ts'
import { splitTests } from './app/test/needs-database.ts'

const jsx = { oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } } as const
const product = splitTests(join(import.meta.dirname, 'app'))

/** Test files share their modules, as requests share them in a server: importing them anew for each file took half of the time. */
const shared = { isolate: false, testTimeout: 60_000, hookTimeout: 120_000 } as const

export default defineConfig({
  test: {
    // vitest would leave one processor idle, which is half of a machine with two
    maxWorkers: availableParallelism(),
    projects: [
      { test: { name: 'engine', root: './engine', include: ['src/**/*.test.ts'] } },
      { ...jsx, test: { name: 'rules', root: './app', include: product.rules, ...shared } },
      {
        ...jsx,
        test: { name: 'database', root: './app', include: product.database, globalSetup: ['test/start-database.ts'], ...shared },
      },
      {
        // both of them, for a file by hand
        ...jsx,
        test: {
          name: 'app',
          root: './app',
          include: [...product.rules, ...product.database],
          globalSetup: ['test/start-database.ts'],
          ...shared,
        },
      },
      {
        ...jsx,
        plugins: [mutantsPlugin()],
        test: {
          name: 'mutants',
          root: './app',
          include: ['test/mutants/*.test.ts'],
          globalSetup: ['test/start-database.ts'],
          ...shared,
        },
      },
      {
        ...jsx,
        test: {
          name: 'journeys',
          root: './app',
          include: ['test/journeys/*.test.ts'],
          globalSetup: ['test/journeys/prepare-demo.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
