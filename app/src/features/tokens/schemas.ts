import { z } from '@hono/zod-openapi'
import { scopes } from '../../scopes.ts'
import { daysFrom, defaultLifetime, endOfDay, isLifetimeAllowed, lifetimes, maximumTokenName } from './token.ts'

// Fields of the form and of the API alike; messages are keys of the texts.

const nameField = z
  .string('tokens.form.name.missing')
  .trim()
  .min(1, 'tokens.form.name.missing')
  .max(maximumTokenName, 'tokens.form.name.long')
const scopeField = z.enum(scopes, 'tokens.form.scopes.missing')
const scopesField = z
  .array(scopeField, 'tokens.form.scopes.missing')
  .min(1, 'tokens.form.scopes.missing')
  .transform((chosen) => scopes.filter((scope) => chosen.includes(scope)))

/** What the form sends: a number of days, or `date` with a day. */
export const tokenFormSchema = (now: Date) =>
  z
    .object({
      name: nameField,
      scopes: z.preprocess((sent) => (typeof sent === 'string' ? [sent] : sent), scopesField),
      lifetime: z.enum(['date', ...lifetimes.map(String)], 'tokens.form.expiry.missing'),
      endsOn: z.string().optional(),
    })
    .superRefine(({ lifetime, endsOn }, context) => {
      if (lifetime !== 'date') return
      const end = endOfDay(endsOn ?? '')
      const message = end === null ? 'tokens.form.expiry.noDay' : isLifetimeAllowed(end, now) ? null : 'tokens.form.expiry.range'
      if (message !== null) context.addIssue({ code: 'custom', path: ['endsOn'], message })
    })

/** When a token made with the form ends. */
export const expiryOfForm = ({ lifetime, endsOn }: { lifetime: string; endsOn?: string | undefined }, now: Date): Date =>
  lifetime === 'date' ? endOfDay(endsOn ?? '')! : daysFrom(now, Number(lifetime))

export const newTokenSchema = z
  .object({
    name: nameField.openapi({ description: 'what it is for' }),
    scopes: z.array(z.enum(scopes)).min(1).openapi({
      description: 'read: GET; answers: save answers; evidence: add evidence; manage: every other change. None includes another.',
    }),
    expiresAt: z.iso
      .datetime({ offset: true })
      .optional()
      .openapi({ description: `at most a year from now; without it ${defaultLifetime} days from now` }),
  })
  .openapi('NewToken')

export const tokenSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable().openapi({ description: 'to the hour' }),
    revokedAt: z.iso.datetime().nullable(),
  })
  .openapi('AccessToken')
