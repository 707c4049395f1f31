import { z } from '@hono/zod-openapi'
import { noteField } from '../partners/schemas.ts'

const several = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((chosen) => (chosen === undefined ? [] : [chosen].flat()))

/** The form that proposes a joint answer. */
export const jointFormSchema = z.object({
  city: z.string('joint.form.city.missing').trim().min(1, 'joint.form.city.missing'),
  dimension: several.pipe(z.array(z.string().max(60)).min(1, 'joint.form.areas.missing')),
  note: noteField,
})

export const jointRequestSchema = z
  .strictObject({ city: z.string().min(1).max(120), dimensions: z.array(z.string().max(60)).min(1).max(60), note: noteField })
  .openapi('JointRequest')

const side = z.object({ assessmentId: z.string(), cityId: z.string(), name: z.string() })

export const jointSchema = z
  .object({
    id: z.string(),
    lead: side,
    partner: side,
    dimensions: z.array(z.string()),
    note: z.string().nullable(),
    state: z.enum(['proposed', 'accepted', 'declined', 'ended']),
    proposedAt: z.string(),
  })
  .openapi('JointAgreement')

export const jointDecisionSchema = z.strictObject({ decision: z.enum(['accept', 'end']) }).openapi('JointDecision')
