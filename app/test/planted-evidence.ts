import { createHash } from 'node:crypto'
import { beginUploadAs, addFilesAs, placeFiles } from '../src/features/evidence/add-files.ts'
import { checkFile } from '../src/features/evidence/check-file.ts'
import { insertCitation } from '../src/features/evidence/citation-queries.ts'
import { placeTag } from '../src/features/evidence/citation-usecases.ts'
import { storePages } from '../src/features/evidence/file-queries.ts'
import { incomingPath, randomName, receive } from '../src/features/evidence/storage.ts'
import { inContext, systemContext } from '../src/db/context.ts'
import { authorOf, type Person } from '../src/permissions.ts'
import type { Prepared } from './database.ts'
import { answerMarker } from './markers.ts'

export interface PlantedEvidence {
  /** A document of city A, not confidential, released for its partner, with the marker in title, text and quotation. */
  evidenceA: string
  /** Where the answered question cites it, and the tag of the place. */
  citationA: { id: string; tag: string }
  /** An upload that the coordinator of city A has begun, of these bytes. */
  uploadA: string
}

export const uploadedBytes = 'some words'

/** A document, a citation and a begun upload of city A. */
export async function plantEvidence(
  { services }: Prepared,
  { cityId, assessmentId, questionId, coordinator }: { cityId: string; assessmentId: string; questionId: string; coordinator: Person },
): Promise<PlantedEvidence> {
  const author = authorOf(coordinator)
  const bytes = Buffer.from(`${answerMarker} in the text of a document\n`)
  const path = incomingPath(services.config.dataDir, randomName())
  await receive(
    path,
    0,
    bytes.length,
    (async function* () {
      yield bytes
    })(),
  )
  const checked = await checkFile(path, `${answerMarker}.txt`, { sha256: null, clamav: null })
  const uploading = {
    services,
    transact: <T>(work: Parameters<typeof inContext<T>>[2]) => inContext(services.db, systemContext, work),
    author,
    cityId,
  }
  const [entry] = await placeFiles(uploading, [{ path, checked }], (db, [storedAs]) =>
    addFilesAs(db, uploading, [{ ...checked, storedAs: storedAs! }], { title: `${answerMarker} document`, releaseLevel: 'partner' }),
  )
  const place = { page: 1, quotation: `${answerMarker} quotation`, note: null, validUntil: null }
  const id = await uploading.transact(async (db) => {
    await storePages(db, entry!.file!.id, [bytes.toString()], services.now())
    return insertCitation(db, author, { ...place, assessmentId, questionId, evidenceId: entry!.id, cityId }, services.now())
  })
  const sha256 = createHash('sha256').update(uploadedBytes).digest('hex')
  const upload = await uploading.transact((db) =>
    beginUploadAs(db, services.config, author, cityId, { name: `${answerMarker}.txt`, size: uploadedBytes.length, sha256 }, services.now()),
  )
  return { evidenceA: entry!.id, citationA: { id, tag: placeTag(place) }, uploadA: upload.id }
}
