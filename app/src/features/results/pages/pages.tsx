import { z } from 'zod'
import { AppError } from '../../../errors.ts'
import { fieldOf, type FormErrors, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { can } from '../../../permissions.ts'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { canAnswer } from '../../assessments/assessment.ts'
import { type ComparedResult, getComparison } from '../../benchmark/usecases.ts'
import { parseElement } from '../elements.ts'
import { formatCsv, formatJson, scoreAnswers } from '../score-sheet.ts'
import { getReceipt, openResult, previewSubmission, submitAssessment } from '../usecases.ts'
import { type ChartKind, chartKinds, chartResponse, fileResponse } from './chart-response.ts'
import { chartCsv, chartSvg } from './downloads.ts'
import { ElementPage, elementTitle, levelOf } from './ElementPage.tsx'
import type { ChartLevel } from './level-rows.ts'
import { ReceiptPage } from './ReceiptPage.tsx'
import { ResultPage, type ResultPageProps, resultTitle } from './ResultPage.tsx'
import { SubmitPage } from './SubmitPage.tsx'
import { parseView, type ResultView } from './view.ts'
import { elementName, markCheck } from './words.ts'

const viewOf = (c: WebContext): ResultView => parseView((name) => c.req.query(name))

function compare(c: WebContext, services: Services): Promise<ComparedResult> {
  const request = { ...viewOf(c), assessmentId: c.req.param('assessmentId')! }
  return getComparison(services, (work) => inTransaction(services, c, work), personOf(c), request)
}

async function propsOf(c: WebContext, services: Services): Promise<ResultPageProps> {
  const compared = await compare(c, services)
  const now = services.now()
  const canChange = can(personOf(c), 'answer.save', compared.assessment.city.id).ok && canAnswer(compared.assessment, now).ok
  return { t: c.get('t'), compared, view: viewOf(c), canChange, now }
}

const scripts = ['client/charts.ts']

async function result(c: WebContext, services: Services): Promise<Response> {
  const props = await propsOf(c, services)
  return page(c, services, { title: resultTitle(props.t, props.compared), scripts, isWide: true }, <ResultPage {...props} />)
}

async function element(c: WebContext, services: Services): Promise<Response> {
  const props = await propsOf(c, services)
  const { instrument } = props.compared
  const ref = parseElement(instrument, c.req.param('element')!)
  if (ref === null) throw new AppError('RESULT_NOT_FOUND')
  const title = markCheck(
    props.t,
    props.compared,
    elementTitle(props.t, elementName(props.t, instrument, ref), levelOf({ compared: props.compared, element: ref })),
  )
  return page(c, services, { title, isWide: true }, <ElementPage {...props} element={ref} />)
}

const fileName = ({ assessment: { city, wave } }: Pick<ComparedResult, 'assessment'>, ending: string): string =>
  `${city.slug}-${wave.slug}${city.isSynthetic ? '-synthetic' : ''}${ending}`

async function chart(c: WebContext, services: Services, kind: ChartKind): Promise<Response> {
  const compared = await compare(c, services)
  const level: ChartLevel = c.req.query('level') === 'indicators' ? 'indicators' : 'areas'
  return chartResponse(c, kind, {
    name: fileName(compared, `-${level}`),
    csv: () => chartCsv(c.get('t'), compared, level),
    svg: () => chartSvg(c.get('t'), compared, level),
  })
}

/** All figures of the result, exact and rounded, in the form in which the command line writes them. */
async function figures(c: WebContext, services: Services, kind: 'csv' | 'json'): Promise<Response> {
  const { scheme, copy } = viewOf(c)
  const opened = await inTransaction(services, c, (db) =>
    openResult(db, personOf(c), services.instruments, { assessmentId: c.req.param('assessmentId')!, scheme, copy }),
  )
  const { instrument, answers, scores, exclusions } = opened
  const sheet = scoreAnswers(
    c.get('t'),
    instrument,
    instrument.schemes.find(({ id }) => id === scores.scheme)!,
    [...answers.values()],
    exclusions,
  )
  const name = fileName(opened, `-${scores.scheme}`)
  return fileResponse(c, kind === 'csv' ? formatCsv(sheet) : formatJson(name, sheet), kind, name)
}

async function submitPage(c: WebContext, services: Services, errors: FormErrors, formKey?: string): Promise<Response> {
  const t = c.get('t')
  const preview = await inTransaction(services, c, (db) =>
    previewSubmission(db, personOf(c), services.instruments, c.req.param('assessmentId')!, services.now()),
  )
  const roleReason = can(personOf(c), 'assessment.submit', preview.assessment.city.id).ok ? null : t('results.submit.role')
  const title = t(preview.handedIn === null ? 'results.submit.title' : 'results.submit.titleAgain', { city: preview.assessment.city.name })
  return page(
    c,
    services,
    { title, status: errors.summary === null ? 200 : 422 },
    <SubmitPage t={t} preview={preview} roleReason={roleReason} errors={errors} formKey={formKey} />,
  )
}

function submit(c: WebContext, services: Services): Promise<Response> {
  const assessmentId = c.req.param('assessmentId')!
  return handleForm(c, {
    schema: z.object({}),
    run: async (_, key) => {
      const receipt = await inTransaction(services, c, (db) =>
        submitAssessment(db, personOf(c), services.instruments, { assessmentId, key }, services.now()),
      )
      return `/assessments/${assessmentId}/submissions/${receipt.id}`
    },
    again: (values, errors) => submitPage(c, services, errors, fieldOf(values, '_key')),
  })
}

async function receipt(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const found = await inTransaction(services, c, (db) =>
    getReceipt(db, personOf(c), c.req.param('assessmentId')!, c.req.param('submissionId')!),
  )
  return page(c, services, { title: t('results.receipt.title') }, <ReceiptPage t={t} now={services.now()} {...found} />)
}

export function registerResultPages(pages: Pages, services: Services): void {
  const base = '/assessments/:assessmentId'
  pages.get(`${base}/results`, 'result.read', (c) => result(c, services))
  for (const kind of ['csv', 'json'] as const) pages.get(`${base}/results.${kind}`, 'result.read', (c) => figures(c, services, kind))
  for (const kind of chartKinds) pages.get(`${base}/results/chart.${kind}`, 'result.read', (c) => chart(c, services, kind))
  pages.get(`${base}/results/:element`, 'result.read', (c) => element(c, services))
  pages.get(`${base}/submit`, 'assessment.read', (c) => submitPage(c, services, noErrors))
  pages.post(`${base}/submit`, 'assessment.submit', 'submitAssessment', (c) => submit(c, services))
  pages.get(`${base}/submissions/:submissionId`, 'assessment.read', (c) => receipt(c, services))
}
