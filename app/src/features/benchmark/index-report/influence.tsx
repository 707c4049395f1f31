import type { ElementInfluence } from '@tessera/engine'
import { Figure, FoldedTable, Section, type Column } from './parts.tsx'
import { formatCoefficient, formatShare, listNames, mostRows, nameElement, noteCut, type IndexReport } from './report.ts'
import { RowChart } from './row-chart.tsx'

/** Effective against nominal weights. */
export function InfluenceSection({ report }: { readonly report: IndexReport }) {
  const { t, audit } = report
  const title = t('index-report.influence.title')
  const rows = [...audit.influence].sort((a, b) => b.level - a.level)
  const levels = [
    { title: t('index-report.influence.groups'), rows: rows.filter(({ level }) => level > 1) },
    { title: t('index-report.influence.indicators'), rows: rows.filter(({ level }) => level === 1) },
  ].filter((part) => part.rows.length > 0)
  return (
    <Section id="influence" title={title}>
      <p>{t('index-report.influence.lead')}</p>
      {levels.map(({ title: part, rows: own }, i) => (
        <Figure
          key={part}
          label={`${title}: ${part}`}
          key_={i === 0 ? weightKey(report) : []}
          chart={<WeightChart report={report} id={`influence-${i}`} title={part} rows={own} />}
          summary={describe(report, own)}
        />
      ))}
      <FoldedTable t={t} id="influence-table" caption={title} columns={columnsOf(report)} rows={rows} />
    </Section>
  )
}

function weightKey({ t }: IndexReport) {
  return [
    { sign: <circle class="m-nominal" cx={14} cy={7} r={4} />, text: t('index-report.influence.nominal') },
    { sign: <circle class="m-dot" cx={14} cy={7} r={4.5} />, text: t('index-report.influence.effective') },
    { sign: <rect class="m-opposed" x={10} y={3} width={8} height={8} />, text: t('index-report.influence.opposedKey') },
  ]
}

function describe(report: IndexReport, rows: readonly ElementInfluence[]): string {
  const { t } = report
  const named = (note: ElementInfluence['note']) =>
    rows.filter((row) => row.note === note).map(({ element }) => nameElement(report, element))
  const opposed = named('opposed')
  const silent = named('silent')
  return [
    opposed.length === 0
      ? t('index-report.influence.noOpposed')
      : t('index-report.influence.opposedNames', { n: opposed.length, names: listNames(t, opposed) }),
    silent.length === 0
      ? t('index-report.influence.noSilent')
      : t('index-report.influence.silentNames', { n: silent.length, names: listNames(t, silent) }),
    noteCut(t, rows.length),
  ].join(' ')
}

interface WeightChartProps {
  readonly report: IndexReport
  readonly id: string
  readonly title: string
  readonly rows: readonly ElementInfluence[]
}

/** One row per element: ring the nominal weight, dot the effective one. */
function WeightChart({ report, id, title, rows }: WeightChartProps) {
  const { t } = report
  return (
    <RowChart
      id={id}
      title={title}
      axis={`${title}: ${t('index-report.influence.axis')}`}
      domain={[0, rows.reduce((most, { nominal, effective }) => Math.max(most, nominal, effective ?? 0), 0)]}
      formatTick={(tick) => formatShare(t, tick)}
      rows={rows.slice(0, mostRows).map(({ element, nominal, effective, note }) => ({
        key: element,
        label: nameElement(report, element),
        draw: (x, y) => (
          <>
            {effective !== null && <line class="m-join" x1={x(nominal)} x2={x(effective)} y1={y} y2={y} />}
            <circle class="m-nominal" cx={x(nominal)} cy={y} r={4} />
            {effective !== null && note !== 'opposed' && <circle class="m-dot" cx={x(effective)} cy={y} r={4.5} />}
            {effective !== null && note === 'opposed' && <rect class="m-opposed" x={x(effective) - 4} y={y - 4} width={8} height={8} />}
          </>
        ),
      }))}
    />
  )
}

function columnsOf(report: IndexReport): Column<ElementInfluence>[] {
  const { t } = report
  const notes = { silent: t('index-report.influence.silent'), opposed: t('index-report.influence.opposed') }
  return [
    { header: t('index-report.element'), cell: ({ element }) => nameElement(report, element) },
    { header: t('index-report.level'), cell: ({ level }) => String(level), isNumber: true },
    { header: t('index-report.influence.nominal'), cell: ({ nominal }) => formatShare(t, nominal), isNumber: true },
    { header: t('index-report.influence.effective'), cell: ({ effective }) => formatShare(t, effective), isNumber: true },
    { header: t('index-report.influence.ratio'), cell: ({ ratio }) => formatCoefficient(t, ratio), isNumber: true },
    { header: t('index-report.influence.withParent'), cell: ({ withParent }) => formatCoefficient(t, withParent), isNumber: true },
    { header: t('index-report.influence.withIndex'), cell: ({ withIndex }) => formatCoefficient(t, withIndex), isNumber: true },
    { header: t('index-report.influence.note'), cell: ({ note }) => (note === null ? '–' : notes[note]) },
  ]
}
