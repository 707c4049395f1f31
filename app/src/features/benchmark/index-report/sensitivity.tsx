import { Failure, Figure, FoldedTable, Section, type Column } from './parts.tsx'
import { formatCoefficient, formatShare, type IndexReport, type SensitivityRow } from './report.ts'
import { RowChart } from './row-chart.tsx'

/** Sobol indices of the assumptions: which choice moves the ranks. */
export function SensitivitySection({ report }: { readonly report: IndexReport }) {
  const { t, sensitivity } = report
  const title = t('index-report.sensitivity.title')
  return (
    <Section id="sensitivity" title={title}>
      <p>{t('index-report.sensitivity.lead')}</p>
      {sensitivity.failure !== null && <Failure t={t} reason={sensitivity.failure} />}
      {sensitivity.value?.rows.length === 0 && <p>{t('index-report.sensitivity.none')}</p>}
      {sensitivity.value !== null && sensitivity.value.rows.length > 0 && (
        <SensitivityFigure report={report} rows={sensitivity.value.rows} />
      )}
    </Section>
  )
}

function SensitivityFigure({ report, rows }: { readonly report: IndexReport; readonly rows: readonly SensitivityRow[] }) {
  const { t } = report
  const title = t('index-report.sensitivity.title')
  const ends = rows.flatMap(({ s1Low, s1High, stLow, stHigh }) => [s1Low, s1High, stLow, stHigh])
  const most = [...rows].sort((a, b) => b.st - a.st)[0]
  return (
    <>
      <Figure
        label={title}
        key_={[
          { sign: <rect class="m-bar" x={2} y={3} width={24} height={8} />, text: t('index-report.sensitivity.first') },
          { sign: <rect class="m-bar2" x={2} y={3} width={24} height={8} />, text: t('index-report.sensitivity.total') },
          { sign: <line class="m-range" x1={2} x2={26} y1={7} y2={7} />, text: t('index-report.sensitivity.interval') },
        ]}
        chart={
          <RowChart
            id="sensitivity"
            title={title}
            axis={t('index-report.sensitivity.axis')}
            domain={[Math.min(0, ...ends), Math.max(1, ...ends)]}
            formatTick={(tick) => formatShare(t, tick)}
            rowHeight={34}
            rows={rows.map((row) => ({
              key: row.assumption,
              label: nameAssumption(report, row.assumption),
              draw: (x, y) => <Bars row={row} x={x} y={y} />,
            }))}
          />
        }
        summary={
          most === undefined
            ? ''
            : t('index-report.sensitivity.summary', { assumption: nameAssumption(report, most.assumption), share: formatShare(t, most.st) })
        }
      />
      <FoldedTable t={t} id="sensitivity-table" caption={title} columns={columnsOf(report)} rows={rows} />
    </>
  )
}

function Bars({ row, x, y }: { readonly row: SensitivityRow; readonly x: (value: number) => number; readonly y: number }) {
  const bar = (name: string, top: number, value: number, low: number, high: number) => (
    <>
      <rect class={name} x={Math.min(x(0), x(value))} width={Math.abs(x(value) - x(0))} y={top} height={10} />
      <line class="m-range" x1={x(low)} x2={x(high)} y1={top + 5} y2={top + 5} />
    </>
  )
  return (
    <>
      {bar('m-bar', y - 12, row.s1, row.s1Low, row.s1High)}
      {bar('m-bar2', y + 1, row.st, row.stLow, row.stHigh)}
    </>
  )
}

function nameAssumption({ t }: IndexReport, name: string): string {
  const names: Readonly<Record<string, string>> = {
    imputation: t('index-report.assumption.imputation'),
    treatment: t('index-report.assumption.treatment'),
    normalisation: t('index-report.assumption.normalisation'),
    aggregation: t('index-report.assumption.aggregation'),
    weights: t('index-report.assumption.weights'),
    open: t('index-report.assumption.open'),
    unverified: t('index-report.assumption.unverified'),
    reviewed: t('index-report.assumption.reviewed'),
  }
  return Object.hasOwn(names, name) ? (names[name] ?? name) : name
}

function columnsOf(report: IndexReport): Column<SensitivityRow>[] {
  const { t } = report
  const number = (header: string, pick: (row: SensitivityRow) => number): Column<SensitivityRow> => ({
    header,
    cell: (row) => formatCoefficient(t, pick(row)),
    isNumber: true,
  })
  return [
    { header: t('index-report.sensitivity.assumption'), cell: ({ assumption }) => nameAssumption(report, assumption) },
    number('S1', ({ s1 }) => s1),
    number(t('index-report.sensitivity.s1Low'), ({ s1Low }) => s1Low),
    number(t('index-report.sensitivity.s1High'), ({ s1High }) => s1High),
    number('ST', ({ st }) => st),
    number(t('index-report.sensitivity.stLow'), ({ stLow }) => stLow),
    number(t('index-report.sensitivity.stHigh'), ({ stHigh }) => stHigh),
  ]
}
