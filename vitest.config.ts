import { defineConfig } from 'vitest/config'
import { mutantsPlugin } from './app/test/mutants/plugin.ts'

const jsx = { oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } } as const

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'engine', root: './engine', include: ['src/**/*.test.ts'] } },
      {
        ...jsx,
        test: {
          name: 'app',
          root: './app',
          include: ['src/**/*.test.{ts,tsx}', 'test/*.test.{ts,tsx}'],
          globalSetup: ['test/start-database.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
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
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...jsx,
        test: {
          name: 'journeys',
          root: './app',
          include: ['test/journeys/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
