import { AppError } from '../../../errors.ts'
import { fieldOf, type FormValues, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import { explain, toAppError } from '../../../problems.tsx'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { readOnlyReason } from '../../assessments/pages/parts.tsx'
import { maximumFile } from '../../../waiting-files.ts'
import { blankContent, exportQuestionnaire, openSpreadsheet } from '../exporting.ts'
import { type Chosen, forgetSpreadsheet, getSpreadsheetPreview, importSpreadsheet, previewSpreadsheet } from '../importing.ts'
import { blankFile, exportFile, fileFormats } from '../files.ts'
import { SpreadsheetPage, spreadsheetAddress } from './SpreadsheetPage.tsx'
import { SpreadsheetPreviewPage, type SpreadsheetPreviewPageProps } from './SpreadsheetPreviewPage.tsx'

const path = '/assessments/:assessmentId/spreadsheet'
export const formOverhead = 64 * 1024 // bytes around the file
const idOf = (c: WebContext): string => c.req.param('assessmentId')!

/** The questionnaire as a file: out, back in, and empty for everybody. */
export function registerQuestionnairePages(pages: Pages, services: Services): void {
  pages.get(path, 'assessment.read', (c) => showPage(c, services))
  for (const format of fileFormats) {
    pages.get(`${path}.${format}`, 'assessment.read', async (c) => {
      const request = { assessmentId: idOf(c), ...partOf(c) }
      const exported = await inTransaction(services, c, (db) => exportQuestionnaire(db, personOf(c), services.instruments, request))
      return exportFile(c, format, exported, services.now())
    })
    pages.get(`/questionnaire.${format}`, 'public', (c) => {
      const { current } = services.instruments
      return blankFile(c, format, current, blankContent(current))
    })
  }
  pages.post(path, 'answer.save', 'previewSpreadsheet', (c) => upload(c, services), { maximumBody: maximumFile + formOverhead })
  pages.get(`${path}/files/:hash`, 'answer.save', (c) => showPreview(c, services, { chosen: null, error: null, done: doneOf(c) }))
  pages.post(`${path}/files/:hash`, 'answer.save', 'importSpreadsheet', (c) => confirm(c, services))
}

/** Which part is asked for: ?department=, ?dimension=, or both in one field of the form. */
function partOf(c: WebContext) {
  const [kind, id] = (c.req.query('part') ?? '').split(':')
  const named = (name: string) => c.req.query(name) ?? (kind === name ? (id ?? null) : null)
  return { isEmpty: c.req.query('empty') !== undefined, departmentId: named('department'), dimensionId: named('dimension') }
}

const countOf = (c: WebContext, name: string): number | null => {
  const count = Number(c.req.query(name) ?? 'none')
  return Number.isSafeInteger(count) && count >= 0 ? count : null
}

async function showPage(c: WebContext, services: Services, error?: string): Promise<Response> {
  const t = c.get('t')
  const opened = await inTransaction(services, c, (db) => openSpreadsheet(db, personOf(c), services.instruments, idOf(c)))
  return page(
    c,
    services,
    { title: t('spreadsheets.page.title'), status: error === undefined ? 200 : 422 },
    <SpreadsheetPage
      t={t}
      opened={opened}
      readOnly={readOnlyReason(t, c, opened.assessment, services.now())}
      error={error}
      saved={countOf(c, 'saved')}
    />,
  )
}

/** Keeps the file and goes on to its preview. */
async function upload(c: WebContext, services: Services): Promise<Response> {
  const { file } = await c.req.parseBody()
  if (!(file instanceof File) || file.size === 0) return showPage(c, services, c.get('t')('spreadsheets.page.noFile'))
  const input = {
    assessmentId: idOf(c),
    fileName: file.name,
    bytes: new Uint8Array(await file.arrayBuffer()),
    language: c.get('language'),
  }
  const preview = await inTransaction(services, c, (db) => previewSpreadsheet(db, personOf(c), services, input, services.now()))
  return c.redirect(`${spreadsheetAddress(preview.assessment)}/files/${preview.hash}`, 303)
}

function doneOf(c: WebContext): SpreadsheetPreviewPageProps['done'] {
  const [saved, changed] = [countOf(c, 'saved'), countOf(c, 'changed')]
  return saved === null || changed === null ? null : { saved, changed }
}

type Shown = Pick<SpreadsheetPreviewPageProps, 'chosen' | 'error' | 'done'>

async function showPreview(c: WebContext, services: Services, shown: Shown, status: 200 | 422 = 200): Promise<Response> {
  const t = c.get('t')
  const file = { assessmentId: idOf(c), hash: c.req.param('hash')!, language: c.get('language') }
  const preview = await inTransaction(services, c, (db) => getSpreadsheetPreview(db, personOf(c), services, file, services.now()))
  const title = t('spreadsheets.preview.title', { file: preview.fileName })
  return page(c, services, { title, status }, <SpreadsheetPreviewPage t={t} preview={preview} {...shown} />)
}

/** The questions whose answer comes from the file, with the versions that were seen. */
function chosenOf(values: FormValues): Chosen[] {
  const ticked = values['take'] === undefined ? [] : [values['take']].flat()
  const conflicts = Object.keys(values).flatMap((name) =>
    name.startsWith('choice-') && fieldOf(values, name) === 'file' ? [name.slice('choice-'.length)] : [],
  )
  return [...new Set([...ticked, ...conflicts])].map((questionId) => ({
    questionId,
    version: Number(fieldOf(values, `version-${questionId}`)) || 0,
  }))
}

async function confirm(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const values = await readForm(c)
  const chosen = chosenOf(values)
  const ids = new Set(chosen.map(({ questionId }) => questionId))
  const again = (title: string, text: string) => showPreview(c, services, { chosen: ids, error: { title, text }, done: null }, 422)
  if (chosen.length === 0) return again(t('spreadsheets.preview.noneTitle'), t('spreadsheets.preview.none'))
  const file = { assessmentId: idOf(c), hash: c.req.param('hash')!, language: c.get('language') }
  const request = { key: fieldOf(values, '_key'), operation: 'importSpreadsheet', body: { ...file, chosen } }
  try {
    const { saved, changed } = await inTransaction(services, c, (db) =>
      once(db, personOf(c), request, () => importSpreadsheet(db, personOf(c), services, { ...file, chosen }, services.now())),
    )
    const address = spreadsheetAddress({ id: file.assessmentId })
    if (changed.length > 0) return c.redirect(`${address}/files/${file.hash}?saved=${saved.length}&changed=${changed.length}`, 303)
    await forgetSpreadsheet(services.config, personOf(c), file)
    return c.redirect(`${address}?saved=${saved.length}`, 303)
  } catch (thrown) {
    const error = toAppError(thrown)
    if (!(error instanceof AppError) || error.status >= 500 || error.status === 404) throw thrown
    const { title, detail, now } = explain(t, error)
    return again(title, `${detail} ${now}`)
  }
}
