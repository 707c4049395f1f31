import { z } from '@hono/zod-openapi'
import { AppError } from '../../errors.ts'
import type { FormValues } from '../../forms.ts'
import type { Services } from '../../services.ts'
import type { WebContext } from '../../web.ts'
import { placeFormSchema } from '../evidence/form-schemas.ts'
import { drop, readFormWithFiles } from '../evidence/form-files.ts'
import { urlSchema } from '../evidence/schemas.ts'
import { citeAsGuest } from './evidence.ts'
import { asGuest, requireGuestQuestion } from './visit.ts'

const formSchema = z.object({
  page: placeFormSchema.shape.page,
  quotation: placeFormSchema.shape.quotation,
  url: z
    .string()
    .default('')
    .transform((text) => (text.trim() === '' ? null : text.trim()))
    .pipe(urlSchema.nullable()),
})

/** What became of the form: where the citation is, or what to correct, with everything that was typed. */
export type CitedByForm =
  | { isCited: true; id: string }
  | { isCited: false; values: FormValues; problem: AppError | null; fields: Readonly<Record<string, string>> }

/**
 * Takes a form with a file or an address, a page and a quotation; by the page and by the API.
 * @throws {AppError} GUEST_LINK_ENDED, QUESTION_NOT_FOUND before any byte of the file is kept
 */
export async function citeByGuestForm(c: WebContext, services: Services, questionId: string): Promise<CitedByForm> {
  await asGuest(services, c, async (_db, visit) => requireGuestQuestion(visit, questionId))
  const { values, files, problem } = await readFormWithFiles(c.req.raw, services)
  const again = (fields: Record<string, string>, error: AppError | null = null) =>
    ({ isCited: false, values, problem: error, fields }) as const
  try {
    if (problem !== null) throw problem
    if (files.length > 1) throw new AppError('FORM_FILES_TOO_MANY', { limit: 1 })
    const parsed = formSchema.safeParse(values)
    if (!parsed.success) return again(Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.join('.'), message])))
    const { url, page, quotation } = parsed.data
    const [file] = files
    if (file === undefined && url === null) return again({ files: 'guests.evidence.nothing' })
    if (file !== undefined && url !== null) return again({ url: 'guests.evidence.both' })
    const source = file === undefined ? { url: url! } : { file }
    return { isCited: true, ...(await citeAsGuest(services, c, { questionId, page, quotation, source })) }
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500 || error.code === 'GUEST_LINK_ENDED') throw error
    return again({}, error)
  } finally {
    await drop(services.config.dataDir, files)
  }
}
