import { z } from '@hono/zod-openapi'
import { languages } from '../../text/catalogue.ts'
import { maximumTranslation } from './translation.ts'

const text = z.string().max(maximumTranslation, 'translations.form.long')

export const languageSchema = z.enum(languages as [string, ...string[]])

export const translationSchema = z
  .object({
    questionId: z.string(),
    language: z.string(),
    state: z.enum(['missing', 'draft', 'checked', 'outdated']).openapi({
      description: 'outdated: the original reads differently since; derived from sourceHash',
    }),
    originalLanguage: z.string().nullable(),
    original: z.object({ explanation: z.string().nullable(), reason: z.string().nullable() }),
    explanation: z.string().nullable(),
    reason: z.string().nullable(),
    version: z.number().int().openapi({ description: 'for If-Match; 0 = there is none yet' }),
    sourceHash: z
      .string()
      .openapi({ description: 'SHA-256 over the canonical JSON (RFC 8785) of {explanation, reason} of the original as it reads now' }),
    translatedAt: z.string().nullable(),
    translator: z.string().nullable(),
    checkedAt: z.string().nullable(),
    checker: z.string().nullable(),
  })
  .openapi('Translation')

export const translationSaveSchema = z.strictObject({
  explanation: text.nullable().default(null),
  reason: text.nullable().default(null),
  sourceHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .openapi({ description: 'of the original that was translated, as it was read' }),
})

export const translationFormSchema = z.object({
  language: languageSchema,
  explanation: text.catch('').transform((value) => value.replaceAll('\r\n', '\n')),
  reason: text.catch('').transform((value) => value.replaceAll('\r\n', '\n')),
  sourceHash: z.string(),
  version: z.coerce.number().int().min(0),
})

export const checkFormSchema = z.object({ language: languageSchema, version: z.coerce.number().int().min(1) })
