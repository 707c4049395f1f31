import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import type { PlaySample } from '../play-store.ts'
import { WeightsView } from './WeightsIsland.tsx'
import type { WeightsProps } from './weights-state.ts'

interface Props {
  t: Translator
  /** Null where there are no results to play with. */
  play: { sample: PlaySample; island: WeightsProps; absent: string | null; unknown: string | null } | null
}

function Explanation({ t, sample }: { t: Translator; sample: PlaySample }) {
  return (
    <section class="section prose" aria-labelledby="how">
      <h2 id="how">{t('weights.page.how.title')}</h2>
      <p>{t('weights.page.how.text')}</p>
      <p class="small">
        {sample.isSynthetic && <strong>{t('weights.page.synthetic')} · </strong>}
        {t('weights.page.sample', { wave: sample.wave.name, count: sample.data.cities.length })}
      </p>
    </section>
  )
}

/** The weights of the areas to move, and the rank intervals that follow. */
export function WeightsPage({ t, play }: Props) {
  return (
    <>
      <Breadcrumbs label={t('assessments.breadcrumbs')} links={[{ href: '/method', text: t('weights.page.crumb') }]} />
      <PageHeading title={t('weights.page.title')} lead={t('weights.page.lead')} />
      {play === null ? (
        <EmptyState title={t('weights.page.empty.title')}>{t('weights.page.empty.text')}</EmptyState>
      ) : (
        <>
          <Notice kind="information" title={t('weights.page.notice.title')}>
            <p>{t('weights.page.notice.text')}</p>
            <p>{t('weights.page.notice.equal')}</p>
          </Notice>
          {play.absent !== null && (
            <p class="prose section">{t('weights.page.absent', { city: play.absent, wave: play.sample.wave.name })}</p>
          )}
          {play.unknown !== null && <p class="prose section">{t('weights.page.unknown', { city: play.unknown })}</p>}
          <div id="weights">
            <div>
              <WeightsView {...play.island} onChange={null} />
              <p class="visually-hidden" role="status" />
            </div>
          </div>
          <Explanation t={t} sample={play.sample} />
        </>
      )}
    </>
  )
}
