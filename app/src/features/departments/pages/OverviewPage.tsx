import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { type OwedBy, type OwedQuestion, type OwedState, owedStates, responsibleKey, rowFilter } from '../overview.ts'
import type { OpenedOverview } from '../reading.ts'
import { isOverdue } from '../due.ts'
import { assessmentCrumbs, assignmentsAddress, dayText, numberedAreas, whoOptions, whoText } from './parts.tsx'

interface Props extends OpenedOverview {
  t: Translator
}

export const overviewAddress = (assessmentId: string): string => `/assessments/${assessmentId}/overview`

const listAddress = (assessmentId: string, who: string, state: OwedState): string =>
  `${overviewAddress(assessmentId)}/questions?who=${encodeURIComponent(who)}&state=${state}`

/** Who owes what: one row for each department, person or contact, or for several together. */
export function OverviewPage({ t, assessment, rows, today, canArrange, reach }: Props) {
  const nobody = rows.find(({ names }) => names.length === 0)
  const people = rows.filter(({ names }) => names.length > 0)
  const overdue = people.reduce((sum, row) => sum + row.overdue, 0)
  const open = people.reduce((sum, row) => sum + row.open, 0)
  return (
    <>
      <Breadcrumbs label={t('assessments.breadcrumbs')} links={assessmentCrumbs(t, assessment)} />
      <PageHeading
        context={contextLine(assessment)}
        title={t(reach.reads === null ? 'departments.overview.title' : 'departments.overview.titlePart')}
        lead={t('departments.overview.lead', { open, overdue, day: dayText(t, today) })}
      />
      <DataTable
        id="overview"
        caption={t('departments.overview.caption')}
        isCaptionHidden
        narrow="stack"
        emptyText={t('departments.overview.empty')}
        columns={[
          { id: 'who', header: t('departments.column.who') },
          { id: 'overdue', header: t('departments.column.overdue'), align: 'end' },
          { id: 'open', header: t('departments.column.open'), align: 'end' },
          { id: 'answered', header: t('departments.column.answered'), align: 'end' },
          { id: 'asked', header: t('departments.column.asked'), align: 'end' },
          { id: 'due', header: t('departments.column.next') },
          { id: 'saved', header: t('departments.column.saved') },
        ]}
        rows={people.map((row) => ({ id: responsibleKey(row.responsible), cells: overviewCells(t, assessment.id, row, today) }))}
      />
      {nobody && nobody.asked > 0 && (
        <section class="section">
          <h2>{t('departments.overview.nobody', { count: nobody.asked })}</h2>
          <p>
            {t('departments.overview.nobodyText', { open: nobody.open })}{' '}
            <a href={listAddress(assessment.id, 'nobody', 'all')}>{t('departments.overview.nobodyList')}</a>
          </p>
          {canArrange && (
            <ButtonLink kind="secondary" href={`${assignmentsAddress(assessment)}/areas`}>
              {t('departments.handOut.begin')}
            </ButtonLink>
          )}
        </section>
      )}
      <p class="section">
        <a href={`${overviewAddress(assessment.id)}.csv`} download>
          {t('departments.overview.csv')}
        </a>
        {' · '}
        <a href={assignmentsAddress(assessment)}>{t('departments.assignments.link')}</a>
        {' · '}
        <a href={`${overviewAddress(assessment.id)}/questions`}>{t('departments.overview.questions')}</a>
      </p>
    </>
  )
}

function overviewCells(t: Translator, assessmentId: string, row: OwedBy, today: string) {
  const { names, answered, asked, open, overdue, dueOn, lastSavedAt, responsible } = row
  const number = (value: number, state: OwedState) =>
    value === 0 ? (
      '0'
    ) : (
      <a href={listAddress(assessmentId, rowFilter(responsible), state)}>
        {value}
        <span class="visually-hidden"> {t(`departments.overview.of.${state}`, { who: names.join(', ') })}</span>
      </a>
    )
  return {
    who: names.join(', '),
    overdue: overdue > 0 ? <strong>{number(overdue, 'overdue')}</strong> : '0',
    open: number(open, 'open'),
    answered: number(answered, 'answered'),
    asked: number(asked, 'all'),
    due: dueOn === null ? '–' : t(isOverdue(dueOn, today) ? 'departments.overview.since' : 'departments.until', { day: dayText(t, dueOn) }),
    saved: lastSavedAt === null ? '–' : formatDateTime(t.language, new Date(lastSavedAt)),
  }
}

interface ListProps extends Props {
  /** The chosen questions, in the order of the questionnaire. */
  chosen: readonly OwedQuestion[]
  who: string
  state: OwedState
}

/** The questions behind a number, and a way to look at others. */
export function OwedQuestionsPage(props: ListProps) {
  const { t, assessment, chosen, instrument, whole, who, state, today } = props
  const areas = numberedAreas(t, instrument, whole)
  const questions = new Map(areas.flatMap((area) => area.questions.map((question) => [question.id, { ...question, area: area.name }])))
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={assessmentCrumbs(t, assessment, [{ href: overviewAddress(assessment.id), text: t('departments.overview.title') }])}
      />
      <PageHeading
        context={contextLine(assessment)}
        title={t(`departments.list.title.${state}`, { count: chosen.length })}
        lead={who === '' ? undefined : t('departments.answeredBy', { who: whoOf(props) ?? t('departments.nobody') })}
      />
      <FilterForm {...props} />
      <DataTable
        id="owed"
        caption={t('departments.list.caption')}
        isCaptionHidden
        narrow="stack"
        emptyText={t('departments.list.empty')}
        columns={[
          { id: 'question', header: t('departments.column.question') },
          { id: 'area', header: t('departments.column.area') },
          { id: 'who', header: t('departments.column.who') },
          { id: 'due', header: t('departments.column.due'), isNarrow: true },
          { id: 'state', header: t('departments.column.state'), isNarrow: true },
        ]}
        rows={chosen.map(({ questionId, status, assignment }) => {
          const { number, text, area } = questions.get(questionId)!
          const dueOn = assignment?.dueOn ?? null
          const isLate = status.state === 'open' && isOverdue(dueOn, today)
          return {
            id: questionId,
            href: `/assessments/${assessment.id}/questions/${questionId}`,
            cells: {
              question: t('departments.question', { number, question: text }),
              area,
              who: assignment ? whoText(assignment) : t('departments.nobody'),
              due:
                dueOn === null ? (
                  '–'
                ) : isLate ? (
                  <strong>{t('departments.due.over', { day: dayText(t, dueOn) })}</strong>
                ) : (
                  dayText(t, dueOn)
                ),
              state: t(`departments.state.${status.state}`),
            },
          }
        })}
      />
    </>
  )
}

/** Whose questions they are, in words. */
function whoOf({ t, who, rows, workforce }: ListProps): string | undefined {
  if (who === 'nobody') return t('departments.nobody')
  const row = rows.find(({ responsible }) => rowFilter(responsible) === who)
  return row?.names.join(', ') ?? whoOptions(t, workforce).find(({ value }) => value === who)?.label
}

function FilterForm(props: ListProps) {
  const { t, assessment, who, state, workforce } = props
  const row = who.startsWith('only:') ? [{ value: who, label: t('departments.list.exactly', { who: whoOf(props) ?? '' }) }] : []
  return (
    <search>
      <form class="filter-form" method="get" action={`${overviewAddress(assessment.id)}/questions`}>
        <SelectField
          name="who"
          label={t('departments.column.who')}
          value={who}
          width="full"
          options={[
            { value: '', label: t('departments.list.everybody') },
            ...row,
            { value: 'nobody', label: t('departments.nobody') },
            ...whoOptions(t, workforce),
          ]}
        />
        <SelectField
          name="state"
          label={t('departments.column.state')}
          value={state}
          options={owedStates.map((value) => ({ value, label: t(`departments.list.${value}`) }))}
        />
        <div>
          <button class="button button-secondary" type="submit">
            {t('departments.list.show')}
          </button>
        </div>
      </form>
    </search>
  )
}
