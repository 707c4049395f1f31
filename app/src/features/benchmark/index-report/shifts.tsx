import type { RankShift } from '@tessera/engine'
import { Figure, FoldedTable, Section, type Column } from './parts.tsx'
import { formatCoefficient, formatDecimals, formatShare, mostRows, nameElement, nameUnit, noteCut, type IndexReport } from './report.ts'
import { RowChart } from './row-chart.tsx'

/** What is made otherwise, and how far the ranks move. */
interface Shifted {
  readonly key: string
  readonly name: string
  readonly shift: RankShift | null
  readonly failure: string | null
}

interface ShiftSectionProps {
  readonly report: IndexReport
  readonly id: string
  readonly title: string
  readonly lead: string
  readonly what: string
  readonly rows: readonly Shifted[]
}

/** Rank shifts when each element is left out. */
export function LeaveOneOutSection({ report }: { readonly report: IndexReport }) {
  const { t, audit } = report
  const rows = audit.leftOut.map(({ element, shift, failure }) => ({ key: element, name: nameElement(report, element), shift, failure }))
  return (
    <ShiftSection
      report={report}
      id="leave-one-out"
      title={t('index-report.leftOut.title')}
      lead={t('index-report.leftOut.lead')}
      what={t('index-report.leftOut.what')}
      rows={rows}
    />
  )
}

/** Rank shifts under other methods. */
export function AlternativeSection({ report }: { readonly report: IndexReport }) {
  const { t, audit } = report
  const names: Readonly<Record<string, string>> = {
    'min-max': t('index-report.alternative.minMax'),
    'z-score': t('index-report.alternative.zScore'),
    ranks: t('index-report.alternative.ranks'),
    arithmetic: t('index-report.alternative.arithmetic'),
    geometric: t('index-report.alternative.geometric'),
    harmonic: t('index-report.alternative.harmonic'),
    copeland: t('index-report.alternative.copeland'),
    'equal-weights': t('index-report.alternative.equalWeights'),
    'component-weights': t('index-report.alternative.componentWeights'),
    'no-treatment': t('index-report.alternative.noTreatment'),
    winsorised: t('index-report.alternative.winsorised'),
    'no-imputation': t('index-report.alternative.noImputation'),
    'median-imputation': t('index-report.alternative.medianImputation'),
  }
  const rows = audit.alternatives.map(({ id, shift, failure }) => ({ key: id, name: names[id] ?? id, shift, failure }))
  return (
    <ShiftSection
      report={report}
      id="alternatives"
      title={t('index-report.alternative.title')}
      lead={t('index-report.alternative.lead')}
      what={t('index-report.alternative.what')}
      rows={rows}
    />
  )
}

function ShiftSection({ report, id, title, lead, what, rows }: ShiftSectionProps) {
  const { t } = report
  const moved = rows.flatMap((row) =>
    row.shift?.mean == null ? [] : [{ ...row, mean: row.shift.mean, most: Math.abs(row.shift.largest?.shift ?? 0) }],
  )
  const sorted = moved.sort((a, b) => b.mean - a.mean).slice(0, mostRows)
  const [first] = sorted
  const failed = rows.filter(({ failure }) => failure !== null).length
  return (
    <Section id={id} title={title}>
      <p>{lead}</p>
      <Figure
        label={title}
        key_={[
          { sign: <rect class="m-bar" x={2} y={3} width={24} height={8} />, text: t('index-report.shift.mean') },
          { sign: <circle class="m-most" cx={14} cy={7} r={4} />, text: t('index-report.shift.largest') },
        ]}
        chart={
          <RowChart
            id={id}
            title={title}
            axis={t('index-report.shift.axis')}
            domain={[0, Math.max(1, ...sorted.map(({ most }) => most))]}
            formatTick={(tick) => formatDecimals(t, tick, Number.isInteger(tick) ? 0 : 1)}
            rowHeight={18}
            rows={sorted.map(({ key, name, mean, most }) => ({
              key,
              label: name,
              draw: (x, y) => (
                <>
                  <rect class="m-bar" x={x(0)} width={x(mean) - x(0)} y={y - 5} height={10} />
                  <circle class="m-most" cx={x(most)} cy={y} r={4} />
                </>
              ),
            }))}
          />
        }
        summary={
          first === undefined
            ? t('index-report.shift.none')
            : `${t('index-report.shift.summary', { name: first.name, mean: formatDecimals(t, first.mean, 1), failed })} ${noteCut(t, rows.length)}`
        }
      />
      <FoldedTable t={t} id={`${id}-table`} caption={title} columns={columnsOf(report, what)} rows={rows} />
    </Section>
  )
}

function columnsOf(report: IndexReport, what: string): Column<Shifted>[] {
  const { t } = report
  const signed = (value: number) => `${value > 0 ? '+' : '−'}${formatDecimals(t, Math.abs(value), Number.isInteger(value) ? 0 : 1)}`
  const largest = ({ shift }: Shifted) =>
    shift?.largest == null
      ? '–'
      : shift.largest.shift === 0
        ? '0'
        : `${nameUnit(report, shift.largest.unit)} ${signed(shift.largest.shift)}`
  return [
    { header: what, cell: ({ name }) => name },
    { header: t('index-report.shift.mean'), cell: ({ shift }) => formatDecimals(t, shift?.mean ?? null, 2), isNumber: true },
    { header: t('index-report.shift.largestUnit'), cell: largest },
    { header: t('index-report.shift.unchanged'), cell: ({ shift }) => formatShare(t, shift?.unchanged ?? null), isNumber: true },
    { header: t('index-report.shift.correlation'), cell: ({ shift }) => formatCoefficient(t, shift?.correlation ?? null), isNumber: true },
    { header: t('index-report.shift.failure'), cell: ({ failure }) => failure ?? '–' },
  ]
}
