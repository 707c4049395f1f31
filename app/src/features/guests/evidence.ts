import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import type { WebContext } from '../../web.ts'
import { recordEvent } from '../audit/queries.ts'
import { addFilesAs, placeFiles } from '../evidence/add-files.ts'
import { type CitationPlace, type CitedEvidence, listCitations, removeCitation } from '../evidence/citation-queries.ts'
import { citeAs, refusalOfWave } from '../evidence/citation-usecases.ts'
import { maximumTitle } from '../evidence/evidence.ts'
import { lockLibrary } from '../evidence/file-queries.ts'
import type { FormFile } from '../evidence/form-files.ts'
import { addLinkAs, viewerOfGuest } from '../evidence/usecases.ts'
import { asGuest, type GuestVisit, requireGuestQuestion } from './visit.ts'

// What proves an answer, for the holder of a guest link: they see what is not confidential and what they added, and add to it.

/** What the guest may see of the evidence for one question. @throws {AppError} QUESTION_NOT_FOUND: not of the link */
export function listGuestEvidence(db: Db, visit: GuestVisit, questionId: string): Promise<CitedEvidence[]> {
  requireGuestQuestion(visit, questionId)
  return listCitations(db, visit.assessment.id, viewerOfGuest(visit.author), [questionId])
}

/** Guests take back what they cited themselves. */
export const isOwn = ({ link }: GuestVisit, { citation: { author } }: CitedEvidence): boolean =>
  author !== null && author.isGuest && author.id === link.id

export interface GuestCitation extends Pick<CitationPlace, 'page' | 'quotation'> {
  questionId: string
  /** The document: a file, or the address of a page. */
  source: { file: FormFile } | { url: string }
}

/** An address without what everyone knows, as the title of a link. */
const titleOfLink = (url: string): string =>
  url
    .replace(/^https:\/\/(www\.)?/, '')
    .replace(/\/$/, '')
    .slice(0, maximumTitle)

const ofLink = {
  kind: 'website',
  datedOn: null,
  validFrom: null,
  validUntil: null,
  isConfidential: false,
  releaseLevel: 'private',
  language: null,
  note: null,
} as const

/** The same document at the same place, cited by this guest before: a form that was sent twice. */
async function findSame(db: Db, visit: GuestVisit, { questionId, page, quotation, source }: GuestCitation): Promise<string | null> {
  const cited = await listGuestEvidence(db, visit, questionId)
  const same = cited.find((each) => {
    const { citation, evidence } = each
    const isSame = 'url' in source ? evidence.url === source.url : evidence.file?.sha256 === source.file.checked.sha256
    return isSame && isOwn(visit, each) && citation.page === page && citation.quotation === quotation
  })
  return same?.citation.id ?? null
}

async function citeWith(
  db: Db,
  visit: GuestVisit,
  request: GuestCitation,
  now: Date,
  add: () => Promise<{ id: string }>,
): Promise<{ id: string }> {
  const { author, assessment, link } = visit
  const { questionId, page, quotation } = request
  requireGuestQuestion(visit, questionId)
  const refusal = refusalOfWave(assessment, now)
  if (refusal !== null) throw refusal
  await lockLibrary(db, link.cityId)
  const known = await findSame(db, visit, request)
  if (known !== null) return { id: known }
  const { id: evidenceId } = await add()
  const place = { page, quotation, note: null, validUntil: null }
  const { id } = await citeAs(db, author, viewerOfGuest(author), { assessment, questionId }, { evidenceId, ...place }, now)
  return { id }
}

/**
 * Adds a file or a link to the city's library and cites it for a question of the link: one step, one transaction.
 * @throws {AppError} GUEST_LINK_ENDED, QUESTION_NOT_FOUND, WAVE_CLOSED, EVIDENCE_QUOTA_FILES, EVIDENCE_QUOTA_SIZE, CITATION_PAGE
 */
export async function citeAsGuest(services: Services, c: WebContext, request: GuestCitation): Promise<{ id: string }> {
  const { source } = request
  if ('url' in source)
    return asGuest(services, c, (db, visit) => {
      const details = { ...ofLink, title: titleOfLink(source.url), url: source.url }
      return citeWith(db, visit, request, services.now(), () => addLinkAs(db, visit.author, visit.link.cityId, details, services.now()))
    })
  const visitor = await asGuest(services, c, async (_db, visit) => visit)
  const uploading = {
    services,
    transact: <T>(work: (db: Db) => Promise<T>) => asGuest(services, c, (db) => work(db)),
    author: visitor.author,
    cityId: visitor.link.cityId,
  }
  return placeFiles(uploading, [source.file], (db, [storedAs]) =>
    citeWith(db, visitor, request, services.now(), async () => {
      const [entry] = await addFilesAs(db, uploading, [{ ...source.file.checked, storedAs: storedAs! }], null)
      return entry!
    }),
  )
}

/** Takes a citation of the guest back; the document stays in the city's library. @throws {AppError} CITATION_NOT_FOUND */
export async function takeBackGuestCitation(db: Db, visit: GuestVisit, questionId: string, id: string, now: Date): Promise<void> {
  const refusal = refusalOfWave(visit.assessment, now)
  if (refusal !== null) throw refusal
  const found = (await listGuestEvidence(db, visit, questionId)).find(({ citation }) => citation.id === id)
  if (found === undefined || !isOwn(visit, found)) throw new AppError('CITATION_NOT_FOUND')
  await removeCitation(db, id, null, now)
  await recordEvent(db, {
    action: 'citation.removed',
    personId: visit.link.id,
    cityId: visit.link.cityId,
    subject: `citation:${visit.assessment.id}/${questionId}/${id}`,
    payload: { evidenceId: found.citation.evidenceId },
    now,
  })
}
