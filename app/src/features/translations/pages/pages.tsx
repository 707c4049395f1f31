import { fieldOf, type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { canAnswer } from '../../assessments/assessment.ts'
import { readOnlyReason } from '../../assessments/pages/parts.tsx'
import { findAnswer } from '../../assessments/queries.ts'
import { getQuestion } from '../../assessments/usecases.ts'
import { checkFormSchema, translationFormSchema } from '../schemas.ts'
import { targetLanguage, targetLanguages } from '../translation.ts'
import { checkTranslation, type OpenedTranslation, openTranslation, openTranslations, saveTranslation } from '../usecases.ts'
import { TranslationListPage } from './TranslationListPage.tsx'
import { TranslationPage, translationPath } from './TranslationPage.tsx'
import { languageName } from './words.ts'

/** Opens the translation into the language that was asked for, or into the first that fits. */
function open(c: WebContext, services: Services, wanted: string | undefined): Promise<OpenedTranslation> {
  const [assessmentId, questionId] = [c.req.param('assessmentId')!, c.req.param('questionId')!]
  const { instruments } = services
  return inTransaction(services, c, async (db) => {
    await getQuestion(db, personOf(c), instruments, assessmentId, questionId)
    const language = targetLanguage((await findAnswer(db, assessmentId, questionId))?.language ?? null, wanted)
    return openTranslation(db, personOf(c), instruments, { assessmentId, questionId, language })
  })
}

function readOnly(c: WebContext, services: Services, { assessment, notMine }: OpenedTranslation): string | null {
  const t = c.get('t')
  if (!canAnswer(assessment, services.now()).ok) return readOnlyReason(t, c, assessment, services.now())
  return notMine === null ? null : t(notMine)
}

function show(c: WebContext, services: Services, opened: OpenedTranslation, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const done = (['saved', 'checked'] as const).find((each) => c.req.method === 'GET' && c.req.query(each) !== undefined) ?? null
  const props = { t, opened, values, errors, done, readOnly: readOnly(c, services, opened) }
  return page(
    c,
    services,
    {
      title: t('translations.title', { language: languageName(t, opened.language) }),
      status: errors === noErrors ? 200 : 422,
      isWide: true,
    },
    <TranslationPage {...props} />,
  )
}

const valuesOf = ({ translation }: OpenedTranslation): FormValues => ({
  explanation: translation?.explanation ?? '',
  reason: translation?.reason ?? '',
})

const requestOf = (c: WebContext) => ({ assessmentId: c.req.param('assessmentId')!, questionId: c.req.param('questionId')! })

function save(c: WebContext, services: Services): Promise<Response> {
  return handleForm(c, {
    schema: translationFormSchema,
    run: async (input) => {
      const request = { ...requestOf(c), ...input }
      const opened = await inTransaction(services, c, (db) =>
        saveTranslation(db, personOf(c), services.instruments, request, services.now()),
      )
      return `${translationPath(request.assessmentId, request.questionId, opened.language)}&saved`
    },
    again: async (values, errors) => show(c, services, await open(c, services, fieldOf(values, 'language')), values, errors),
  })
}

function check(c: WebContext, services: Services): Promise<Response> {
  return handleForm(c, {
    schema: checkFormSchema,
    run: async (input) => {
      const request = { ...requestOf(c), ...input }
      const opened = await inTransaction(services, c, (db) =>
        checkTranslation(db, personOf(c), services.instruments, request, services.now()),
      )
      return `${translationPath(request.assessmentId, request.questionId, opened.language)}&checked`
    },
    again: async (values, errors) => {
      const opened = await open(c, services, fieldOf(values, 'language'))
      return show(c, services, opened, valuesOf(opened), errors)
    },
  })
}

async function list(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const language = targetLanguage(null, c.req.query('language'))
  const request = { assessmentId: c.req.param('assessmentId')!, language }
  const { opened, rows } = await inTransaction(services, c, (db) => openTranslations(db, personOf(c), services.instruments, request))
  return page(
    c,
    services,
    { title: t('translations.list.title'), isWide: true },
    <TranslationListPage t={t} opened={opened} rows={rows} language={language} languages={targetLanguages(null)} />,
  )
}

export function registerTranslationPages(pages: Pages, services: Services): void {
  const base = '/assessments/:assessmentId'
  pages.get(`${base}/translations`, 'assessment.read', (c) => list(c, services))
  pages.get(`${base}/questions/:questionId/translation`, 'assessment.read', async (c) => {
    const opened = await open(c, services, c.req.query('language'))
    return show(c, services, opened, valuesOf(opened), noErrors)
  })
  pages.post(`${base}/questions/:questionId/translation`, 'translation.edit', 'saveTranslation', (c) => save(c, services))
  pages.post(`${base}/questions/:questionId/translation/check`, 'translation.edit', 'checkTranslation', (c) => check(c, services))
}
