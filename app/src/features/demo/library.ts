import type { Db } from '../../db/open.ts'
import { checkFile } from '../evidence/check-file.ts'
import { insertCitation } from '../evidence/citation-queries.ts'
import { insertFile } from '../evidence/file-queries.ts'
import { insertEvidence } from '../evidence/queries.ts'
import { incomingPath, keep, randomName, receive } from '../evidence/storage.ts'
import type { DemoDocument } from './documents.ts'
import type { DemoAssessment, DemoNetwork } from './network.ts'
import type { DemoPerson } from './rows.ts'

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

/** The assessment of the newest wave of a city. */
export function presentAssessment({ assessments }: DemoNetwork, city: string): DemoAssessment {
  return assessments.filter((each) => each.city.name === city).toSorted((a, b) => b.wave.opensAt.getTime() - a.wave.opensAt.getTime())[0]!
}

/** Fills the library of one city and cites its documents in the present wave. */
export async function insertLibrary(
  db: Db,
  { network, people, dataDir }: { network: DemoNetwork; people: readonly DemoPerson[]; dataDir: string },
  { city, documents }: { city: string; documents: readonly DemoDocument[] },
  now: Date,
): Promise<void> {
  const assessment = presentAssessment(network, city)
  const cityId = assessment.city.id
  const coordinator = people.find((person) => person.cityId === cityId && person.role === 'city-coordinator')!
  const author = { personId: coordinator.id, guestId: null, name: coordinator.name }
  for (const { file, url, citations, ...details } of documents) {
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
