import { formatNumber, type Translator } from '../../../text/text.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { StatNumber } from '../../../ui/StatNumber.tsx'
import { type CalibrationSummary, deviationOf } from '../case.ts'
import type { OwnCalibration, OwnCase } from '../usecases.ts'

/** "12 %", or a dash. */
export const percentText = (t: Translator, value: number | null): string =>
  value === null ? '–' : t('calibration.percent', { value: formatNumber(t.language, value) })

export const casePath = (caseId: string): string => `/calibration/${caseId}`

/** Deviation and same decisions, as two figures. */
export function Figures({ t, summary }: { t: Translator; summary: CalibrationSummary }) {
  const { judged, meanDeviation, shareEqual } = summary
  return (
    <div class="stat-row">
      <StatNumber
        label={t('calibration.mean')}
        value={percentText(t, meanDeviation)}
        unit={t('calibration.ofMaximum')}
        qualifier={t('calibration.ofCases', { count: judged })}
      />
      <StatNumber
        label={t('calibration.equal')}
        value={percentText(t, shareEqual === null ? null : 100 * shareEqual)}
        unit={t('calibration.ofDecisions')}
        qualifier={t('calibration.ofCases', { count: judged })}
      />
    </div>
  )
}

function cellsOf(t: Translator, { case: of, judgement }: OwnCase) {
  const deviation = judgement === null ? null : deviationOf(of, judgement)
  return {
    case: of.texts[t.language].question,
    own: judgement === null ? t('calibration.notYet') : t(`reviews.decision.${judgement.decision}`),
    expected: judgement === null ? '–' : t(`reviews.decision.${of.expected.decision}`),
    deviation: percentText(t, deviation),
  }
}

/** The expert's own calibration: the cases, and how far they lie from what was expected. */
export function CalibrationPage({ t, found }: { t: Translator; found: OwnCalibration }) {
  const { cases, summary } = found
  const next = cases.find(({ judgement }) => judgement === null)
  return (
    <>
      <PageHeading title={t('calibration.page.title')} lead={t('calibration.page.lead', { count: cases.length })} />
      {summary.isComplete && (
        <Notice kind="success" title={t('calibration.page.doneTitle')}>
          <p>{t('calibration.page.done')}</p>
        </Notice>
      )}
      {summary.judged > 0 && <Figures t={t} summary={summary} />}
      {next !== undefined && (
        <p>
          <ButtonLink href={casePath(next.case.id)}>
            {t(summary.judged === 0 ? 'calibration.page.begin' : 'calibration.page.next')}
          </ButtonLink>
        </p>
      )}
      <section class="section">
        <DataTable
          id="calibration"
          caption={t('calibration.page.caption', { judged: summary.judged, all: summary.all })}
          narrow="stack"
          emptyText={t('calibration.page.empty')}
          columns={[
            { id: 'case', header: t('calibration.page.case') },
            { id: 'own', header: t('calibration.page.own') },
            { id: 'expected', header: t('calibration.page.expected') },
            { id: 'deviation', header: t('calibration.page.deviation'), align: 'end' },
          ]}
          rows={cases.map((each) => ({ id: each.case.id, href: casePath(each.case.id), cells: cellsOf(t, each) }))}
        />
      </section>
    </>
  )
}
