import { z } from '@hono/zod-openapi'
import { emailField } from '../accounts/schemas.ts'
import { requiredText, versionField } from '../cities/schemas.ts'
import { maximumNote } from './assigning.ts'
import { maximumDepartments, maximumName, splitNames } from './department.ts'
import { parseWho, type Who } from './responsible.ts'

// Fields of forms and of the API alike; messages are keys of the texts.

const name = requiredText('departments.name.missing').max(maximumName, 'departments.name.tooLong')
const optionalText = (length: number) =>
  z
    .string()
    .trim()
    .max(length, 'departments.text.tooLong')
    .nullish()
    .transform((text) => text || null)
/** Some names of fields that a form may send once, several times or not at all. */
const several = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .optional()
  .transform((values) => values ?? [])
const optionalKey = z
  .union([z.literal(''), z.uuid()], 'departments.who.unknown')
  .nullish()
  .transform((key) => key || null)
export const noteField = z
  .string()
  .trim()
  .max(maximumNote, 'departments.note.tooLong')
  .nullish()
  .transform((text) => text || null)
export const dueField = z
  .string()
  .trim()
  .nullish()
  .transform((day) => day || null)

const namesField = z.array(name).min(1, 'departments.name.missing').max(maximumDepartments, 'departments.names.tooMany')

export const newDepartmentsSchema = z.object({ names: namesField })
export const newDepartmentsForm = z.object({ names: z.string().catch('').transform(splitNames).pipe(namesField) })

export const departmentFields = z.object({ name, members: z.array(z.uuid()).max(500) })
export const departmentForm = z.object({ name, members: several, version: versionField })

/** Who takes over; nothing chosen is null. */
const whoField = z
  .string()
  .nullish()
  .transform((text) => (text ? parseWho(text) : null))

export const endSchema = z.object({ to: whoField })
export const endForm = endSchema.extend({ version: versionField })

export const contactFields = z.object({
  name: requiredText('departments.contact.name.missing').max(maximumName, 'departments.name.tooLong'),
  post: optionalText(maximumName),
  email: z
    .union([z.literal('').transform(() => null), z.null(), emailField])
    .optional()
    .transform((email) => email ?? null),
  departmentId: optionalKey,
})
export const contactForm = contactFields.extend({ version: versionField.catch(0) })

export const settingsFields = z.object({ contributorsSeeAll: z.boolean() })
export const settingsForm = z.object({
  contributorsSeeAll: z.enum(['all', 'own'], 'departments.settings.missing').transform((choice) => choice === 'all'),
  version: versionField,
})

/** Who answers, until when, with a sentence. */
export const assignmentFields = z.object({
  departmentId: optionalKey,
  personId: optionalKey,
  contactId: optionalKey,
  dueOn: dueField,
  note: noteField,
})

/** One thing to assign: an area or a question. */
export const assignmentItem = assignmentFields
  .extend({
    area: z.string().max(60).optional(),
    question: z.string().max(60).optional(),
    version: versionField.default(0).openapi({ description: 'version of the assignment you have seen; 0 = none' }),
  })
  .refine(({ area, question }) => (area === undefined) !== (question === undefined), 'departments.target.one')
  .openapi('AssignmentInput')

export const assignmentsSchema = z.object({ assignments: z.array(assignmentItem).min(1, 'departments.target.missing').max(200) })

export const assignmentForm = assignmentFields.extend({ version: versionField })

/** Ticked questions, each as <question>:<version seen>. */
export const chosenForm = assignmentFields.extend({
  questions: several
    .transform((values) => values.map(parseSeen))
    .pipe(
      z
        .array(z.object({ id: z.string(), version: z.number() }))
        .min(1, 'departments.target.missing')
        .max(200),
    ),
})

/** <key>:<version> of something that was seen. */
export function parseSeen(text: string): { id: string; version: number } {
  const [id = '', version = '0'] = text.split(':')
  return { id, version: Number(version) || 0 }
}

const handOnTo = z
  .string({ error: 'departments.handOn.missing' })
  .transform((text) => parseWho(text))
  .refine((who): who is Who => who !== null && who.kind !== 'department', 'departments.handOn.missing')

export const handOnSchema = z.object({
  to: handOnTo.openapi({ description: 'person:<key> or contact:<key>' }),
  note: noteField,
  questions: z.array(z.string().max(60)).max(200).default([]),
})
export const handOnForm = z.object({ to: handOnTo, note: noteField, questions: several, version: versionField })
