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
  /** Keys of the assessment and the review of city A: a leak, too, unless the address or a proposal of city A to city B names them. */
  foreignKeys: readonly string[]
}

/** Every GET route as a stranger and as the coordinator and the expert of city B, with the things of city A and with their own. */
function readingsOf(prepared: Prepared, planted: PlantedNetwork): Reading[] {
  return routesOf(prepared)
    .filter(({ method }) => method === 'get')
    .flatMap((route) => {
      const expectation = routeTable[nameOf(route)]
      if (expectation === undefined) return []
      return (['stranger', 'coordinatorB', 'reviewerB'] as const).flatMap((viewer) => {
        const mayShow = expectation.showsAnswers !== undefined || expectation.showsPeople !== undefined
        if (mayShow && expectation.who.includes(viewer)) return []
        const ofA = addressOf({ route, expectation, viewer, planted })
        const ofB = ofA
          .replaceAll(planted.assessmentA, planted.assessmentB)
          .replaceAll(planted.reviewA.reviewId, planted.reviewB)
          .replaceAll('city-a', 'city-b')
        const headers = { 'accept-language': 'en', ...(viewer !== 'stranger' && { cookie: planted.people[viewer].cookie }) }
        const foreignKeys = [planted.assessmentA, planted.reviewA.reviewId]
        const addresses = viewer === 'stranger' || ofA === ofB ? [ofA] : [ofA, ofB]
        return addresses.map((address) => ({ name: `${address} as ${viewer}`, address, headers, foreignKeys }))
      })
    })
}

/** Whether the answer shows anything of city A. */
async function leaks(prepared: Prepared, { address, headers, foreignKeys }: Reading): Promise<boolean> {
  const all = await undone(prepared, async () => {
    const response = await prepared.app.request(address, { headers })
    return `${[...response.headers].join('\n')}\n${await response.text()}`
  })
  const namesForeign = foreignKeys.some((key) => !address.includes(key) && !address.endsWith('/joint') && all.includes(key))
  return namesForeign || all.includes(answerMarker) || all.toLowerCase().includes(personMarker.toLowerCase())
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

/** Reads everything with all filters but without the database's backstop. */
async function traced(prepared: Prepared, readings: readonly Reading[]): Promise<{ leaking: string[]; asking: Map<string, Reading[]> }> {
  const asking = new Map<string, Reading[]>(mutants.map(({ id }) => [id, []]))
  const found: string[] = []
  for (const reading of readings) {
    switches.reached.clear()
    found.push(...(await leaking(prepared, [reading], [withoutBackstop.id])))
    for (const id of switches.reached) asking.get(id)?.push(reading)
  }
  return { leaking: found, asking }
}

describe('a removed filter', () => {
  it('is one that stands in the source exactly once', () => {
    for (const mutant of [...mutants, withoutBackstop])
      expect(withSwitch(readFileSync(join(appFolder, 'src', mutant.file), 'utf8'), mutant)).toContain(mutant.without)
  })

  it('shows nothing of one city to another as long as the database holds, and would without it', { timeout: 600_000 }, () =>
    rolledBack(async (prepared) => {
      const planted = await plantNetwork(prepared)
      const filtersAlone = await traced(prepared, readingsOf(prepared, planted))
      expect(filtersAlone.leaking, 'the filters alone').toEqual([])
      for (const { id, behind } of mutants) {
        const those = filtersAlone.asking.get(id)!
        expect(await leaking(prepared, those, [id]), id).toEqual([])
        expect(
          await leaking(prepared, those, [id, ...(behind === undefined ? [] : [behind]), withoutBackstop.id], 1),
          `${id}, and no backstop`,
        ).not.toEqual([])
      }
    }),
  )
})
