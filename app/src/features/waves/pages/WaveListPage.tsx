import { formatDateTime, type Translator } from '../../../text/text.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { ListPages, type ListPart } from '../../cities/pages/paging.tsx'
import type { WaveCounts } from '../queries.ts'
import type { Wave } from '../wave.ts'
import { waveStatusWord } from '../wave-text.ts'

/** Props of WaveListPage. */
export interface WaveListPageProps {
  t: Translator
  now: Date
  waves: readonly Wave[]
  counts: ReadonlyMap<string, WaveCounts>
  total: number
  part: ListPart
}

/** All waves, the last to open first. */
export function WaveListPage({ t, now, waves, counts, total, part }: WaveListPageProps) {
  const add = <ButtonLink href="/network/waves/new">{t('waves.list.add')}</ButtonLink>
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: '/home', text: t('cities.crumb.home') }]} />
      <PageHeading title={t('waves.list.title')} lead={t('waves.list.lead')} />
      {total === 0 ? (
        <EmptyState title={t('waves.list.emptyTitle')} action={add}>
          {t('waves.list.empty')}
        </EmptyState>
      ) : (
        <>
          <p class="page-action">{add}</p>
          <WaveTable t={t} now={now} waves={waves} counts={counts} />
          <ListPages t={t} part={part} total={total} path="/network/waves" query={{}} />
        </>
      )}
    </>
  )
}

function WaveTable({ t, now, waves, counts }: Pick<WaveListPageProps, 't' | 'now' | 'waves' | 'counts'>) {
  const columns = [
    { id: 'wave', header: t('waves.list.column.wave') },
    { id: 'status', header: t('waves.list.column.status') },
    { id: 'opens', header: t('waves.list.column.opens') },
    { id: 'closes', header: t('waves.list.column.closes') },
    { id: 'cities', header: t('waves.list.column.cities') },
  ]
  const rows = waves.map((wave) => {
    const { invited, submitted } = counts.get(wave.id) ?? { invited: 0, submitted: 0 }
    const cells = {
      wave: wave.name,
      status: waveStatusWord(t, wave, now),
      opens: formatDateTime(t.language, wave.opensAt),
      closes: formatDateTime(t.language, wave.closesAt),
      cities: invited === 0 ? t('waves.list.noCities') : t('waves.list.cityCount', { invited, submitted }),
    }
    return { id: wave.id, href: `/network/waves/${wave.slug}`, cells }
  })
  return (
    <DataTable
      id="waves"
      caption={t('waves.list.title')}
      isCaptionHidden
      columns={columns}
      rows={rows}
      narrow="stack"
      emptyText={t('waves.list.empty')}
    />
  )
}
