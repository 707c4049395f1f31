import { randomUUID } from 'node:crypto'
import type { z } from '@hono/zod-openapi'
import { inputInvalid } from './api.ts'
import type { AppError } from './errors.ts'
import { explain, messageText, toAppError } from './problems.tsx'
import type { Translator } from './text/text.ts'
import type { WebContext } from './web.ts'

/** What a form sent: the text of each field; a field sent several times gives a list. */
export type FormValues = Record<string, string | string[]>

export interface FormErrors {
  /** Field -> what is wrong with it, in the reader's language. */
  fields: Record<string, string>
  /** What is wrong as a whole. */
  summary: { title: string; text: string } | null
}

export const noErrors: FormErrors = { fields: {}, summary: null }

/** Value of the hidden field `_key`, so that a form sent twice has one effect. */
export const newFormKey = (): string => randomUUID()

export async function readForm(c: WebContext): Promise<FormValues> {
  return (await c.req.parseBody({ all: true })) as FormValues
}

/** What fits the schema. @throws {AppError} INPUT_INVALID that names each field; for small forms that have no page of their own */
export function checked<T>(schema: z.ZodType<T>, values: unknown): T {
  const parsed = schema.safeParse(values)
  if (!parsed.success) throw inputInvalid(parsed.error)
  return parsed.data
}

export const fieldOf = (values: FormValues, name: string): string => {
  const value = values[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

function fieldErrors(t: Translator, error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const issue of error.issues) fields[issue.path.join('.')] ??= messageText(t, issue.message)
  return fields
}

/** Fields of the form that a use case has found wrong; null when it names something else. */
function namedFields(t: Translator, error: AppError, values: FormValues): Record<string, string> | null {
  const named = (error.code === 'INPUT_INVALID' && (error.members.fields as { path: string; message: string }[] | undefined)) || []
  if (named.length === 0 || named.some(({ path }) => !(path in values))) return null
  return Object.fromEntries(named.map(({ path, message }) => [path, messageText(t, message)]))
}

export interface FormAction<T> {
  schema: z.ZodType<T>
  /** Carries the step out; returns where to go next. */
  run: (input: T, key: string, values: FormValues) => Promise<string>
  /** Shows the form again with everything that was typed. */
  again: (values: FormValues, errors: FormErrors) => Response | Promise<Response>
}

/** Post, redirect, get: checks the form, carries it out, or shows it again with what was typed and what is wrong. */
export async function handleForm<T>(c: WebContext, { schema, run, again }: FormAction<T>): Promise<Response> {
  const t = c.get('t')
  const values = await readForm(c)
  const parsed = schema.safeParse(values)
  if (!parsed.success) return again(values, { fields: fieldErrors(t, parsed.error), summary: null })
  try {
    return c.redirect(await run(parsed.data, fieldOf(values, '_key'), values), 303)
  } catch (thrown) {
    const error = toAppError(thrown)
    if (error.status >= 500 || error.code === 'NOT_FOUND') throw thrown
    const fields = namedFields(t, error, values)
    if (fields !== null) return again(values, { fields, summary: null })
    const { title, detail, now } = explain(t, error)
    return again(values, { fields: {}, summary: { title, text: `${detail} ${now}` } })
  }
}
