import { earlierEnd, type Evidence } from '../evidence/evidence.ts'
import type { FrozenCitation } from '../results/frozen.ts'

// The documents behind a frozen copy, as far as experts may open them.

/** Why an expert cannot open a document; null = can. */
export type DocumentRefusal = 'confidential' | 'not-released' | 'removed'

/** What the city has released for the network and everybody, and does not keep confidential; it decides by what it says today. */
export function refusalOf(evidence: Pick<Evidence, 'isConfidential' | 'releaseLevel' | 'removedAt'> | undefined): DocumentRefusal | null {
  if (evidence === undefined || evidence.removedAt !== null) return 'removed'
  if (evidence.isConfidential) return 'confidential'
  return evidence.releaseLevel === 'network' || evidence.releaseLevel === 'public' ? null : 'not-released'
}

/** A citation of the frozen copy. Of a document that is refused only its kind is known: neither title nor quotation. */
export type DeskDocument = {
  citation: Pick<FrozenCitation, 'questionId' | 'evidence' | 'kind'>
  /** YYYY-MM-DD */
  validUntil: string | null
  seenAt: Date | null
} & ({ refusal: DocumentRefusal; evidence: null; place: null } | { refusal: null; evidence: Evidence; place: DocumentPlace })

export interface DocumentPlace {
  page: number | null
  quotation: string | null
}

export type OpenDocument = Extract<DeskDocument, { refusal: null }>

export const isOpenDocument = (document: DeskDocument): document is OpenDocument => document.refusal === null

/** @param seen when the expert has opened a document before, by its key */
export function toDeskDocument(
  { questionId, evidence: evidenceId, kind, page, quotation, validUntil }: FrozenCitation,
  evidence: Evidence | undefined,
  seen: ReadonlyMap<string, Date>,
): DeskDocument {
  const refusal = refusalOf(evidence)
  const citation = { questionId, evidence: evidenceId, kind }
  if (refusal !== null || evidence === undefined)
    return { citation, refusal: refusal ?? 'removed', evidence: null, place: null, validUntil: null, seenAt: null }
  return {
    citation,
    refusal,
    evidence,
    place: { page, quotation },
    validUntil: earlierEnd(validUntil, evidence.validUntil),
    seenAt: seen.get(evidenceId) ?? null,
  }
}
