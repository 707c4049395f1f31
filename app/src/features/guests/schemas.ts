import { z } from '@hono/zod-openapi'
import { nameField } from '../accounts/schemas.ts'
import { dayOf, parseDayTime } from '../waves/dates.ts'
import { guestDays, longestDays, maximumQuestions } from './guest.ts'

const day = 24 * 3600 * 1000 // ms

export const expiryDay = (now: Date): string => dayOf(new Date(now.getTime() + guestDays * day))
export const expiryFrom = (now: Date): Date => new Date(now.getTime() + guestDays * day)

const optionalText = (most: number, message: string) =>
  z
    .string()
    .trim()
    .max(most, message)
    .transform((text) => (text === '' ? null : text))

const optionalEmail = z
  .string()
  .trim()
  .transform((text) => (text === '' ? null : text.toLowerCase()))
  .pipe(z.email('accounts.form.email.invalid').max(254, 'accounts.form.email.invalid').nullable())

const inTime = (now: Date) => (expiresAt: Date) => expiresAt > now && expiresAt.getTime() <= now.getTime() + longestDays * day

/** The form that makes a link; the last day counts to its end. */
export const guestFormSchema = (now: Date) =>
  z.object({
    question: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .transform((chosen) => (chosen === undefined ? [] : [chosen].flat()))
      .pipe(z.array(z.string().max(60)).min(1, 'guests.form.questions.missing').max(maximumQuestions, 'guests.form.questions.many')),
    name: nameField,
    email: optionalEmail,
    note: optionalText(1000, 'guests.form.note.long'),
    until: z
      .string()
      .transform((text) => parseDayTime(text, '23:59'))
      .pipe(z.date('guests.form.until.wrong'))
      .refine(inTime(now), 'guests.form.until.wrong'),
  })

/** The same for the API. */
export const guestRequestSchema = z
  .strictObject({
    questionIds: z.array(z.string().max(60)).min(1).max(maximumQuestions),
    name: nameField,
    email: z.email().max(254).nullable().optional(),
    note: z.string().max(1000).nullable().optional(),
    expiresAt: z.iso
      .datetime()
      .optional()
      .openapi({ description: `at most ${longestDays} days ahead; ${guestDays} days when left out` }),
  })
  .openapi('GuestRequest')

export const guestLinkSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    questionIds: z.array(z.string()),
    answered: z.number().int(),
    state: z.enum(['sent', 'opened', 'finished', 'expired', 'withdrawn']),
    expiresAt: z.string(),
  })
  .openapi('GuestLink')

export const newGuestLinkSchema = z
  .object({ id: z.string(), link: z.string().nullable(), wasMailed: z.boolean() })
  .openapi('NewGuestLink', { description: 'The link is given once; a repeated request gives null.' })
