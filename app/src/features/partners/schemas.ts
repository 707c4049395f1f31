import { z } from '@hono/zod-openapi'
import { partnerRights } from '../../permissions.ts'
import { answerPatchSchema } from '../assessments/schemas.ts'
import { facts, qualities } from '../cities/fact.ts'

export const maximumNote = 1000 // characters

/** A sentence that may be left out. */
export const noteField = z
  .string()
  .trim()
  .max(maximumNote, 'partners.form.note.long')
  .nullish()
  .transform((text) => text || null)

export const rightsSchema = z.strictObject({ rights: z.array(z.enum(partnerRights)) }).openapi('PartnerRights')

const person = z.object({ id: z.string(), name: z.string() })
const decision = z.enum(['accepted', 'declined'])

export const partnerSchema = z
  .object({
    membershipId: z.string(),
    person,
    rights: z.array(z.object({ right: z.enum(partnerRights), grantedAt: z.string(), grantedBy: z.string().nullable() })),
  })
  .openapi('Partner')

export const caseloadSchema = z
  .object({
    assessment: z.string(),
    city: z.object({ slug: z.string(), name: z.string() }),
    wave: z.string(),
    state: z.string(),
    answered: z.number().int(),
    asked: z.number().int(),
    silentDays: z.number().int().nullable(),
    pendingSuggestions: z.number().int(),
    openThreads: z.number().int(),
    rights: z.array(z.enum(partnerRights)),
  })
  .openapi('CaseloadEntry')

export const suggestionRequestSchema = answerPatchSchema.extend({ note: noteField }).openapi('SuggestionRequest')

export const suggestionSchema = z
  .object({
    id: z.string(),
    questionId: z.string(),
    origin: z.enum(['partner', 'joint']),
    options: z.array(z.string()).nullable(),
    missing: z.enum(['not-applicable', 'not-known']).nullable(),
    reason: z.string().nullable(),
    explanation: z.string().nullable(),
    language: z.string().nullable(),
    note: z.string().nullable(),
    baseVersion: z.number().int(),
    by: person.nullable(),
    createdAt: z.string(),
    withdrawnAt: z.string().nullable(),
    decidedAt: z.string().nullable(),
    decision: decision.nullable(),
    decisionNote: z.string().nullable(),
  })
  .openapi('Suggestion')

export const proposalRequestSchema = z
  .strictObject({
    fact: z.enum(facts),
    year: z.number().int().min(1990).max(2100),
    value: z.number().min(0),
    source: z.string().trim().min(3).max(500),
    quality: z.enum(qualities),
    note: noteField,
  })
  .openapi('FigureProposalRequest')

export const proposalSchema = z
  .object({
    id: z.string(),
    fact: z.enum(facts),
    year: z.number().int(),
    value: z.number(),
    source: z.string(),
    quality: z.enum(qualities),
    note: z.string().nullable(),
    by: person.nullable(),
    createdAt: z.string(),
    withdrawnAt: z.string().nullable(),
    decidedAt: z.string().nullable(),
    decision: decision.nullable(),
    decisionNote: z.string().nullable(),
  })
  .openapi('FigureProposal')

export const decisionSchema = z.strictObject({ decision, note: noteField }).openapi('Decision')

export const markRequestSchema = z
  .strictObject({ mark: z.enum(['ready', 'needs-work'], 'partners.precheck.mark.missing'), remark: noteField })
  .openapi('PrecheckRequest')

export const precheckSchema = z
  .object({
    marks: z.array(
      z.object({
        questionId: z.string(),
        mark: z.enum(['ready', 'needs-work']),
        remark: z.string().nullable(),
        isOutdated: z.boolean(),
        version: z.number().int(),
        by: person.nullable(),
      }),
    ),
  })
  .openapi('Precheck')
