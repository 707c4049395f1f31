import { z } from '@hono/zod-openapi'
import { answerSchema } from '../assessments/schemas.ts'
import { decisionSchema } from '../dialogue/schemas.ts'

const seen = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((values) => (values === undefined ? [] : [values].flat()))
  .pipe(z.array(z.string().regex(/^[\w.-]{1,60}:\d{1,9}$/)).max(500))
  .transform((values) =>
    values.map((value) => {
      const [questionId, version] = value.split(':')
      return { questionId: questionId!, version: Number(version) }
    }),
  )

/** The form of one question or of a whole area: which questions, in the versions seen, and what is chosen. */
export const mergeForm = z.object({ decision: z.enum(['taken', 'kept']), seen, oneByOne: z.string().optional() })

const decision = z.enum(['taken', 'kept'])

export const mergeInput = z
  .strictObject({
    choices: z
      .array(
        z.strictObject({
          questionId: z.string().max(60),
          decision,
          version: z.number().int().min(0).openapi({ description: 'version of the working answer that was seen; 0 = none' }),
        }),
      )
      .min(1)
      .max(500),
    isOneByOne: z
      .boolean()
      .default(false)
      .openapi({ description: 'seen side by side with the present answer: needed where the city has changed it since handing in' }),
  })
  .openapi('MergeInput')

const fields = answerSchema.pick({ options: true, missing: true, reason: true, explanation: true })

export const correctionSchema = z
  .object({
    questionId: z.string(),
    dimension: z.string(),
    decision: z.string().nullable(),
    handedIn: fields,
    working: fields.extend({ version: z.number().int() }),
    proposed: fields.nullable().openapi({ description: 'null = advice only' }),
    isEdited: z.boolean().openapi({ description: 'changed by the city since it handed in' }),
  })
  .openapi('Correction')

const verified = z.object({ score: z.number().nullable(), upper: z.number().nullable(), share: z.number().nullable() })
const level = z.object({
  id: z.string(),
  score: z.number().nullable(),
  upper: z.number().nullable(),
  coverage: z.number().nullable(),
  verified: verified.nullable(),
})

export const reviewResultSchema = z
  .object({
    scheme: z.string(),
    indices: z.object({ core: level, extended: level }),
    dimensions: z.array(level),
    unsettled: z.array(z.string()),
    decisions: z.array(decisionSchema),
  })
  .openapi('ReviewResult')
