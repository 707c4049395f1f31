import { z } from '@hono/zod-openapi'
import { placeTag } from './citation-usecases.ts'
import type { Citation, Evidence } from './evidence.ts'
import {
  evidenceKinds,
  isUnopened,
  maximumNote,
  maximumQuotation,
  maximumTitle,
  maximumUrl,
  releaseLevels,
  validityOf,
} from './evidence.ts'

const day = z.iso.date('evidence.rule.date').refine((value) => value >= '1900-01-01' && value <= '2199-12-31', 'evidence.rule.date')

/** What a person says about an entry; no defaults, so that an absent field stays as it is. */
export const detailsShape = {
  title: z.string().trim().min(1, 'evidence.rule.title').max(maximumTitle, 'evidence.rule.titleLong'),
  kind: z.enum(evidenceKinds, 'evidence.rule.kind'),
  datedOn: day.nullable(),
  validFrom: day.nullable(),
  validUntil: day.nullable(),
  isConfidential: z.boolean(),
  releaseLevel: z.enum(releaseLevels, 'evidence.rule.release'),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'evidence.rule.language')
    .nullable(),
  note: z.string().trim().max(maximumNote, 'evidence.rule.noteLong').nullable(),
}

interface Span {
  validFrom?: string | null
  validUntil?: string | null
}

/** A document cannot end before it begins. */
export const isSpan = ({ validFrom, validUntil }: Span): boolean => !validFrom || !validUntil || validFrom <= validUntil
export const spanRule = { message: 'evidence.rule.span', path: ['validUntil'] }

const isHttps = (value: string): boolean =>
  URL.canParse(value) && new URL(value).protocol === 'https:' && new URL(value).hostname.includes('.')

export const urlSchema = z.string().trim().max(maximumUrl, 'evidence.rule.url').refine(isHttps, 'evidence.rule.url')

export const evidencePatchSchema = z.strictObject(detailsShape).partial().refine(isSpan, spanRule).openapi('EvidencePatch')

export const linkSchema = z
  .strictObject({ ...detailsShape, url: urlSchema })
  .partial({
    datedOn: true,
    validFrom: true,
    validUntil: true,
    isConfidential: true,
    releaseLevel: true,
    language: true,
    note: true,
    kind: true,
  })
  .refine(isSpan, spanRule)
  .openapi('EvidenceLink')

export const uploadRequestSchema = z
  .strictObject({
    name: z.string().min(1).max(300),
    size: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).openapi({ description: 'bytes' }),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'evidence.rule.sha256')
      .openapi({ description: 'SHA-256 of the whole file, hexadecimal' }),
  })
  .openapi('UploadRequest')

const author = z.object({ id: z.string(), name: z.string(), isGuest: z.boolean() }).nullable()

export const evidenceSchema = z
  .object({
    id: z.string(),
    ...detailsShape,
    url: z.string().nullable(),
    validity: z.enum(['valid', 'expires-soon', 'expired']),
    file: z
      .object({
        name: z.string(),
        size: z.number().int().openapi({ description: 'bytes' }),
        mediaType: z.string(),
        sha256: z.string().openapi({ description: 'of the stored bytes; pictures are stored without what the camera wrote into them' }),
        scan: z.enum(['not-scanned', 'clean']).openapi({ description: 'whether a virus scanner looked at it' }),
        pages: z.number().int().nullable().openapi({ description: 'null = not read yet, a picture, or a file that cannot be opened' }),
        isRead: z.boolean().openapi({ description: 'whether its text has been looked for' }),
        isUnopened: z.boolean().openapi({ description: 'it could not be opened: damaged, protected by a password, or too large' }),
        href: z.string(),
      })
      .nullable(),
    uses: z.number().int().openapi({ description: 'answers that cite it' }),
    version: z.number().int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    author,
    removedAt: z.iso.datetime().nullable(),
  })
  .openapi('Evidence')

/** An entry as the API gives it. */
export function toEvidenceJson(slug: string, entry: Evidence, now: Date): z.infer<typeof evidenceSchema> {
  const { cityId: _, file, createdAt, updatedAt, removedAt, ...rest } = entry
  return {
    ...rest,
    validity: validityOf(entry.validUntil, now),
    file: file && {
      name: file.name,
      size: file.size,
      mediaType: file.mediaType,
      sha256: file.sha256,
      scan: file.scan,
      pages: file.pages,
      isRead: file.extractedAt !== null,
      isUnopened: isUnopened(file),
      href: `/cities/${slug}/evidence/${entry.id}/file`,
    },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    removedAt: removedAt?.toISOString() ?? null,
  }
}

export const uploadSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    size: z.number().int(),
    offset: z.number().int().openapi({ description: 'bytes that are safe on the disk of the server' }),
    evidence: evidenceSchema.nullable().openapi({ description: 'the entry it became; null = not finished' }),
  })
  .openapi('Upload')

export const placeShape = {
  page: z.number('evidence.rule.page').int('evidence.rule.page').min(1, 'evidence.rule.page').max(100_000, 'evidence.rule.page').nullable(),
  quotation: z.string().trim().max(maximumQuotation, 'evidence.rule.quotationLong').nullable(),
  note: z.string().trim().max(maximumNote, 'evidence.rule.noteLong').nullable(),
  validUntil: day.nullable(),
}

export const placeSchema = z.strictObject(placeShape).openapi('CitationPlace')

export const citationRequestSchema = z
  .strictObject({ evidenceId: z.uuid(), ...placeShape })
  .partial({ page: true, quotation: true, note: true, validUntil: true })
  .openapi('CitationRequest')

export const citationSchema = z
  .object({
    id: z.string(),
    questionId: z.string(),
    evidenceId: z.string(),
    ...placeShape,
    version: z.string().openapi({ description: 'for If-Match: changes with the place' }),
    createdAt: z.iso.datetime(),
    author,
  })
  .openapi('Citation')

/** A citation as the API gives it. */
export function toCitationJson(cited: Citation): z.infer<typeof citationSchema> {
  const { createdAt, assessmentId: _, ...citation } = cited
  return { ...citation, version: placeTag(citation), createdAt: createdAt.toISOString() }
}
