import { inContext, systemContext } from '../src/db/context.ts'
import { inventNetwork, type DemoNetwork } from '../src/features/demo/network.ts'
import { insertMany } from '../src/features/demo/queries.ts'
import { inventPeople, toRows } from '../src/features/demo/rows.ts'
import { passwords } from '../src/features/accounts/scrypt-queue.ts'
import type { Services } from '../src/services.ts'

const sliceLength = 250 // assessments at once, to keep memory small

/** Tables that only the cities of the present wave need for what is measured. */
const presentOnly = new Set(['answers', 'answer_history'])

/** Fills an empty database with an invented network of so many cities: facts, frozen copies and results of all of them. */
export async function fillNetwork(services: Services, cityCount: number): Promise<DemoNetwork> {
  const now = services.now()
  const { instruments } = services
  const network = inventNetwork(1, instruments.current, now, cityCount - 6)
  const people = await inventPeople(network, passwords.hash)
  const instrument = { id: instruments.currentId, rules: instruments.current }
  const present = new Set(network.assessments.filter(({ city }) => city.stage !== null).map(({ id }) => id))
  for (let first = 0; first === 0 || first < network.assessments.length; first += sliceLength) {
    const assessments = network.assessments.slice(first, first + sliceLength)
    const part = first === 0 ? { ...network, assessments } : { ...network, assessments, cities: [], waves: [] }
    await inContext(services.db, systemContext, async (db) => {
      for (const [table, rows] of toRows(part, first === 0 ? people : [], instrument, now))
        await insertMany(
          db,
          table,
          presentOnly.has(table) ? rows.filter((row) => present.has((row as { assessment_id: string }).assessment_id)) : rows,
        )
    })
  }
  await services.db.execute('analyze')
  return network
}
