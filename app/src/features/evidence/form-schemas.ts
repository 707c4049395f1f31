import { z } from '@hono/zod-openapi'
import { detailsShape, isSpan, placeShape, spanRule, urlSchema } from './schemas.ts'

// Forms send every field as text: an empty one says nothing, a box that is not ticked is not sent.

const orNull = (schema: z.ZodType<string | null, string | null>) =>
  z
    .string()
    .default('')
    .transform((text) => (text.trim() === '' ? null : text.trim()))
    .pipe(schema)

const details = {
  title: z.string().default('').pipe(detailsShape.title),
  kind: detailsShape.kind,
  datedOn: orNull(detailsShape.datedOn),
  validFrom: orNull(detailsShape.validFrom),
  validUntil: orNull(detailsShape.validUntil),
  isConfidential: z
    .string()
    .optional()
    .transform((value) => value === 'yes'),
  releaseLevel: detailsShape.releaseLevel,
  language: orNull(detailsShape.language),
  note: orNull(detailsShape.note),
}

const version = z.coerce.number().int().min(0)

export const detailsFormSchema = z.object({ ...details, version }).refine(isSpan, spanRule)

export const linkFormSchema = z.object({ ...details, url: z.string().default('').pipe(urlSchema) }).refine(isSpan, spanRule)

export const versionFormSchema = z.object({ version, confirmed: z.string().optional() })

const page = z
  .string()
  .default('')
  .transform((text) => (text.trim() === '' ? null : Number(text)))
  .pipe(placeShape.page)

const place = { page, quotation: orNull(placeShape.quotation), note: orNull(placeShape.note), validUntil: orNull(placeShape.validUntil) }

export const placeFormSchema = z.object({ ...place, seen: z.string().default('') })

export const citeFormSchema = z.object({ ...place, evidenceId: z.union([z.literal(''), z.uuid()]).default('') })
