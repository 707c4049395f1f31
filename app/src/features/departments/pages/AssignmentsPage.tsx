import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { type Assignment, assignedQuestions } from '../../assessments/assignment.ts'
import { progressOf, type QuestionStatus } from '../../assessments/assessment.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import type { OpenedAssignments } from '../assigning.ts'
import { isOverdue } from '../due.ts'
import { isUnattended, responsibleIn } from '../responsible.ts'
import { assessmentCrumbs, assignmentsAddress, dayText, numberedAreas, whoText } from './parts.tsx'

export const assignmentNotices = ['assigned', 'updated', 'withdrawn', 'handed-on', 'taken-over'] as const

interface Props extends OpenedAssignments {
  t: Translator
  statuses: ReadonlyMap<string, QuestionStatus>
  today: string
  /** Why nothing can be assigned any more; null = it can. */
  closedBecause: string | null
  /** Keys of assignments that the person may hand on. */
  own: ReadonlySet<string>
  carried: { wave: string; count: number; left: number } | null
  notice: { kind: (typeof assignmentNotices)[number]; count: number } | null
  newKey: () => string
}

/** Who answers what: every area, and below it every question. */
export function AssignmentsPage(props: Props) {
  const { t, assessment, instrument, whole, canArrange, closedBecause, notice, reach } = props
  const isPart = reach.reads !== null
  const title = isPart ? 'departments.assignments.titlePart' : 'departments.assignments.title'
  return (
    <>
      <Breadcrumbs label={t('assessments.breadcrumbs')} links={assessmentCrumbs(t, assessment)} />
      {notice && (
        <div class="page-notice">
          <Notice kind="success" title={t(`departments.assigned.${notice.kind}`, { count: notice.count })} isAnnounced />
        </div>
      )}
      <PageHeading
        context={contextLine(assessment)}
        title={t(title)}
        lead={t(canArrange ? 'departments.assignments.lead' : 'departments.assignments.leadReading')}
      />
      {closedBecause !== null && canArrange && <p>{closedBecause}</p>}
      {canArrange && closedBecause === null && <Start {...props} />}
      <table class="data-table data-table-stack assignment-table">
        <caption class="visually-hidden">{t('departments.assignments.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('departments.column.area')}</th>
            <th scope="col">{t('departments.column.who')}</th>
            <th scope="col">{t('departments.column.due')}</th>
            <th scope="col" class="is-narrow">
              {t('departments.column.progress')}
            </th>
            <th scope="col" class="is-narrow">
              <span class="visually-hidden">{t('departments.column.action')}</span>
            </th>
          </tr>
        </thead>
        {numberedAreas(t, instrument, whole).map((area) => (
          <AreaRows key={area.id} area={area} {...props} />
        ))}
      </table>
      <p class="section">
        <a href={`/assessments/${assessment.id}/overview`}>{t('departments.overview.link')}</a>
        {' · '}
        <a href={`/cities/${assessment.city.slug}/departments`}>{t('departments.link')}</a>
      </p>
    </>
  )
}

/** The next step of the coordination: from nothing to everything handed out. */
function Start({ t, assessment, instrument, assignments, carried, workforce, newKey }: Props) {
  const isAllOut = instrument.dimensions.every(({ id }) => assignments.some(({ dimensionId }) => dimensionId === id))
  const base = assignmentsAddress(assessment)
  const hasNobody = workforce.departments.length + workforce.contacts.length === 0 && workforce.colleagues.length < 2
  return (
    <div class="page-action stack">
      {hasNobody && (
        <Notice kind="information" title={t('departments.assignments.nobody')}>
          <p>
            <a href={`/cities/${assessment.city.slug}/departments`}>{t('departments.assignments.nobodyLink')}</a>
          </p>
        </Notice>
      )}
      {carried && (
        <Notice kind="information" title={t('departments.carried.title', { wave: carried.wave })}>
          <p>{t('departments.carried.text', { count: carried.count, left: carried.left })}</p>
          <form method="post" action={`${base}/take-over`}>
            <input type="hidden" name="_key" value={newKey()} />
            <Button kind="secondary">{t('departments.carried.button', { count: carried.count })}</Button>
          </form>
        </Notice>
      )}
      <div class="form-actions">
        <ButtonLink kind={assignments.length === 0 ? 'primary' : 'secondary'} href={`${base}/areas`}>
          {t(isAllOut ? 'departments.handOut.again' : 'departments.handOut.begin')}
        </ButtonLink>
        <ButtonLink kind="quiet" href={`${base}/new`}>
          {t('departments.choose.link')}
        </ButtonLink>
      </div>
    </div>
  )
}

/** Who it is, and whether anybody there can answer. */
function WhoCell({ t, assignment, workforce, canArrange }: Props & { assignment: Assignment }) {
  const isAlone = canArrange && isUnattended(responsibleIn(assignment), workforce)
  return (
    <span>
      {whoText(assignment)}
      {isAlone && <span class="assignment-alone"> {t('departments.unattended')}</span>}
    </span>
  )
}

type Area = ReturnType<typeof numberedAreas>[number]

function DueText({ t, dueOn, isLate }: { t: Translator; dueOn: string | null; isLate: boolean }) {
  if (dueOn === null) return <>–</>
  return isLate ? <strong>{t('departments.due.over', { day: dayText(t, dueOn) })}</strong> : <>{dayText(t, dueOn)}</>
}

function AreaRows({ area, ...props }: Props & { area: Area }) {
  const { t, assessment, assignments, statuses, today } = props
  const own = assignments.find(({ dimensionId }) => dimensionId === area.id) ?? null
  const single = assignments.filter(({ questionId }) => area.questions.some(({ id }) => id === questionId))
  const progress = progressOf(area.questions.map(({ id }) => statuses.get(id)!))
  const isLate = isOverdue(own?.dueOn ?? null, today) && progress.answered < progress.asked
  return (
    <tbody>
      <tr>
        <th scope="row">
          <a href={`/assessments/${assessment.id}/areas/${area.id}`}>{area.name}</a>
        </th>
        <td data-label={t('departments.column.who')}>
          {own === null ? <span class="quiet-text">{t('departments.nobody')}</span> : <WhoCell assignment={own} {...props} />}
        </td>
        <td data-label={t('departments.column.due')}>
          <DueText t={t} dueOn={own?.dueOn ?? null} isLate={isLate} />
        </td>
        <td class="is-narrow" data-label={t('departments.column.progress')}>
          {t('departments.progress', { ...progress })}
        </td>
        <td class="is-narrow">
          <Action {...props} assignment={own} areaId={area.id} of={area.name} />
        </td>
      </tr>
      <tr class="assignment-more">
        <td colSpan={5}>
          {own?.note && <p class="assignment-note">{own.note}</p>}
          <Disclosure summary={t('departments.questions', { count: area.questions.length, single: single.length })}>
            <Questions area={area} {...props} />
          </Disclosure>
        </td>
      </tr>
    </tbody>
  )
}

/** What can be done about an assignment: change it, or hand it on when it is one's own. */
function Action({
  t,
  assessment,
  canArrange,
  closedBecause,
  own,
  assignment,
  areaId,
  of,
}: Props & { assignment: Assignment | null; areaId?: string; of: string }) {
  if (closedBecause !== null) return null
  const base = assignmentsAddress(assessment)
  const hidden = <span class="visually-hidden"> {t('departments.of', { what: of })}</span>
  if (canArrange)
    return (
      <a href={assignment ? `${base}/${assignment.id}` : `${base}/areas#area-${areaId}`}>
        {t(assignment ? 'departments.change' : 'departments.assign')}
        {hidden}
      </a>
    )
  if (assignment === null || !own.has(assignment.id)) return null
  return (
    <a href={`${base}/${assignment.id}/hand-on`}>
      {t('departments.handOn.link')}
      {hidden}
    </a>
  )
}

function Questions({ area, ...props }: Props & { area: Area }) {
  const { t, assessment, whole, assignments, statuses, canArrange, closedBecause } = props
  const assigned = assignedQuestions(whole, assignments)
  return (
    <>
      <ul class="assignment-questions">
        {area.questions.map(({ id, number, text }) => {
          const assignment = assigned.get(id)
          const isSingle = assignment !== undefined && assignment.questionId !== null
          return (
            <li key={id}>
              <a href={`/assessments/${assessment.id}/questions/${id}`}>{t('departments.question', { number, question: text })}</a>
              <p class="assignment-question-line">
                {t(`departments.state.${statuses.get(id)!.state}`)}
                {isSingle && (
                  <>
                    {' · '}
                    {t('departments.answeredBy', { who: whoText(assignment) })}
                    {assignment.dueOn && ` · ${t('departments.until', { day: dayText(t, assignment.dueOn) })}`}{' '}
                    <Action {...props} assignment={assignment} of={String(number)} />
                  </>
                )}
              </p>
              {isSingle && assignment.note && <p class="assignment-note">{assignment.note}</p>}
            </li>
          )
        })}
      </ul>
      {canArrange && closedBecause === null && (
        <p>
          <a href={`${assignmentsAddress(assessment)}/new?area=${area.id}`}>
            {t('departments.choose.fromArea')}
            <span class="visually-hidden"> {t('departments.of', { what: area.name })}</span>
          </a>
        </p>
      )}
    </>
  )
}
