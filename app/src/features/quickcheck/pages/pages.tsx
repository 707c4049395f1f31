import { AppError } from '../../../errors.ts'
import { fieldOf, type FormValues, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import type { Pages, WebContext } from '../../../web.ts'
import { patchOfChoice } from '../../assessments/pages/choice.ts'
import { questionsOf } from '../../instrument/instrument.ts'
import { chartKinds, chartResponse } from '../../results/pages/chart-response.ts'
import { profileOf } from '../profile.ts'
import { isSaid, quickInstrument, type QuickAnswer, toAnswer } from '../quickcheck.ts'
import { makeSheet, parseSheet, readSheet } from '../sheet.ts'
import { registerImportPages } from './import.tsx'
import { profileCsv, profileSvg } from './profile-files.ts'
import { ProfilePage } from './ProfilePage.tsx'
import { fieldName, QuickCheckPage } from './QuickCheckPage.tsx'

const script = 'client/quick-check.ts'

export function registerQuickCheckPages(pages: Pages, services: Services): void {
  pages.get('/quick-check', 'public', (c) => showQuestions(c, services, [], null))
  pages.post('/quick-check', 'public', 'scoreQuickCheck', (c) => answer(c, services))
  pages.post('/quick-check/file', 'public', 'makeQuickCheckSheet', (c) => download(c, services))
  pages.post('/quick-check/chart', 'public', 'scoreQuickCheck', (c) => downloadChart(c, services))
  registerImportPages(pages, services)
}

function showQuestions(c: WebContext, services: Services, answers: readonly QuickAnswer[], error: string | null): Promise<Response> {
  const t = c.get('t')
  const instrument = services.instruments.current
  const content = <QuickCheckPage t={t} instrument={instrument} quick={quickInstrument(instrument)} answers={answers} error={error} />
  return page(c, services, { title: t('quickcheck.title'), status: error === null ? 200 : 422, scripts: [script] }, content)
}

/** The answers of the hidden field, checked as if they came from anywhere. @throws {AppError} QUICK_SHEET_INVALID */
function answersOfSheet(services: Services, text: string): readonly QuickAnswer[] {
  const sheet = parseSheet(text)
  if (sheet === null) throw new AppError('QUICK_SHEET_INVALID')
  return readSheet(sheet, quickInstrument(services.instruments.current)).answers
}

/** The answers of the form. @throws {AppError} ANSWER_INVALID for what no form of ours sends */
function answersOfForm(services: Services, values: FormValues): QuickAnswer[] {
  return questionsOf(quickInstrument(services.instruments.current)).flatMap((question) => {
    const choice = values[fieldName(question.id)]
    if (choice === undefined) return []
    const given = toAnswer(question, patchOfChoice(question, [choice].flat(), []))
    if (given === null) throw new AppError('ANSWER_INVALID', { question: question.id, rule: 'assessments.rule.unknown-option' })
    return isSaid(given) ? [given] : []
  })
}

/** Shows the profile of what was answered, or the questions again with everything that was answered. */
async function answer(c: WebContext, services: Services): Promise<Response> {
  const values = await readForm(c)
  const text = fieldOf(values, 'sheet')
  const answers = text === '' ? answersOfForm(services, values) : answersOfSheet(services, text)
  if (fieldOf(values, 'action') === 'edit') return showQuestions(c, services, answers, null)
  const t = c.get('t')
  if (answers.length === 0) return showQuestions(c, services, [], t('quickcheck.nothing'))
  const instrument = services.instruments.current
  return page(
    c,
    services,
    { title: t('quickcheck.profile.title'), isWide: true, scripts: ['client/charts.ts', script] },
    <ProfilePage
      t={t}
      instrument={instrument}
      profile={profileOf(instrument, answers)}
      sheet={makeSheet(instrument, answers, t.language, services.now())}
    />,
  )
}

/** The profile of the answers of the form as numbers, drawing or picture; numbers where the kind is none of ours. */
async function downloadChart(c: WebContext, services: Services): Promise<Response> {
  const values = await readForm(c)
  const instrument = services.instruments.current
  const drawn = { t: c.get('t'), instrument, profile: profileOf(instrument, answersOfSheet(services, fieldOf(values, 'sheet'))) }
  const kind = chartKinds.find((each) => each === fieldOf(values, 'kind')) ?? 'csv'
  return chartResponse(c, kind, { name: 'quick-check', csv: () => profileCsv(drawn), svg: () => profileSvg(drawn) })
}

/** Sends the answers back as a file: the visitor's own words, checked and written anew. */
async function download(c: WebContext, services: Services): Promise<Response> {
  const answers = answersOfSheet(services, fieldOf(await readForm(c), 'sheet'))
  const now = services.now()
  const sheet = makeSheet(services.instruments.current, answers, c.get('language'), now)
  return c.body(`${JSON.stringify(sheet, null, 2)}\n`, 200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Disposition': `attachment; filename="tessera-quick-check-${now.toISOString().slice(0, 10)}.json"`,
  })
}
