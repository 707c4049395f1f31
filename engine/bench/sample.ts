import { createDataset, type Dataset } from '../src/dataset.ts'
import type { Element, Framework } from '../src/framework.ts'
import { createStream } from '../src/random.ts'

/** Invented data for measuring: correlated indicators, some skewed. Always the same. */
export function sampleIndex(units: number, indicators: number, groups: number): { dataset: Dataset; framework: Framework } {
  const random = createStream(2026, 0, 99)
  const names = Array.from({ length: indicators }, (_, j) => `i${j}`)
  const quality = Array.from({ length: units }, () => 20 + 40 * random.nextUniform())
  const values = Object.fromEntries(
    names.map((name, j) => [
      name,
      quality.map((own) => {
        const value = own + 60 * (random.nextUniform() - 0.5)
        return j % 9 === 0 ? Math.exp(value / 15) : value
      }),
    ]),
  )
  const element = (code: string, level: number, parent: string | null): Element => ({ code, level, parent, weight: 1, direction: 1 })
  const elements = [
    ...names.map((name, j) => element(name, 1, `g${j % groups}`)),
    ...Array.from({ length: groups }, (_, g) => element(`g${g}`, 2, 'index')),
    element('index', 3, null),
  ]
  return { dataset: createDataset({ units: quality.map((_, u) => `u${u}`), values }), framework: { elements } }
}
