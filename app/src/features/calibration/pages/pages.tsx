import { type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { caseFormSchema } from '../schemas.ts'
import { judgeCase, openCalibration, openCalibrationOverview, openCase } from '../usecases.ts'
import { CalibrationPage, casePath } from './CalibrationPage.tsx'
import { CasePage } from './CasePage.tsx'
import { OverviewPage } from './OverviewPage.tsx'

const caseOf = (c: WebContext): string => c.req.param('caseId')!

export function registerCalibrationPages(pages: Pages, services: Services): void {
  const show = async (c: WebContext, values: FormValues, errors: FormErrors) => {
    const t = c.get('t')
    const found = await inTransaction(services, c, (db) => openCase(db, personOf(c), caseOf(c)))
    const options = { title: found.case.texts[t.language].question, status: errors === noErrors ? 200 : 422 } as const
    return page(c, services, options, <CasePage t={t} found={found} values={values} errors={errors} />)
  }
  pages.get('/evaluations/calibration', 'reviews.manage', async (c) => {
    const t = c.get('t')
    const found = await inTransaction(services, c, (db) => openCalibrationOverview(db, personOf(c)))
    return page(c, services, { title: t('calibration.overview.title'), isWide: true }, <OverviewPage t={t} found={found} />)
  })
  pages.get('/calibration', 'review.work', async (c) => {
    const t = c.get('t')
    const found = await inTransaction(services, c, (db) => openCalibration(db, personOf(c)))
    return page(c, services, { title: t('calibration.page.title') }, <CalibrationPage t={t} found={found} />)
  })
  pages.get('/calibration/:caseId', 'review.work', (c) => show(c, {}, noErrors))
  pages.post('/calibration/:caseId', 'review.work', 'judgeCase', (c) =>
    handleForm(c, {
      schema: caseFormSchema,
      run: async (input) => {
        await inTransaction(services, c, (db) => judgeCase(db, personOf(c), { ...input, caseId: caseOf(c) }, services.now()))
        return casePath(caseOf(c))
      },
      again: (values, errors) => show(c, values, errors),
    }),
  )
}
