import { z } from '@hono/zod-openapi'
import { requiredText } from '../cities/schemas.ts'

export const noteField = z
  .string()
  .trim()
  .max(2000, 'signoff.form.note.long')
  .nullish()
  .transform((text) => text || null)

const emptyIsNull = z
  .string()
  .nullish()
  .transform((text) => text || null)

/** A step as the form sends it. */
export const stepFormSchema = z.object({
  name: requiredText('signoff.form.name.missing').max(100, 'signoff.form.name.long'),
  person: emptyIsNull,
  dimension: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((chosen) => (chosen === undefined ? [] : [chosen].flat())),
  version: z.coerce.number().int().min(0).catch(0),
})

/** A step for the API. */
export const stepRequestSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    personId: z.uuid().nullable().default(null).openapi({ description: 'null = any approver of the city' }),
    dimensions: z.array(z.string().max(60)).max(60).nullable().default(null).openapi({ description: 'areas it signs; null = all' }),
  })
  .openapi('SignOffStepRequest')

const person = z.object({ id: z.string(), name: z.string() })

export const stepSchema = z
  .object({
    id: z.string(),
    position: z.number().int(),
    name: z.string(),
    person: person.nullable(),
    dimensions: z.array(z.string()).nullable(),
    version: z.number().int(),
  })
  .openapi('SignOffStep')

export const chainSchema = z
  .object({
    steps: z.array(
      stepSchema.extend({
        state: z.enum(['waiting', 'later', 'signed', 'outdated', 'sent-back', 'changed']),
        contentHash: z.string().openapi({ description: 'of the answers as they stand now; a decision must name it' }),
        changed: z.array(z.string()),
        last: z
          .object({ decision: z.enum(['signed', 'sent-back']), note: z.string().nullable(), decidedAt: z.string(), by: person.nullable() })
          .nullable(),
      }),
    ),
  })
  .openapi('SignOffChain')

export const decisionRequestSchema = z
  .object({
    decision: z.enum(['signed', 'sent-back']),
    note: noteField,
    questionId: emptyIsNull,
    contentHash: z.string().length(64),
  })
  .refine(({ decision, note }) => decision === 'signed' || note !== null, { path: ['note'], message: 'signoff.form.note.missing' })
  .openapi('SignOffDecision')
