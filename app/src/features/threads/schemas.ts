import { z } from '@hono/zod-openapi'
import { versionField } from '../cities/schemas.ts'
import { longestMessage } from './thread.ts'

const text = z
  .string({ error: 'threads.form.text.missing' })
  .trim()
  .min(1, 'threads.form.text.missing')
  .max(longestMessage, 'threads.form.text.tooLong')

const language = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/)
  .optional()
  .openapi({ description: 'language it is written in; without, that of the request' })

const mentions = z
  .array(z.uuid())
  .max(100)
  .default([])
  .openapi({ description: 'people who are told, besides those named with @ in the text' })

/** A message as the API takes it. */
export const messageInput = z.object({ text, mentions, language }).openapi('MessageInput')
export const threadInput = messageInput
  .extend({ isShared: z.boolean().default(false).openapi({ description: 'technical partners who may read see it, too' }) })
  .openapi('ThreadInput')
export const closeInput = z.object({ lastWord: messageInput.nullish() })
export const sharingInput = z.object({ isShared: z.boolean() })

/** Boxes that are ticked: none, one, or several. */
const ticked = z
  .union([z.uuid(), z.array(z.uuid())])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()))
  .catch([])

const isTicked = z
  .string()
  .optional()
  .transform((value) => value === 'yes')
  .catch(false)

export const messageForm = z.object({ text, mentions: ticked })
export const threadForm = z.object({ text, mentions: ticked, isShared: isTicked })
/** The last word may be left out. */
export const closeForm = z.object({
  text: z.string().trim().max(longestMessage, 'threads.form.text.tooLong').catch(''),
  mentions: ticked,
  version: versionField,
})
export const versionForm = z.object({ version: versionField })
export const sharingForm = z.object({ version: versionField, isShared: isTicked })

const writer = z.object({ id: z.uuid(), name: z.string(), isGuest: z.boolean() })

export const messageSchema = z
  .object({
    id: z.uuid(),
    text: z.string().nullable().openapi({ description: 'null = taken back' }),
    language: z.string().nullable(),
    mentions: z.array(z.uuid()),
    writer: writer.nullable(),
    createdAt: z.iso.datetime(),
    withdrawnAt: z.iso.datetime().nullable(),
  })
  .openapi('Message')

export const threadSchema = z
  .object({
    id: z.uuid(),
    questionId: z.string(),
    assessmentId: z.uuid().openapi({ description: 'where it began' }),
    wave: z.string(),
    isShared: z.boolean(),
    version: z.number().int(),
    createdAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    closedBy: z.string().nullable(),
    waitsForYou: z.boolean(),
    isUnanswered: z.boolean(),
    messages: z.array(messageSchema),
  })
  .openapi('Thread')
