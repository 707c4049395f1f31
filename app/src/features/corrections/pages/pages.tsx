import { type FormErrors, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { openReviewResult } from '../result.ts'
import { mergeForm } from '../schemas.ts'
import { mergeCorrections, openCorrections } from '../usecases.ts'
import { CorrectionsPage, mergeNotices } from './CorrectionsPage.tsx'
import { ResultPage } from './ResultPage.tsx'

const reviewOf = (c: WebContext): string => c.req.param('reviewId')!

async function showResult(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const result = await inTransaction(services, c, (db) => openReviewResult(db, personOf(c), services.instruments, reviewOf(c)))
  return page(c, services, { title: t('corrections.result.title') }, <ResultPage t={t} result={result} />)
}

async function showCorrections(c: WebContext, services: Services, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const opened = await inTransaction(services, c, (db) =>
    openCorrections(db, personOf(c), services.instruments, reviewOf(c), services.now()),
  )
  const what = errors === noErrors ? mergeNotices.find((each) => each === c.req.query('done')) : undefined
  const done = what === undefined ? null : { what, count: Number(c.req.query('count')) || 0 }
  const content = <CorrectionsPage t={t} opened={opened} errors={errors} done={done} />
  return page(c, services, { title: t('corrections.page.title'), status: errors === noErrors ? 200 : 422 }, content)
}

export function registerCorrectionPages(pages: Pages, services: Services): void {
  const base = '/reviews/:reviewId'
  pages.get(`${base}/result`, 'signed-in', (c) => showResult(c, services))
  pages.get(`${base}/corrections`, 'review.read', (c) => showCorrections(c, services, noErrors))
  pages.post(`${base}/corrections`, 'review.reply', 'mergeCorrections', (c) =>
    handleForm(c, {
      schema: mergeForm,
      run: async ({ decision, seen, oneByOne }, key) => {
        const choices = seen.map((each) => ({ ...each, decision }))
        const isOneByOne = oneByOne === 'yes' && choices.length === 1
        const request = { reviewId: reviewOf(c), choices, isOneByOne, language: c.get('language'), key }
        await inTransaction(services, c, (db) => mergeCorrections(db, personOf(c), services.instruments, request, services.now()))
        return `${base.replace(':reviewId', reviewOf(c))}/corrections?done=${decision}&count=${choices.length}`
      },
      again: (_, errors) => showCorrections(c, services, errors),
    }),
  )
}
