import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appFolder } from '../../src/paths.ts'
import { testDatabase, type Prepared } from '../database.ts'
import { answerMarker, personMarker, plantNetwork, type PlantedNetwork } from '../planted-network.ts'
import { addressOf, nameOf, routesOf, undone } from '../route-calls.ts'
import { routeTable } from '../route-table.ts'
import { mutants, withoutBackstop } from './mutants.ts'
import { withSwitch } from './plugin.ts'
import { switches } from './switches.ts'

// Two walls stand between cities: the filters of the code, and row-level security of the database. Each has to hold alone. So every
// filter is removed in turn, and the coordinator of city B and a stranger read all pages again: their own and those of city A.

const { rolledBack } = testDatabase()

interface Reading {
  name: string
  address: string
  headers: Record<string, string>
}

/** Every GET route as a stranger and as the coordinator of city B, with the things of city A and with their own. */
function readingsOf(prepared: Prepared, planted: PlantedNetwork): Reading[] {
  return routesOf(prepared)
    .filter(({ method }) => method === 'get')
    .flatMap((route) => {
      const expectation = routeTable[nameOf(route)]
      if (expectation === undefined) return []
      const { cookie } = planted.people.coordinatorB
      return (['stranger', 'coordinatorB'] as const).flatMap((viewer) => {
        const mayShow = expectation.showsAnswers !== undefined || expectation.showsPeople !== undefined
        if (mayShow && expectation.who.includes(viewer)) return []
        const ofA = addressOf({ route, expectation, viewer, planted })
        const ofB = ofA.replaceAll(planted.assessmentA, planted.assessmentB).replaceAll('city-a', 'city-b')
        const headers = { 'accept-language': 'en', ...(viewer === 'coordinatorB' && { cookie }) }
        const addresses = viewer === 'stranger' || ofA === ofB ? [ofA] : [ofA, ofB]
        return addresses.map((address) => ({ name: `${address} as ${viewer}`, address, headers }))
      })
    })
}

/** Whether the answer shows anything of city A. */
async function leaks(prepared: Prepared, { address, headers }: Reading): Promise<boolean> {
  const all = await undone(prepared, async () => {
    const response = await prepared.app.request(address, { headers })
    return `${[...response.headers].join('\n')}\n${await response.text()}`
  })
  return all.includes(answerMarker) || all.toLowerCase().includes(personMarker.toLowerCase())
}

/** @returns readings that show something of city A while these filters are removed */
async function leaking(prepared: Prepared, readings: readonly Reading[], removed: readonly string[], most = Infinity): Promise<string[]> {
  for (const id of removed) switches.removed.add(id)
  const found: string[] = []
  for (const reading of readings) {
    if (found.length >= most) break
    if (await leaks(prepared, reading)) found.push(reading.name)
  }
  switches.removed.clear()
  return found
}

/** Reads everything with all filters in place. @returns which readings ask which filter */
async function traced(prepared: Prepared, readings: readonly Reading[]): Promise<Map<string, Reading[]>> {
  const asking = new Map<string, Reading[]>(mutants.map(({ id }) => [id, []]))
  for (const reading of readings) {
    switches.reached.clear()
    await leaks(prepared, reading)
    for (const id of switches.reached) asking.get(id)?.push(reading)
  }
  return asking
}

describe('a removed filter', () => {
  it('is one that stands in the source exactly once', () => {
    for (const mutant of [...mutants, withoutBackstop])
      expect(withSwitch(readFileSync(join(appFolder, 'src', mutant.file), 'utf8'), mutant)).toContain(mutant.without)
  })

  it(
    'shows nothing of one city to another as long as the database holds, and would without it',
    { timeout: 240_000 },
    () =>
      rolledBack(async (prepared) => {
        const planted = await plantNetwork(prepared)
        const readings = readingsOf(prepared, planted)
        const asking = await traced(prepared, readings)
        expect(await leaking(prepared, readings, [withoutBackstop.id]), 'the filters alone').toEqual([])
        for (const { id } of mutants) {
          const those = asking.get(id)!
          expect(await leaking(prepared, those, [id]), id).toEqual([])
          expect(await leaking(prepared, those, [id, withoutBackstop.id], 1), `${id}, and no backstop`).not.toEqual([])
        }
      }),
  )
})
