import { formatDate, type Translator } from '../../../text/text.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ProgressText } from '../../../ui/ProgressText.tsx'
import { countryName } from '../../cities/countries.ts'
import { ListPages } from '../../cities/pages/paging.tsx'
import type { Participation } from '../queries.ts'
import { closedSince, type Wave } from '../wave.ts'
import type { WavePageProps } from './WavePage.tsx'

/** The cities of a wave and how far they are. */
export function WaveCities({ t, now, wave, counts, participations, part, questionCount }: WavePageProps) {
  return (
    <section class="section">
      <h2>{t('waves.cities.title')}</h2>
      {counts.invited === 0 ? (
        <EmptyState level={3} title={t('waves.cities.emptyTitle')}>
          {t('waves.cities.empty')}
        </EmptyState>
      ) : (
        <>
          <p>{t('waves.cities.count', { invited: counts.invited, submitted: counts.submitted })}</p>
          <ParticipationTable t={t} now={now} wave={wave} participations={participations} questionCount={questionCount} />
          <ListPages t={t} part={part} total={counts.invited} path={`/network/waves/${wave.slug}`} query={{}} />
        </>
      )}
    </section>
  )
}

function statusText(t: Translator, { submittedAt, answered }: Participation, isClosed: boolean): string {
  if (submittedAt !== null) return t('waves.cities.status.submitted')
  if (isClosed) return t('waves.cities.status.missed')
  return t(answered === 0 ? 'waves.cities.status.notStarted' : 'waves.cities.status.inProgress')
}

interface ParticipationTableProps {
  t: Translator
  now: Date
  wave: Wave
  participations: readonly Participation[]
  questionCount: number
}

function ParticipationTable({ t, now, wave, participations, questionCount }: ParticipationTableProps) {
  const isClosed = closedSince(wave, now) !== null
  const columns = [
    { id: 'city', header: t('cities.list.column.city') },
    { id: 'country', header: t('cities.list.column.country') },
    { id: 'status', header: t('waves.list.column.status') },
    { id: 'answered', header: t('waves.cities.column.answered') },
    { id: 'submitted', header: t('waves.cities.column.submitted') },
    { id: 'invited', header: t('waves.cities.column.invited') },
    { id: 'people', header: t('waves.cities.column.people') },
  ]
  const rows = participations.map((participation) => {
    const { city, answered, submittedAt, invitedAt, invitedBy } = participation
    const day = formatDate(t.language, invitedAt)
    const cells = {
      city: <a href={`/network/cities/${city.slug}`}>{city.name}</a>,
      country: countryName(t.language, city.country),
      status: statusText(t, participation, isClosed),
      answered: <ProgressText text={t('waves.cities.answered', { answered, total: questionCount })} />,
      submitted: submittedAt === null ? t('waves.cities.notSubmitted') : formatDate(t.language, submittedAt),
      invited: invitedBy === null ? day : t('waves.cities.invitedBy', { day, name: invitedBy }),
      people: (
        <a href={`/cities/${city.slug}/people`}>
          {t('waves.cities.people')}
          <span class="visually-hidden"> {t('waves.cities.peopleOf', { city: city.name })}</span>
        </a>
      ),
    }
    return { id: city.slug, cells }
  })
  return (
    <DataTable
      id="participations"
      caption={t('waves.cities.title')}
      isCaptionHidden
      columns={columns}
      rows={rows}
      narrow="stack"
      emptyText={t('waves.cities.empty')}
    />
  )
}
