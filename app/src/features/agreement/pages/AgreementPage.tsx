import { formatNumber, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { ChartFigure } from '../../../ui/charts/ChartFigure.tsx'
import { type DotRow, DotRowChart } from '../../../ui/charts/DotRowChart.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import type { Instrument } from '../../instrument/instrument.ts'
import { stageOf } from '../../reviews/review.ts'
import type { AgreementRules, AreaAgreement } from '../agreement.ts'
import type { WaveReview } from '../pool.ts'
import type { WaveAgreement } from '../usecases.ts'
import { NotCounted } from './NotCounted.tsx'
import { agreementPath, alphaText, areaName, conclusionPath, disagreementsPath, limitText, verdictText } from './words.ts'

interface Props {
  t: Translator
  found: WaveAgreement
}

interface Assessed {
  t: Translator
  instrument: Instrument
  rules: AgreementRules
  areas: readonly AreaAgreement[]
}

const intervalText = (t: Translator, { low, high }: AreaAgreement): string =>
  low === null || high === null ? '–' : t('agreement.interval', { low: alphaText(t, low), high: alphaText(t, high) })

function tableOf({ t, instrument, rules, areas }: Assessed) {
  return {
    id: 'agreement-table',
    caption: t('agreement.table.caption'),
    emptyText: t('agreement.table.empty'),
    narrow: 'stack' as const,
    columns: [
      { id: 'area', header: t('agreement.table.area') },
      { id: 'alpha', header: t('agreement.table.alpha'), align: 'end' as const },
      { id: 'interval', header: t('agreement.table.interval') },
      { id: 'units', header: t('agreement.table.units'), align: 'end' as const },
      { id: 'disagreements', header: t('agreement.table.disagreements'), align: 'end' as const },
      { id: 'unsettled', header: t('agreement.table.unsettled'), align: 'end' as const },
      { id: 'verdict', header: t('agreement.table.verdict') },
    ],
    rows: areas.map((area) => ({
      id: area.dimension ?? 'all',
      cells: {
        area: areaName(t, instrument, area),
        alpha: alphaText(t, area.alpha),
        interval: <span class="agreement-interval">{intervalText(t, area)}</span>,
        units: formatNumber(t.language, area.units),
        disagreements: formatNumber(t.language, area.disagreements),
        unsettled: formatNumber(t.language, area.unsettled),
        verdict: verdictText(t, area, rules.minimumUnits),
      },
    })),
  }
}

/** Alpha x 100, so that it fits the axis; below 0 stands at 0, its words say the figure. */
const onAxis = (alpha: number | null): number | null => (alpha === null ? null : Math.max(0, 100 * alpha))

function rowOf({ t, instrument, rules }: Assessed, area: AreaAgreement): DotRow {
  const label = areaName(t, instrument, area)
  const verdict = verdictText(t, area, rules.minimumUnits)
  const reading =
    area.alpha === null
      ? t('agreement.chart.readingNone', { label, verdict })
      : t('agreement.chart.reading', {
          label,
          alpha: alphaText(t, area.alpha),
          interval: intervalText(t, area),
          units: area.units,
          verdict,
        })
  return {
    id: area.dimension ?? 'all',
    label,
    own: onAxis(area.alpha),
    bandLow: onAxis(area.low),
    bandHigh: onAxis(area.high),
    valueText: area.alpha === null ? t('agreement.chart.none') : alphaText(t, area.alpha),
    reading,
  }
}

/** The finding as a sentence: how many areas carry a published figure. */
function findingOf(t: Translator, areas: readonly AreaAgreement[]): string {
  const own = areas.filter(({ dimension }) => dimension !== null)
  const count = (verdict: AreaAgreement['verdict']) => own.filter((area) => area.verdict === verdict).length
  return t('agreement.chart.title', {
    good: count('publishable'),
    all: own.length,
    weak: count('insufficient'),
    none: count('not-assessable'),
  })
}

function Figures({ assessed, found }: { assessed: Assessed; found: WaveAgreement }) {
  const { t, rules, areas } = assessed
  const both = found.reviews.filter(({ opened }) => opened !== null).length
  const limits = { publishable: limitText(t, rules.publishable), tentative: limitText(t, rules.tentative), minimum: rules.minimumUnits }
  return (
    <ChartFigure
      id="agreement"
      title={findingOf(t, areas)}
      subtitle={t('agreement.chart.subtitle')}
      summary={t('agreement.chart.summary', limits)}
      downloads={{
        label: t('agreement.chart.downloads'),
        links: [{ href: `${agreementPath(found.wave.slug)}.csv`, text: t('agreement.chart.csv') }],
      }}
      foot={[
        found.wave.name,
        t('agreement.chart.reviews', { both, all: found.reviews.length }),
        t('agreement.chart.seed', { seed: String(rules.seed) }),
      ]}
      syntheticText={found.wave.isSynthetic ? t('agreement.chart.synthetic') : undefined}
    >
      <DotRowChart
        label={t('agreement.chart.label')}
        rows={areas.map((area) => rowOf(assessed, area))}
        keys={{ own: t('agreement.chart.keyAlpha'), band: t('agreement.chart.keyInterval') }}
        readingHint={t('agreement.chart.hint')}
        tickText={(tick) => formatNumber(t.language, tick / 100, 2)}
      />
    </ChartFigure>
  )
}

function reviewCells(t: Translator, { review, assignments, opened }: WaveReview) {
  const unsettled = opened?.disagreements.filter(({ adjudication }) => adjudication === null).length ?? 0
  return {
    city: review.city.name,
    stage: t(`reviews.stage.${stageOf(review, assignments)}`),
    disagreements:
      opened === null ? (
        t('agreement.reviews.closed')
      ) : (
        <a href={disagreementsPath(review.id)}>{t('agreement.reviews.count', { all: opened.disagreements.length, unsettled })}</a>
      ),
    conclusion: (
      <a href={conclusionPath(review.id)}>
        {t(`agreement.reviews.conclude.${review.publishedAt !== null ? 'published' : review.signedAt !== null ? 'signed' : 'open'}`)}
        <span class="visually-hidden"> {review.city.name}</span>
      </a>
    ),
  }
}

function Reviews({ t, found }: Props) {
  return (
    <section class="section">
      <h2>{t('agreement.reviews.title')}</h2>
      <DataTable
        id="agreement-reviews"
        caption={t('agreement.reviews.caption')}
        isCaptionHidden
        narrow="stack"
        emptyText={t('agreement.reviews.empty')}
        columns={[
          { id: 'city', header: t('agreement.reviews.city') },
          { id: 'stage', header: t('agreement.reviews.stage') },
          { id: 'disagreements', header: t('agreement.table.disagreements') },
          { id: 'conclusion', header: t('agreement.reviews.conclusion') },
        ]}
        rows={found.reviews.map((each) => ({ id: each.review.id, cells: reviewCells(t, each) }))}
      />
    </section>
  )
}

/** How the experts of a wave agree, by area, and which reviews wait for the lead. */
export function AgreementPage({ t, found }: Props) {
  const { wave, instrument, rules, areas } = found
  const assessed = rules === null || instrument === null ? null : { t, instrument, rules, areas }
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: `/evaluations/${wave.slug}`, text: wave.name }]} />
      <PageHeading context={wave.name} title={t('agreement.wave.title')} lead={t('agreement.wave.lead')} />
      {assessed === null ? (
        <EmptyState title={t('agreement.wave.noMethodTitle')}>{t('agreement.wave.noMethod')}</EmptyState>
      ) : (
        <>
          <Figures assessed={assessed} found={found} />
          <div class="section">
            <DataTable {...tableOf(assessed)} />
          </div>
          <NotCounted t={t} found={found} />
          <section class="section prose">
            <h2>{t('agreement.explain.title')}</h2>
            <p>{t('agreement.explain.alpha')}</p>
            <p>{t('agreement.explain.scale')}</p>
            <p>
              {t('agreement.explain.limits', {
                publishable: limitText(t, assessed.rules.publishable),
                tentative: limitText(t, assessed.rules.tentative),
              })}
            </p>
            <p>{t('agreement.explain.few', { minimum: assessed.rules.minimumUnits })}</p>
            <p>{t('agreement.explain.interval')}</p>
          </section>
        </>
      )}
      <Reviews t={t} found={found} />
    </>
  )
}
