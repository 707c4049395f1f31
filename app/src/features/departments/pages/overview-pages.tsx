import { toCsv } from '../../../csv.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import type { Translator } from '../../../text/text.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { fits, isInState, type OwedState, owedStates, parseFilter } from '../overview.ts'
import { openOverview, type OpenedOverview } from '../reading.ts'
import { OverviewPage, OwedQuestionsPage } from './OverviewPage.tsx'

const open = (c: WebContext, services: Services): Promise<OpenedOverview> =>
  inTransaction(services, c, (db) => openOverview(db, personOf(c), services.instruments, c.req.param('assessmentId')!, services.now()))

/** One line for each row of the overview; times in ISO 8601. */
function overviewCsv(t: Translator, { rows, assessment }: OpenedOverview): string {
  const columns = ['who', 'asked', 'answered', 'open', 'overdue', 'next', 'saved'] as const
  const head = [t('departments.csv.city'), t('departments.csv.wave'), ...columns.map((id) => t(`departments.column.${id}`))]
  if (assessment.city.isSynthetic) head.push(t('departments.csv.synthetic'))
  const lines = rows.map(({ names, asked, answered, open: left, overdue, dueOn, lastSavedAt }) => [
    assessment.city.name,
    assessment.wave.name,
    names.join(', ') || t('departments.nobody'),
    asked,
    answered,
    left,
    overdue,
    dueOn,
    lastSavedAt,
    ...(assessment.city.isSynthetic ? [t('departments.csv.syntheticYes')] : []),
  ])
  return toCsv(head, lines, t.language === 'de' ? ';' : ',')
}

export function registerOverviewPages(pages: Pages, services: Services): void {
  const base = '/assessments/:assessmentId/overview'
  pages.get(base, 'assessment.read', async (c) => {
    const t = c.get('t')
    const opened = await open(c, services)
    return page(c, services, { title: t('departments.overview.title'), isWide: true }, <OverviewPage t={t} {...opened} />)
  })
  pages.get(`${base}.csv`, 'assessment.read', async (c) => {
    const opened = await open(c, services)
    const name = `${opened.assessment.city.slug}-${opened.assessment.wave.slug}-overview.csv`
    return c.body(`\uFEFF${overviewCsv(c.get('t'), opened)}`, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
    })
  })
  pages.get(`${base}/questions`, 'assessment.read', async (c) => {
    const t = c.get('t')
    const opened = await open(c, services)
    const who = (c.req.query('who') ?? '').slice(0, 200)
    const filter = parseFilter(who)
    const state: OwedState = owedStates.find((known) => known === c.req.query('state')) ?? 'all'
    const chosen = opened.questions.filter((each) => fits(each, filter) && isInState(each, state, opened.today))
    const content = <OwedQuestionsPage t={t} {...opened} chosen={chosen} who={filter.kind === 'everybody' ? '' : who} state={state} />
    return page(c, services, { title: t(`departments.list.title.${state}`, { count: chosen.length }), isWide: true }, content)
  })
}
