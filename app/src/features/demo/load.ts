import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf } from '../../canonical.ts'
import { allowsDemoAccounts } from '../../config.ts'
import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import type { Services } from '../../services.ts'
import { translator } from '../../text/text.ts'
import { passwords } from '../accounts/scrypt-queue.ts'
import { recordEvent } from '../audit/queries.ts'
import { lockResults } from '../results/queries.ts'
import { demoAccounts } from './accounts.ts'
import { demoSeed, type DemoNetwork, inventNetwork } from './network.ts'
import { demoDocuments } from './documents.ts'
import { insertLibrary, presentAssessment } from './library.ts'
import { hasDemoPeople, insertMany, isUntouched, lockDemo } from './queries.ts'
import { openDemoReview } from './review.ts'
import { reviewedCity, reviewedDocuments } from './reviewed-city.ts'
import { insertReviewedWave } from './reviewed-wave.ts'
import { type DemoPerson, inventPeople, toRows } from './rows.ts'

/** Writes a network and its people; the caller's transaction decides whether they stay. */
export async function insertNetwork(
  db: Db,
  network: DemoNetwork,
  people: readonly DemoPerson[],
  { instruments }: Pick<Services, 'instruments'>,
  now: Date,
): Promise<void> {
  const instrumentVersionId = instruments.currentId
  const instrument = { id: instrumentVersionId, rules: instruments.current }
  const rows = toRows(network, people, instrument, now)
  await lockResults(db)
  for (const [table, values] of rows) await insertMany(db, table, values)
}

/** The city that is reviewed hands in by itself, once its documents are there. */
function beforeReview(network: DemoNetwork): DemoNetwork {
  const { id } = presentAssessment(network, reviewedCity)
  return { ...network, assessments: network.assessments.map((each) => (each.id === id ? { ...each, submittedAt: null } : each)) }
}

/** Documents of two cities, the reviews of the last closed wave, and the one in progress. @returns hash of the decisions of the closed wave */
async function insertWork(
  db: Db,
  network: DemoNetwork,
  people: readonly DemoPerson[],
  services: LoadingServices,
  now: Date,
): Promise<string> {
  const scene = { network, people, dataDir: services.config.dataDir, instruments: services.instruments }
  await insertLibrary(db, scene, { city: 'Laternenbrück', documents: demoDocuments(now) }, now)
  const { submittedAt } = presentAssessment(network, reviewedCity)
  await insertLibrary(db, scene, { city: reviewedCity, documents: reviewedDocuments() }, submittedAt!)
  const reviewed = await insertReviewedWave(db, scene)
  await openDemoReview(db, scene, now)
  return reviewed
}

type LoadingServices = Pick<Services, 'config' | 'db' | 'instruments' | 'now'>

/**
 * Loads the synthetic demonstration into a database that nobody has used, in one transaction. Does nothing where others
 * could reach its accounts, when it is there already, or when it was removed.
 */
export async function loadDemo(services: LoadingServices): Promise<void> {
  if (!allowsDemoAccounts(services.config)) return
  await inContext(services.db, systemContext, async (db) => {
    await lockDemo(db)
    if (!(await isUntouched(db))) return
    const now = services.now()
    const network = inventNetwork(demoSeed, services.instruments.current, now)
    const people = await inventPeople(network, passwords.hash)
    await insertNetwork(db, beforeReview(network), people, services, now)
    const reviewed = await insertWork(db, network, people, services, now)
    const payload = {
      seed: network.seed,
      cities: network.cities.length,
      assessments: network.assessments.length,
      network: hashOf(JSON.parse(JSON.stringify(network.cities))),
      reviewed,
    }
    await recordEvent(db, { action: 'demo.loaded', personId: null, cityId: null, subject: 'demo', payload, now })
  })
}

/** Prints the demonstration's sign-ins and writes them beside the data, readable by their owner alone. */
export async function printDemoAccounts({ db, config }: Services): Promise<void> {
  if (!allowsDemoAccounts(config) || !(await inContext(db, systemContext, hasDemoPeople))) return
  const t = translator((process.env.LANG ?? '').startsWith('de') ? 'de' : 'en')
  const file = join(config.dataDir, 'demo-accounts.json')
  writeFileSync(file, `${JSON.stringify(demoAccounts, null, 2)}\n`, { mode: 0o600 })
  chmodSync(file, 0o600)
  const lines = demoAccounts.map(
    ({ role, city, email }) => [t(`accounts.role.${role}`), city ?? t('demo.accounts.network'), email] as const,
  )
  const width = (column: 0 | 1) => Math.max(...lines.map((line) => line[column].length))
  console.log(`\n${t('demo.accounts.title', { password: demoAccounts[0]!.password })}\n`)
  for (const [role, city, email] of lines) console.log(`  ${role.padEnd(width(0))}  ${city.padEnd(width(1))}  ${email}`)
  console.log(`\n${t('demo.accounts.file', { file })}`)
}
