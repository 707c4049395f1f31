import type { Db } from '../../db/open.ts'
import { checkFile } from '../evidence/check-file.ts'
import { insertCitation } from '../evidence/citation-queries.ts'
import { insertFile } from '../evidence/file-queries.ts'
import { insertEvidence } from '../evidence/queries.ts'
import { incomingPath, keep, randomName, receive } from '../evidence/storage.ts'
import { type DemoDocument, demoDocuments } from './documents.ts'
import type { DemoNetwork } from './network.ts'
import type { DemoPerson } from './rows.ts'

const documentedCity = 'Laternenbrück'

/** Puts a document's bytes where those of an upload would be, with the same checks. */
async function place(dataDir: string, { name, bytes }: NonNullable<DemoDocument['file']>) {
  const path = incomingPath(dataDir, randomName())
  await receive(
    path,
    0,
    bytes.length,
    (async function* () {
      yield bytes
    })(),
  )
  const checked = await checkFile(path, name, { sha256: null, clamav: null })
  return { ...checked, storedAs: await keep(dataDir, path) }
}

/** Fills the library of one city and cites its documents in the present wave. */
export async function insertLibrary(
  db: Db,
  network: DemoNetwork,
  people: readonly DemoPerson[],
  dataDir: string,
  now: Date,
): Promise<void> {
  const city = network.cities.find(({ name }) => name === documentedCity)!
  const assessment = network.assessments
    .filter((each) => each.city.id === city.id)
    .sort((a, b) => b.wave.opensAt.getTime() - a.wave.opensAt.getTime())[0]!
  const coordinator = people.find(({ cityId, role }) => cityId === city.id && role === 'city-coordinator')!
  const author = { personId: coordinator.id, guestId: null, name: coordinator.name }
  for (const { file, url, citations, ...details } of demoDocuments(now)) {
    const cityId = city.id
    const source =
      file === null
        ? ({ fileId: null, url: url! } as const)
        : ({ fileId: await insertFile(db, author, { ...(await place(dataDir, file)), cityId }, now), url: null } as const)
    const evidenceId = await insertEvidence(db, author, { ...details, cityId, ...source }, now)
    for (const { question: questionId, page, quotation } of citations) {
      const citation = { assessmentId: assessment.id, questionId, evidenceId, cityId, page, quotation, note: null, validUntil: null }
      await insertCitation(db, author, citation, now)
    }
  }
}
