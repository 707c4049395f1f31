import { z } from '@hono/zod-openapi'
import { noticeKinds } from './notice.ts'

/** What a person has been told, as the API gives it. */
export const noticeSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(noticeKinds),
    text: z.string().openapi({ description: 'the sentence in the language of the request' }),
    note: z.string().nullable().openapi({ description: 'the beginning of what somebody wrote with it' }),
    address: z.string().openapi({ description: 'page it leads to' }),
    city: z.string().nullable(),
    createdAt: z.iso.datetime(),
    seenAt: z.iso.datetime().nullable(),
  })
  .openapi('Notice')

export const seenSchema = z.object({
  ids: z.array(z.uuid()).max(500).optional().openapi({ description: 'these; without, all' }),
  until: z.iso.datetime({ offset: true }).optional().openapi({ description: 'only what was told until then' }),
})

const hour = z.number().int().min(0).max(23)

export const digestSettingsSchema = z.object({
  hour: hour.nullable().openapi({ description: 'hour of the daily mail where you live; null = none' }),
  timeZone: z.string().min(1).max(80).openapi({ description: 'IANA name, such as Europe/Berlin' }),
})

/** The form: an empty hour is none. */
export const digestFormSchema = z.object({
  hour: z
    .string({ error: 'notices.settings.hour.missing' })
    .refine((text) => text === 'none' || /^(?:\d|1\d|2[0-3])$/.test(text), 'notices.settings.hour.missing')
    .transform((text) => (text === 'none' ? null : Number(text))),
  zone: z
    .string({ error: 'notices.settings.zone.unknown' })
    .min(1, 'notices.settings.zone.unknown')
    .max(80, 'notices.settings.zone.unknown'),
})

/** The button "mark all as read": what came after the page was made stays new. */
export const seenFormSchema = z.object({ until: z.iso.datetime({ offset: true }).optional().catch(undefined) })
