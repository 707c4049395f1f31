import { formatNumber, type Translator } from '../../../text/text.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import type { CalibrationOverview } from '../usecases.ts'
import { percentText } from './CalibrationPage.tsx'

type Props = { t: Translator; found: CalibrationOverview }

const share = (value: number | null): number | null => (value === null ? null : 100 * value)

function Experts({ t, found }: Props) {
  return (
    <DataTable
      id="calibration-experts"
      caption={t('calibration.overview.experts')}
      isCaptionHidden
      narrow="stack"
      emptyText={t('calibration.overview.noExperts')}
      columns={[
        { id: 'name', header: t('calibration.overview.name') },
        { id: 'state', header: t('calibration.overview.state') },
        { id: 'deviation', header: t('calibration.mean'), align: 'end' },
        { id: 'equal', header: t('calibration.equal'), align: 'end' },
      ]}
      rows={found.experts.map(({ id, name, summary }) => ({
        id,
        cells: {
          name,
          state: summary.isComplete
            ? t('calibration.overview.complete')
            : t('calibration.overview.progress', { judged: summary.judged, all: summary.all }),
          deviation: percentText(t, summary.meanDeviation),
          equal: percentText(t, share(summary.shareEqual)),
        },
      }))}
    />
  )
}

function Cases({ t, found }: Props) {
  return (
    <DataTable
      id="calibration-cases"
      caption={t('calibration.overview.cases')}
      isCaptionHidden
      narrow="stack"
      emptyText={t('calibration.page.empty')}
      columns={[
        { id: 'case', header: t('calibration.page.case') },
        { id: 'expected', header: t('calibration.page.expected') },
        { id: 'judged', header: t('calibration.overview.judged'), align: 'end' },
        { id: 'deviation', header: t('calibration.mean'), align: 'end' },
        { id: 'equal', header: t('calibration.equal'), align: 'end' },
      ]}
      rows={found.cases.map(({ case: of, summary }) => ({
        id: of.id,
        cells: {
          case: of.texts[t.language].question,
          expected: t(`reviews.decision.${of.expected.decision}`),
          judged: formatNumber(t.language, summary.judged),
          deviation: percentText(t, summary.meanDeviation),
          equal: percentText(t, share(summary.shareEqual)),
        },
      }))}
    />
  )
}

/** Every expert and every case, for the lead. */
export function OverviewPage(props: Props) {
  const { t } = props
  return (
    <>
      <PageHeading title={t('calibration.overview.title')} lead={t('calibration.overview.lead')} />
      <section class="section">
        <h2>{t('calibration.overview.experts')}</h2>
        <Experts {...props} />
      </section>
      <section class="section">
        <h2>{t('calibration.overview.cases')}</h2>
        <Cases {...props} />
      </section>
    </>
  )
}
