import { z } from 'zod'
import { toCsv } from '../../../csv.ts'
import { type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { can } from '../../../permissions.ts'
import type { Services } from '../../../services.ts'
import type { Translator } from '../../../text/text.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { dayOf, parseDayTime, timeOf } from '../../waves/dates.ts'
import { questionsOf, textOf } from '../../instrument/instrument.ts'
import type { StoredAnswer } from '../answer.ts'
import type { AssessmentExtrasOf } from '../extras.ts'
import { maximumSnapshotName } from '../snapshot.ts'
import { listSnapshots } from '../snapshot-queries.ts'
import { requireStateRef } from '../snapshot-routes.ts'
import {
  type ComparedState,
  compareStates,
  createSnapshot,
  type OpenedSnapshots,
  openSnapshots,
  removeSnapshot,
  type StateComparison,
} from '../snapshot-usecases.ts'
import { choiceText } from './carried-words.ts'
import { SnapshotComparePage } from './SnapshotComparePage.tsx'
import { stateName } from './snapshot-words.ts'
import { SnapshotsPage } from './SnapshotsPage.tsx'

const open = (c: WebContext, services: Services): Promise<OpenedSnapshots> =>
  inTransaction(services, c, (db) => openSnapshots(db, personOf(c), services.instruments, c.req.param('assessmentId')!))

function show(c: WebContext, services: Services, list: OpenedSnapshots, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const done = (['created', 'removed'] as const).find((each) => c.req.method === 'GET' && c.req.query(each) !== undefined) ?? null
  const mayArrange = can(personOf(c), 'city.arrange', list.opened.assessment.city.id).ok
  const props = { t, list, now: services.now(), values, errors, done, mayArrange }
  return page(c, services, { title: t('snapshots.title'), status: errors === noErrors ? 200 : 422 }, <SnapshotsPage {...props} />)
}

const text = z.string().trim().catch('')

/** Name, day and time as people type them. */
const formSchema: z.ZodType<{ name: string; at: Date }> = z
  .object({
    name: text.pipe(z.string().min(1, 'snapshots.form.nameMissing').max(maximumSnapshotName, 'snapshots.form.nameLong')),
    day: text,
    time: text,
  })
  .transform(({ name, day, time }, ctx) => {
    if (parseDayTime(day, '12:00') === null) ctx.addIssue({ code: 'custom', path: ['day'], message: 'waves.form.day.wrong' })
    if (parseDayTime('2026-01-01', time) === null) ctx.addIssue({ code: 'custom', path: ['time'], message: 'waves.form.time.wrong' })
    const at = parseDayTime(day, time)
    return at === null ? z.NEVER : { name, at }
  })

function create(c: WebContext, services: Services): Promise<Response> {
  const assessmentId = c.req.param('assessmentId')!
  return handleForm(c, {
    schema: formSchema,
    run: async ({ name, at }, key) => {
      const request = { assessmentId, key, name, at }
      await inTransaction(services, c, (db) => createSnapshot(db, personOf(c), services.instruments, request, services.now()))
      return `/assessments/${assessmentId}/snapshots?created`
    },
    again: async (values, errors) => show(c, services, await open(c, services), values, errors),
  })
}

async function remove(c: WebContext, services: Services): Promise<Response> {
  const request = { assessmentId: c.req.param('assessmentId')!, snapshotId: c.req.param('snapshotId')! }
  await inTransaction(services, c, (db) => removeSnapshot(db, personOf(c), services.instruments, request, services.now()))
  return c.redirect(`/assessments/${request.assessmentId}/snapshots?removed`, 303)
}

function compare(c: WebContext, services: Services): Promise<StateComparison> {
  const request = {
    assessmentId: c.req.param('assessmentId')!,
    a: requireStateRef(c.req.query('a') ?? 'now'),
    b: requireStateRef(c.req.query('b') ?? 'now'),
  }
  return inTransaction(services, c, (db) => compareStates(db, personOf(c), services.instruments, request, services.now()))
}

const csvColumns = [
  'number',
  'questionId',
  'question',
  'change',
  'answerBefore',
  'answerAfter',
  'reasonBefore',
  'reasonAfter',
  'explanationBefore',
  'explanationAfter',
  'changedBy',
  'changedAt',
  'stateBefore',
  'stateAfter',
  'wave',
  'city',
  'isSynthetic',
] as const

/** Every changed answer, both texts in full. */
function comparisonCsv(t: Translator, { opened, a, b, changes }: StateComparison): string {
  const { whole, assessment } = opened
  const numbers = new Map(questionsOf(whole).map(({ id }, i) => [id, i + 1]))
  const words = textOf(whole, t.language).questions
  const choice = (side: ComparedState, id: string, answer: StoredAnswer | null, excluded: { reason: string } | null) =>
    excluded !== null ? t('assessments.state.excluded') : answer === null ? '' : choiceText(t, side.instrument, id, answer)
  const rows = changes.map(({ questionId, kind, before, after, exclusions }) => [
    numbers.get(questionId) ?? null,
    questionId,
    words[questionId]?.question ?? null,
    kind,
    choice(a, questionId, before, exclusions.before),
    choice(b, questionId, after, exclusions.after),
    exclusions.before?.reason ?? before?.reason ?? null,
    exclusions.after?.reason ?? after?.reason ?? null,
    before?.explanation ?? null,
    after?.explanation ?? null,
    after?.author?.name ?? null,
    after?.updatedAt ?? null,
    stateName(t, a),
    stateName(t, b),
    assessment.wave.slug,
    assessment.city.slug,
    assessment.city.isSynthetic,
  ])
  return toCsv(csvColumns, rows)
}

/** The link to all named moments. */
export const snapshotLink: AssessmentExtrasOf = async (db, { t, assessment, reach }) => {
  if (reach.reads !== null) return {}
  const count = (await listSnapshots(db, assessment.id)).length
  return {
    links: [{ href: `/assessments/${assessment.id}/snapshots`, text: t('snapshots.link'), hint: t('snapshots.link.hint', { count }) }],
  }
}

export function registerSnapshotPages(pages: Pages, services: Services): void {
  const path = '/assessments/:assessmentId/snapshots'
  const now = () => ({ day: dayOf(services.now()), time: timeOf(services.now()) })
  pages.get(path, 'assessment.read', async (c) => show(c, services, await open(c, services), now(), noErrors))
  pages.post(path, 'city.arrange', 'createSnapshot', (c) => create(c, services))
  pages.get(`${path}/compare`, 'assessment.read', async (c) => {
    const comparison = await compare(c, services)
    const t = c.get('t')
    const title = t('snapshots.compare.heading', { count: comparison.changes.length })
    return page(c, services, { title }, <SnapshotComparePage t={t} comparison={comparison} now={services.now()} />)
  })
  pages.get(`${path}/compare.csv`, 'assessment.read', async (c) => {
    const comparison = await compare(c, services)
    const { city, wave } = comparison.opened.assessment
    return c.body(comparisonCsv(c.get('t'), comparison), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${city.slug}-${wave.slug}${city.isSynthetic ? '-synthetic' : ''}-changes.csv"`,
    })
  })
  pages.post(`${path}/:snapshotId/remove`, 'city.arrange', 'removeSnapshot', (c) => remove(c, services))
}
