import { z } from '@hono/zod-openapi'
import { isDay } from '../departments/due.ts'
import { tieKinds } from './interests.ts'
import { parts } from '../reviews/review.ts'

// What forms and the API take, and what the API gives.

/** A number as people write it, with a comma or a point. */
const typedNumber = (
  rule: 'evaluations.form.share.wrong' | 'evaluations.form.limit.wrong' | 'evaluations.form.units.wrong' | 'evaluations.form.seed.wrong',
) =>
  z
    .string({ error: rule })
    .trim()
    .min(1, rule)
    .transform((text) => Number(text.replace(',', '.').replace(/\s*%$/, '')))
    .refine((number) => Number.isFinite(number), rule)

const whole = (number: number): boolean => Number.isSafeInteger(number) && number >= 0

export const reasonField = z
  .string({ error: 'evaluations.form.reason.short' })
  .trim()
  .min(10, 'evaluations.form.reason.short')
  .max(2000, 'evaluations.form.text.long')
const optionalReason = z
  .string()
  .trim()
  .max(2000, 'evaluations.form.text.long')
  .nullish()
  .transform((text) => text || null)
  .refine((text) => text === null || text.length >= 10, 'evaluations.form.reason.short')

const orderOfLimits = { path: ['tentative'], message: 'evaluations.form.limit.order' }

/** The method as the form sends it: the share in percent. */
export const methodFormSchema = z
  .object({
    share: typedNumber('evaluations.form.share.wrong')
      .refine((percent) => percent >= 1 && percent <= 100, 'evaluations.form.share.wrong')
      .transform((percent) => percent / 100),
    seed: typedNumber('evaluations.form.seed.wrong').refine(whole, 'evaluations.form.seed.wrong'),
    publishable: typedNumber('evaluations.form.limit.wrong').refine((alpha) => alpha > 0 && alpha <= 1, 'evaluations.form.limit.wrong'),
    tentative: typedNumber('evaluations.form.limit.wrong').refine((alpha) => alpha > 0 && alpha <= 1, 'evaluations.form.limit.wrong'),
    minimumUnits: typedNumber('evaluations.form.units.wrong').refine(
      (n) => whole(n) && n >= 2 && n <= 1000,
      'evaluations.form.units.wrong',
    ),
    reason: optionalReason,
    version: z.coerce.number().int().min(0).catch(0),
  })
  .refine(({ publishable, tentative }) => tentative <= publishable, orderOfLimits)

export const methodRequestSchema = z
  .strictObject({
    share: z.number().min(0.01).max(1).default(0.2).openapi({ description: 'part of the questions that two experts score' }),
    seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    limits: z
      .strictObject({ publishable: z.number().gt(0).max(1), tentative: z.number().gt(0).max(1) })
      .default({ publishable: 0.8, tentative: 0.667 }),
    minimumUnits: z.number().int().min(2).max(1000).default(30),
    reason: optionalReason.openapi({ description: 'why it is registered anew; needed for an addendum' }),
    version: z.number().int().min(0).default(0).openapi({ description: 'registrations that you have seen; 0 = none yet' }),
  })
  .refine(({ limits }) => limits.tentative <= limits.publishable, {
    path: ['limits', 'tentative'],
    message: 'evaluations.form.limit.order',
  })
  .openapi('MethodRequest')

const weights = z.record(z.string(), z.number())

export const registrationSchema = z
  .object({
    version: z.number().int().openapi({ description: '1 = the registration, 2 and later = addenda' }),
    contentHash: z.string().openapi({ description: 'SHA-256 of the content in canonical JSON (RFC 8785)' }),
    registeredAt: z.string(),
    reason: z.string().nullable(),
    content: z
      .object({
        wave: z.string(),
        instrument: z.object({ id: z.string(), version: z.string(), contentHash: z.string() }),
        engine: z.string(),
        schemes: z.array(
          z.object({ id: z.string(), isDefault: z.boolean(), dimensions: weights, indicators: weights, questions: weights }),
        ),
        missing: z.string(),
        ties: z.string(),
        draw: z.string(),
        agreement: z.string(),
        share: z.number(),
        seed: z.number(),
        limits: z.object({ publishable: z.number(), tentative: z.number() }),
        minimumUnits: z.number(),
      })
      .openapi({ description: 'exactly what the hash covers' }),
  })
  .openapi('MethodRegistration')

const listOf = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((values) => (values === undefined ? [] : [values].flat()))

/** Interests as the form sends them: rows of three fields; a row without a city is empty. */
export const interestsFormSchema = z
  .object({ declares: z.enum(['none', 'some'], 'evaluations.form.declares.missing'), kind: listOf, city: listOf, note: listOf })
  .transform(({ declares, kind, city, note }) => ({
    declares,
    ties: city.flatMap((slug, i) =>
      slug === '' && (note[i] ?? '').trim() === '' ? [] : [{ kind: kind[i] ?? '', city: slug, note: (note[i] ?? '').trim() }],
    ),
  }))
  .superRefine(({ declares, ties }, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (declares === 'none' && ties.length > 0) wrong('declares', 'evaluations.form.declares.both')
    if (declares === 'some' && ties.length === 0) wrong('declares', 'evaluations.form.declares.nothing')
    if (ties.some(({ city, note, kind }) => city === '' || note.length < 3 || !(tieKinds as readonly string[]).includes(kind)))
      wrong('ties', 'evaluations.form.ties.incomplete')
    if (ties.some(({ note }) => note.length > 500)) wrong('ties', 'evaluations.form.text.long')
  })
  .transform(({ ties }) => ({ ties: ties as { kind: (typeof tieKinds)[number]; city: string; note: string }[] }))

const tieSchema = z.strictObject({
  kind: z.enum(tieKinds).openapi({ description: 'own-city: lives there; employer: worked for it within three years; tie: anything else' }),
  city: z.string().min(1).max(80).openapi({ description: 'address (slug) of the city' }),
  note: z.string().trim().min(3).max(500),
})
export const interestsRequestSchema = z
  .strictObject({ ties: z.array(tieSchema).max(50).openapi({ description: 'empty = you declare that there are none' }) })
  .openapi('InterestsRequest')
export const interestsSchema = z
  .object({ declaredAt: z.string().nullable().openapi({ description: 'null = nothing declared yet' }), ties: z.array(tieSchema) })
  .openapi('Interests')

const day = z
  .string()
  .nullish()
  .transform((text) => text || null)
  .refine((text) => text === null || isDay(text), 'evaluations.form.day.wrong')

/** As a day, but what is not sent stays as it is. */
const dayOrKept = z
  .string()
  .nullable()
  .optional()
  .transform((text) => (text === undefined ? undefined : text || null))
  .refine((text) => text === undefined || text === null || isDay(text), 'evaluations.form.day.wrong')

const part = z.enum(parts)
export const openRequestSchema = z.strictObject({ city: z.string().min(1).max(80), dueOn: day }).openapi('OpenReviewRequest')
export const openFormSchema = z.object({ city: z.string().min(1).max(80), dueOn: day })

const personId = z.uuid('evaluations.form.expert.unknown')
export const assignFormSchema = z.object({ personId, part, dueOn: day })
export const assignRequestSchema = z.strictObject({ personId, part, dueOn: day }).openapi('AssignExpertRequest')
export const exceptionRequestSchema = z.object({ personId, part, reason: reasonField }).openapi('ReviewExceptionRequest')
const publicNote = z
  .string({ error: 'evaluations.form.note.short' })
  .trim()
  .min(10, 'evaluations.form.note.short')
  .max(500, 'evaluations.form.text.long')
export const overrideRequestSchema = z
  .object({
    personId,
    part,
    dueOn: day,
    reason: reasonField,
    note: publicNote.openapi({ description: 'shown to everybody beside the result' }),
  })
  .openapi('OverrideConflictRequest')

const version = z.coerce.number().int().min(0).max(2_000_000_000)
export const datesFormSchema = z.object({ dueOn: day, first: dayOrKept, second: dayOrKept, version })
export const datesRequestSchema = z.strictObject({ dueOn: day, first: dayOrKept, second: dayOrKept }).openapi('ReviewDatesRequest')
export const endRequestSchema = z.object({ reason: reasonField }).openapi('EndAssignmentRequest')
export const withdrawFormSchema = z.object({ reason: reasonField, version })

const assignmentSchema = z
  .object({
    id: z.string(),
    part,
    person: z.object({ id: z.string(), name: z.string() }),
    dueOn: z.string().nullable(),
    assignedAt: z.string(),
    signedAt: z.string().nullable(),
    publicNote: z.string().nullable().openapi({ description: 'what the public is told of a conflict of interest' }),
  })
  .openapi('ReviewAssignment')

export const arrangedSchema = z
  .object({
    id: z.string(),
    city: z.string(),
    wave: z.string(),
    stage: z.string(),
    dueOn: z.string().nullable(),
    version: z.number().int(),
    sampleSize: z.number().int().openapi({ description: 'questions that two experts score' }),
    assignments: z.array(assignmentSchema),
    experts: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        openReviews: z.number().int(),
        questionsLeft: z.number().int(),
        conflict: z.string().nullable().openapi({ description: 'why they cannot review this city' }),
      }),
    ),
  })
  .openapi('ArrangedReview')

const partSchema = z
  .object({
    person: z.string(),
    dueOn: z.string().nullable(),
    isOverdue: z.boolean(),
    isSigned: z.boolean(),
    decided: z.number().int().nullable(),
  })
  .nullable()
export const boardSchema = z
  .object({
    isRegistered: z.boolean(),
    cities: z.array(
      z.object({
        city: z.string(),
        name: z.string(),
        handedInAt: z.string(),
        reviewId: z.string().nullable(),
        stage: z.string().nullable(),
        dueOn: z.string().nullable(),
        isOverdue: z.boolean(),
        first: partSchema,
        second: partSchema.openapi({ description: 'of the second part nothing is said before it is signed' }),
        waitingOnCity: z.number().int(),
        waitingOnExpert: z.number().int(),
      }),
    ),
    experts: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        openReviews: z.number().int(),
        questionsLeft: z.number().int(),
        declaredAt: z.string().nullable(),
      }),
    ),
    proposals: z.array(z.object({ reviewId: z.string(), part, personId: z.string() })),
  })
  .openapi('EvaluationBoard')
