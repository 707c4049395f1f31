import { AppError } from '../../../errors.ts'
import { fieldOf, type FormErrors, type FormValues, handleForm, newFormKey, noErrors, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import { authorOf } from '../../../permissions.ts'
import { explain, messageText } from '../../../problems.tsx'
import type { Services } from '../../../services.ts'
import { textsUnder } from '../../../text/text.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { addFilesAs, placeFiles } from '../add-files.ts'
import {
  changeCitation,
  cite,
  citeAs,
  type CitationRequest,
  openToCite,
  placeTag,
  type QuestionWithEvidence,
  readQuestionEvidence,
  takeBackCitation,
} from '../citation-usecases.ts'
import { drop, type FormFile, type FormWithFiles, readFormWithFiles } from '../form-files.ts'
import { citeFormSchema, placeFormSchema } from '../form-schemas.ts'
import { listLibrary } from '../queries.ts'
import { CitationPage, QuestionEvidencePage } from './CitationPages.tsx'
import { questionEvidencePath } from './parts.tsx'

const choices = 8 // entries of the library that are offered

const keyOf = (c: WebContext) => ({ assessmentId: c.req.param('assessmentId')!, questionId: c.req.param('questionId')! })

const pathOf = (c: WebContext): string => questionEvidencePath(keyOf(c).assessmentId, keyOf(c).questionId)

async function show(c: WebContext, services: Services, values: FormValues, errors: FormErrors, status: 200 | 422 = 200): Promise<Response> {
  const t = c.get('t')
  const { assessmentId, questionId } = keyOf(c)
  const search = (c.req.query('q') ?? fieldOf(values, 'q')).slice(0, 200)
  const now = services.now()
  const { opened, entries } = await inTransaction(services, c, async (db) => {
    const found = await readQuestionEvidence(db, personOf(c), services.instruments, assessmentId, questionId, now)
    const filter = { search, kind: null, state: null, sort: 'newest' } as const
    const list = await listLibrary(db, found.assessment.city.id, found.viewer, filter, { limit: choices, offset: 0 }, now)
    return { opened: found, entries: list.entries }
  })
  const refusal = opened.refusal === null ? null : explain(t, opened.refusal).detail
  return page(
    c,
    services,
    {
      title: t('evidence.cited.title'),
      status,
      ...(refusal === null && {
        scripts: ['client/evidence-upload.ts'],
        islands: { 'upload-texts': textsUnder(t.language, 'evidence.uploading.') },
      }),
    },
    <QuestionEvidencePage
      t={t}
      opened={opened}
      choices={entries}
      search={search}
      settings={services.config.evidence}
      values={values}
      errors={errors}
      refusal={refusal}
      done={(['cited', 'changed', 'taken-back'] as const).find((what) => what === c.req.query('done')) ?? null}
      formKey={newFormKey()}
      now={now}
    />,
  )
}

async function readCiteForm(c: WebContext, services: Services): Promise<FormWithFiles> {
  const isMultipart = c.req.header('content-type')?.toLowerCase().startsWith('multipart/form-data') ?? false
  return isMultipart ? readFormWithFiles(c.req.raw, services) : { values: await readForm(c), files: [], problem: null }
}

/** Cites an entry, or adds a file and cites it: one step, one transaction. */
async function citeByForm(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const { assessmentId, questionId } = keyOf(c)
  const opened = await inTransaction(services, c, (db) =>
    openToCite(db, personOf(c), services.instruments, assessmentId, questionId, services.now()),
  )
  const { values, files, problem } = await readCiteForm(c, services)
  const again = (fields: Record<string, string>, summary: FormErrors['summary'] = null) =>
    show(c, services, values, { fields, summary }, 422)
  try {
    if (problem !== null) throw problem
    const parsed = citeFormSchema.safeParse(values)
    if (!parsed.success)
      return await again(Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.join('.'), messageText(t, message)])))
    const { evidenceId, ...place } = parsed.data
    const [file] = files
    if (file === undefined && evidenceId === '')
      return await again(
        fieldOf(values, 'form') === 'library' ? { evidenceId: t('evidence.rule.choose') } : { files: t('evidence.rule.file') },
      )
    const key = fieldOf(values, '_key')
    if (file === undefined) await citeEntry(c, services, key, { evidenceId, ...place })
    else await citeFile(c, services, key, opened, file, place)
    return c.redirect(`${pathOf(c)}?done=cited`, 303)
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error
    const { title, detail, now } = explain(t, error)
    return await again({}, { title, text: `${detail} ${now}` })
  } finally {
    await drop(services.config.dataDir, files)
  }
}

async function citeEntry(c: WebContext, services: Services, key: string, request: CitationRequest): Promise<void> {
  const asked = { key, operation: 'cite', body: { ...keyOf(c), ...request } }
  await inTransaction(services, c, (db) =>
    once(db, personOf(c), asked, async () => {
      const { id } = await cite(db, personOf(c), services.instruments, keyOf(c), request, services.now())
      return { id }
    }),
  )
}

async function citeFile(
  c: WebContext,
  services: Services,
  key: string,
  { assessment, viewer }: QuestionWithEvidence,
  file: FormFile,
  place: Omit<CitationRequest, 'evidenceId'>,
): Promise<void> {
  const person = personOf(c)
  const uploading = {
    services,
    transact: <T,>(work: Parameters<typeof inTransaction<T>>[2]) => inTransaction(services, c, work),
    author: authorOf(person),
    cityId: assessment.city.id,
  }
  const asked = { key, operation: 'cite', body: { ...keyOf(c), ...place, name: file.checked.name, sha256: file.checked.sha256 } }
  await placeFiles(uploading, [file], (db, [storedAs]) =>
    once(db, person, asked, async () => {
      const [entry] = await addFilesAs(db, uploading, [{ ...file.checked, storedAs: storedAs! }], null)
      const cited = { assessment, questionId: keyOf(c).questionId }
      const { id } = await citeAs(db, uploading.author, viewer, cited, { ...place, evidenceId: entry!.id }, services.now())
      return { id }
    }),
  )
}

async function showCitation(c: WebContext, services: Services, values: FormValues | null, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const { assessmentId, questionId } = keyOf(c)
  const opened = await inTransaction(services, c, (db) =>
    openToCite(db, personOf(c), services.instruments, assessmentId, questionId, services.now()),
  )
  const cited = opened.cited.find(({ citation }) => citation.id === c.req.param('citationId'))
  if (cited === undefined) throw new AppError('CITATION_NOT_FOUND')
  const { page: number, quotation, note, validUntil } = cited.citation
  const tag = placeTag(cited.citation)
  const stored = {
    page: number === null ? '' : String(number),
    quotation: quotation ?? '',
    note: note ?? '',
    validUntil: validUntil ?? '',
    seen: tag,
  }
  const clash = values !== null && errors.summary !== null && fieldOf(values, 'seen') !== tag
  return page(
    c,
    services,
    { title: t('evidence.citation.title'), status: errors === noErrors ? 200 : clash ? 412 : 422 },
    <CitationPage t={t} opened={opened} cited={cited} values={values ?? stored} errors={errors} clash={clash} />,
  )
}

export function registerCitationPages(pages: Pages, services: Services): void {
  const base = '/assessments/:assessmentId/questions/:questionId/evidence'
  pages.get(base, 'evidence.read', (c) => show(c, services, {}, noErrors))
  pages.post(base, 'evidence.edit', 'cite', (c) => citeByForm(c, services), { maximumBody: Infinity })
  pages.get(`${base}/:citationId`, 'evidence.edit', (c) => showCitation(c, services, null, noErrors))
  pages.post(`${base}/:citationId`, 'evidence.edit', 'changeCitation', (c) =>
    handleForm(c, {
      schema: placeFormSchema,
      run: async ({ seen, ...place }) => {
        const key = { ...keyOf(c), id: c.req.param('citationId')!, seen }
        await inTransaction(services, c, (db) => changeCitation(db, personOf(c), services.instruments, key, place, services.now()))
        return `${pathOf(c)}?done=changed`
      },
      again: (values, errors) => showCitation(c, services, values, errors),
    }),
  )
  pages.post(`${base}/:citationId/take-back`, 'evidence.edit', 'takeBackCitation', async (c) => {
    const key = { ...keyOf(c), id: c.req.param('citationId')! }
    await inTransaction(services, c, (db) => takeBackCitation(db, personOf(c), services.instruments, key, services.now()))
    return c.redirect(`${pathOf(c)}?done=taken-back`, 303)
  })
}
