import { describe, expect, it } from 'vitest'
import { type BlindScene, blindScene, nameMarker, readAll, type Reading, type Side, sign, steady, work, workMarker } from './blind-scene.ts'
import { testDatabase } from './database.ts'

// Until both experts have signed, neither finds anything of the other anywhere: every page, file and answer of the API is read before
// the other works and again afterwards, and has to be the same to the last byte.

const { rolledBack } = testDatabase()

const other = (side: Side): Side => (side === 'first' ? 'second' : 'first')
const marked = (readings: readonly Reading[]) =>
  readings.filter(({ all }) => all.includes(workMarker) || all.includes(nameMarker) || all.includes('0.125')).map(({ name }) => name)

/** The first difference, with a little of what stands around it. */
function difference(before: string, after: string): string {
  let i = 0
  while (i < before.length && before[i] === after[i]) i++
  return `…${before.slice(Math.max(0, i - 60), i + 80)}… became …${after.slice(Math.max(0, i - 60), i + 80)}…`
}

const changed = (before: readonly Reading[], after: readonly Reading[]) =>
  before.flatMap((reading, i) => {
    const [a, b] = [steady(reading), steady(after[i]!)]
    return a === b ? [] : [`${reading.name}: ${difference(a, b)}`]
  })

/** The same moment for both readings, so that no age of anything differs. */
function stoppedClock() {
  const start = Date.now()
  const clock = { offset: 0, now: () => new Date(start + clock.offset) }
  return clock
}

async function readAround(scene: BlindScene, worker: Side, clock: { offset: number }) {
  const reader = scene.experts[other(worker)]
  const before = await readAll(scene, reader)
  clock.offset = 60_000 // ms
  await work(scene, worker)
  clock.offset = 0
  return { before, after: await readAll(scene, reader) }
}

describe.each(['first', 'second'] as const)('what the %s expert does', (worker) => {
  it('changes no byte of what the other can read, and shows it once both have signed', { timeout: 600_000 }, async () => {
    const clock = stoppedClock()
    await rolledBack(async (prepared) => {
      const scene = await blindScene(prepared, worker)
      const { before, after } = await readAround(scene, worker, clock)
      expect(before.filter(({ status }) => status === 200).length).toBeGreaterThan(60)
      expect(before.filter(({ status }) => status >= 500).map(({ name, all }) => `${name} ${all}`)).toEqual([])
      expect(marked(before)).toEqual([])
      expect(marked(after)).toEqual([])
      expect(changed(before, after)).toEqual([])
      // the marker is where it should be, so that its absence says something
      await sign(scene, other(worker))
      expect(marked(await readAll(scene, scene.experts[other(worker)])).length).toBeGreaterThan(0)
    }, clock.now)
  })
})

/** What lists the results of cities. */
const listing = ['/compare.csv', '/compare?level=extended', '/api/v1/comparison', '/api/v1/results']

describe('the results of a city', () => {
  it('are shown to no expert who judges its answers, and to everybody else of the network', { timeout: 600_000 }, () =>
    rolledBack(async (prepared) => {
      const scene = await blindScene(prepared, 'first')
      const { experts, planted } = scene
      const naming = async (cookie: string) => {
        const found: string[] = []
        for (const address of listing) {
          const response = await prepared.app.request(address, { headers: { cookie, 'accept-language': 'en' } })
          if ((await response.text()).includes('city-a')) found.push(address)
        }
        return found
      }
      expect(await naming(planted.people.network.cookie)).toEqual(listing)
      expect(await naming(experts.first.cookie)).toEqual([])
      expect(await naming(experts.second.cookie)).toEqual([])
      await sign(scene, 'first')
      expect(await naming(experts.first.cookie)).toEqual([])
      await sign(scene, 'second')
      expect(await naming(experts.first.cookie)).toEqual(listing)
    }),
  )
})
