import { AppError } from '../../../errors.ts'
import { fieldOf, type FormValues, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import { explain } from '../../../problems.tsx'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import type { AssessmentExtrasOf } from '../../assessments/extras.ts'
import { readOnlyReason } from '../../assessments/pages/parts.tsx'
import { can } from '../../../permissions.ts'
import { largestSheet } from '../sheet.ts'
import { type Chosen, importAnswers, openForImport, previewAnswerImport } from '../usecases.ts'
import { ImportPage, type ImportPageProps } from './ImportPage.tsx'
import { ImportPreviewPage, type ImportPreviewPageProps } from './ImportPreviewPage.tsx'

const path = '/assessments/:assessmentId/import'
const idOf = (c: WebContext): string => c.req.param('assessmentId')!

export function registerImportPages(pages: Pages, services: Services): void {
  pages.get(path, 'answer.save', (c) => showImport(c, services, null))
  pages.post(path, 'answer.save', 'previewQuickCheckImport', (c) => preview(c, services))
  pages.post(`${path}/apply`, 'answer.save', 'importQuickCheck', (c) => apply(c, services))
}

/** The way from the list of areas to the import, for whoever may answer. */
export const quickCheckExtras: AssessmentExtrasOf = async (_db, { t, person, assessment }) => {
  if (!can(person, 'answer.save', assessment.city.id).ok) return {}
  return { links: [{ href: `/assessments/${assessment.id}/import`, text: t('quickcheck.import.link') }] }
}

async function showImport(c: WebContext, services: Services, error: ImportPageProps['error']): Promise<Response> {
  const t = c.get('t')
  const { assessment } = await inTransaction(services, c, (db) => openForImport(db, personOf(c), services.instruments, idOf(c)))
  const saved = Number(c.req.query('saved'))
  return page(
    c,
    services,
    { title: t('quickcheck.import.title'), status: error === null ? 200 : 422 },
    <ImportPage
      t={t}
      assessment={assessment}
      readOnly={readOnlyReason(t, c, assessment, services.now())}
      error={error}
      saved={Number.isSafeInteger(saved) && saved > 0 ? saved : null}
    />,
  )
}

type PreviewState = Pick<ImportPreviewPageProps, 'text' | 'chosen' | 'error'>

async function showPreview(c: WebContext, services: Services, state: PreviewState, status: 200 | 412 | 422 = 200): Promise<Response> {
  const t = c.get('t')
  const found = await inTransaction(services, c, (db) => previewAnswerImport(db, personOf(c), services.instruments, idOf(c), state.text))
  return page(c, services, { title: t('quickcheck.import.preview.title'), status }, <ImportPreviewPage t={t} preview={found} {...state} />)
}

/** Reads the file and shows what it would change; it travels on in the page. */
async function preview(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const { file } = await c.req.parseBody()
  const refuse = (text: string) => showImport(c, services, { title: t('quickcheck.import.title'), text })
  if (!(file instanceof File) || file.size === 0) return refuse(t('quickcheck.import.noFile'))
  if (file.size > largestSheet) return refuse(t('quickcheck.import.tooLarge'))
  try {
    return await showPreview(c, services, { text: await file.text(), chosen: null, error: null })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'QUICK_SHEET_INVALID') throw error
    const { detail, now } = explain(t, error)
    return refuse(`${detail} ${now}`)
  }
}

/** The ticked questions with the versions that were seen. */
function chosenOf(values: FormValues): Chosen[] {
  const ids = values['take'] === undefined ? [] : [values['take']].flat()
  return [...new Set(ids)].map((questionId) => ({ questionId, version: Number(fieldOf(values, `version-${questionId}`)) || 0 }))
}

async function apply(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const values = await readForm(c)
  const text = fieldOf(values, 'sheet')
  const chosen = chosenOf(values)
  const ids = new Set(chosen.map(({ questionId }) => questionId))
  if (chosen.length === 0) {
    const error = { title: t('quickcheck.import.preview.title'), text: t('quickcheck.import.preview.noneChosen') }
    return showPreview(c, services, { text, chosen: ids, error }, 422)
  }
  const input = { assessmentId: idOf(c), text, chosen, language: c.get('language') }
  const request = { key: fieldOf(values, '_key'), operation: 'importQuickCheck', body: input }
  try {
    const { saved } = await inTransaction(services, c, (db) =>
      once(db, personOf(c), request, () => importAnswers(db, personOf(c), services.instruments, input, services.now())),
    )
    return c.redirect(`/assessments/${idOf(c)}/import?saved=${saved}`, 303)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'ANSWER_CHANGED') throw error
    const said = { title: t('quickcheck.import.preview.changedTitle'), text: t('quickcheck.import.preview.changed') }
    return showPreview(c, services, { text, chosen: ids, error: said }, 412)
  }
}
