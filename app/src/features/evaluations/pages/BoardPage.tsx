import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import { can, type Person } from '../../../permissions.ts'
import { formatDate, formatNumber, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { DateField } from '../../../ui/DateField.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import type { CalibrationSummary } from '../../calibration/case.ts'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import type { Board } from '../board-usecases.ts'
import { BoardCities } from './BoardCities.tsx'

export interface BoardPageProps extends Board {
  t: Translator
  person: Person
  now: Date
  /** By expert; who has decided no case is missing. */
  calibrations: ReadonlyMap<string, CalibrationSummary>
  values: FormValues
  errors: FormErrors
  done: { what: 'opened' | 'assigned' | 'withdrawn'; count: number } | null
}

function calibrationText(t: Translator, summary: CalibrationSummary | undefined): string {
  if (summary === undefined) return t('evaluations.board.calibrationNone')
  const { judged, all, isComplete, meanDeviation } = summary
  if (!isComplete) return t('evaluations.board.calibrationBegun', { judged, all })
  return meanDeviation === null
    ? t('evaluations.board.calibrated')
    : t('evaluations.board.calibratedBy', { deviation: formatNumber(t.language, meanDeviation) })
}

function Experts({ t, experts, calibrations }: BoardPageProps) {
  const interests = (declaration: BoardPageProps['experts'][number]['declaration']) => {
    if (declaration === null) return <strong>{t('evaluations.board.interestsMissing')}</strong>
    const date = formatDate(t.language, declaration.declaredAt)
    const count = declaration.ties.length
    return count === 0 ? t('evaluations.board.interestsNone', { date }) : t('evaluations.board.interestsSome', { date, count })
  }
  return (
    <section class="section">
      <DataTable
        id="experts"
        caption={t('evaluations.board.experts')}
        narrow="stack"
        emptyText={t('evaluations.board.expertsEmpty')}
        columns={[
          { id: 'expert', header: t('evaluations.board.expert') },
          { id: 'open', header: t('evaluations.board.openReviews'), align: 'end' },
          { id: 'left', header: t('evaluations.board.questionsLeft'), align: 'end' },
          { id: 'interests', header: t('evaluations.board.interests') },
          { id: 'calibration', header: t('evaluations.board.calibrationColumn') },
        ]}
        rows={experts.map(({ id, name, openReviews, questionsLeft, declaration }) => ({
          id,
          cells: {
            expert: name,
            open: formatNumber(t.language, openReviews),
            left: formatNumber(t.language, questionsLeft),
            interests: interests(declaration),
            calibration: calibrationText(t, calibrations.get(id)),
          },
        }))}
      />
    </section>
  )
}

function Proposals({ t, wave, rows, experts, proposals, values }: BoardPageProps) {
  if (proposals.length === 0) return null
  const names = new Map(experts.map(({ id, name }) => [id, name]))
  const cities = new Map(rows.map(({ handedIn }) => [handedIn.city.id, handedIn.city.name]))
  return (
    <section class="section">
      <h2>{t('evaluations.board.proposals')}</h2>
      <p>{t('evaluations.board.proposalsText')}</p>
      <ul class="proposal-list">
        {proposals.map(({ reviewId, cityId, part, personId }) => (
          <li key={`${reviewId}/${part}`}>
            {cities.get(cityId)}, {t(`evaluations.part.${part}`)}: {names.get(personId)}
          </li>
        ))}
      </ul>
      <form method="post" action={`/evaluations/${wave.slug}/proposals`}>
        <input type="hidden" name="_key" value={fieldOf(values, '_proposalKey')} />
        <Button kind="secondary">{t('evaluations.board.proposalsSend', { count: proposals.length })}</Button>
      </form>
    </section>
  )
}

function OpenReview({ t, wave, registration, rows, values, errors }: BoardPageProps) {
  const closed = rows.filter(({ review, stage }) => review === null || stage === 'published')
  if (registration === null || rows.length === 0) return null
  return (
    <section class="section">
      <h2>{t('evaluations.board.openTitle')}</h2>
      <p>{closed.length === 0 ? t('evaluations.board.openNone') : t('evaluations.board.openText')}</p>
      {closed.length > 0 && (
        <form class="form" method="post" action={`/evaluations/${wave.slug}/reviews`} novalidate>
          <input type="hidden" name="_key" value={fieldOf(values, '_key')} />
          <SelectField
            name="city"
            label={t('evaluations.board.openCity')}
            options={closed.map(({ handedIn }) => ({ value: handedIn.city.slug, label: handedIn.city.name }))}
            value={fieldOf(values, 'city')}
            error={errors.fields.city}
          />
          <DateField name="dueOn" label={t('evaluations.board.openDue')} value={fieldOf(values, 'dueOn')} error={errors.fields.dueOn} />
          <FormActions>
            <Button>{t('evaluations.board.openSend')}</Button>
          </FormActions>
        </form>
      )}
    </section>
  )
}

function NotRegistered({ t, wave, person }: BoardPageProps) {
  return (
    <Notice kind="warning" title={t('evaluations.board.notRegistered')}>
      <p>
        {t('evaluations.board.notRegisteredText')}{' '}
        {can(person, 'method.register').ok && <a href={`/network/waves/${wave.slug}/method`}>{t('evaluations.board.toRegister')}</a>}
      </p>
    </Notice>
  )
}

/** Every city that has handed in, how its review goes, and who has how much to do. */
export function BoardPage(props: BoardPageProps) {
  const { t, wave, registration, rows, person, errors, done } = props
  const open = rows.filter(({ stage }) => stage !== null && ['reviewing', 'adjudicating', 'replying'].includes(stage)).length
  const manages = can(person, 'reviews.manage').ok
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: '/home', text: t('app.nav.home') }]} />
      <FormProblems t={t} errors={errors} />
      {done !== null && <Notice kind="success" title={t(`evaluations.board.done.${done.what}`, { count: done.count })} isAnnounced />}
      <PageHeading
        context={wave.name}
        title={t('evaluations.board.title')}
        lead={t('evaluations.board.lead', { count: rows.length, open })}
      />
      {registration === null ? (
        <NotRegistered {...props} />
      ) : (
        <ul>
          <li>
            <a href={`/waves/${wave.slug}/method`}>{t('evaluations.method.link')}</a>
          </li>
          <li>
            <a href={`/evaluations/${wave.slug}/agreement`}>{t('agreement.wave.link')}</a>
          </li>
          {manages && (
            <li>
              <a href="/evaluations/calibration">{t('evaluations.board.calibration')}</a>
            </li>
          )}
        </ul>
      )}
      {rows.length === 0 ? (
        <EmptyState title={t('evaluations.board.empty')}>{t('evaluations.board.emptyText')}</EmptyState>
      ) : (
        <BoardCities {...props} />
      )}
      {manages && <Proposals {...props} />}
      {manages && <OpenReview {...props} />}
      <Experts {...props} />
    </>
  )
}
