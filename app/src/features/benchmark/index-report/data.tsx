import type { IndexAudit, IndicatorProfile } from '@tessera/engine'
import { FoldedTable, Section, Table, type Column } from './parts.tsx'
import { formatDecimals, formatRaw, formatShare, listNames, nameElement, nameUnit, type IndexReport } from './report.ts'

/** What is there, how it is distributed, what was imputed and treated. */
export function DataSection({ report }: { readonly report: IndexReport }) {
  const { t, audit } = report
  const { result, profiles } = audit
  const units = result.units.map((_, unit) => unit).sort((a, b) => (result.availability[a] ?? 0) - (result.availability[b] ?? 0) || a - b)
  return (
    <Section id="data" title={t('index-report.data.title')}>
      <p>{describeData(report)}</p>
      <p>{describeEnds(report)}</p>
      <h3>{t('index-report.data.distributions')}</h3>
      <Table id="distributions" caption={t('index-report.data.distributionsCaption')} columns={profileColumns(report)} rows={profiles} />
      <h3>{t('index-report.data.availability')}</h3>
      <FoldedTable
        t={t}
        id="availability"
        caption={t('index-report.data.availabilityUnits')}
        columns={[
          { header: t('index-report.unit'), cell: (unit: number) => nameUnit(report, unit) },
          { header: t('index-report.data.share'), cell: (unit) => formatShare(t, result.availability[unit] ?? null), isNumber: true },
        ]}
        rows={units}
      />
      <CellTables report={report} />
    </Section>
  )
}

function describeData({ t, audit }: IndexReport): string {
  const { result, profiles } = audit
  const missing = profiles.reduce((sum, profile) => sum + profile.missing, 0)
  const cells = profiles.reduce((sum, profile) => sum + profile.missing + profile.present, 0)
  return t('index-report.data.summary', {
    missing,
    cells,
    share: formatShare(t, cells === 0 ? null : missing / cells),
    imputed: result.imputed.length,
    screened: result.screened.length,
    changed: result.changed.length,
  })
}

function describeEnds(report: IndexReport): string {
  const { t, audit } = report
  const named = (profiles: readonly IndicatorProfile[]) =>
    listNames(
      t,
      profiles.map(({ element }) => nameElement(report, element)),
    )
  const outlying = audit.profiles.filter(({ breaksOutlierRule }) => breaksOutlierRule)
  const ceilings = audit.profiles.filter(({ ceiling }) => ceiling !== null)
  return [
    outlying.length === 0
      ? t('index-report.data.noOutliers')
      : t('index-report.data.outliers', { n: outlying.length, names: named(outlying) }),
    ceilings.length === 0
      ? t('index-report.data.noCeilings')
      : t('index-report.data.ceilings', { n: ceilings.length, names: named(ceilings) }),
  ].join(' ')
}

function profileColumns(report: IndexReport): Column<IndicatorProfile>[] {
  const { t } = report
  const raw = (header: string, pick: (row: IndicatorProfile) => number | null): Column<IndicatorProfile> => ({
    header,
    cell: (row) => formatRaw(t, pick(row)),
    isNumber: true,
  })
  const end = (effect: IndicatorProfile['ceiling']) => (effect === null ? '–' : formatShare(t, effect.share))
  return [
    { header: t('index-report.element'), cell: ({ element }) => nameElement(report, element) },
    { header: t('index-report.data.present'), cell: ({ present }) => formatDecimals(t, present), isNumber: true },
    raw(t('index-report.data.minimum'), ({ minimum }) => minimum),
    raw('Q1', ({ q1 }) => q1),
    raw(t('index-report.data.median'), ({ median }) => median),
    raw('Q3', ({ q3 }) => q3),
    raw(t('index-report.data.maximum'), ({ maximum }) => maximum),
    raw(t('index-report.data.mean'), ({ mean }) => mean),
    raw(t('index-report.data.deviation'), ({ standardDeviation }) => standardDeviation),
    raw(t('index-report.data.skewness'), ({ skewness }) => skewness),
    raw(t('index-report.data.kurtosis'), ({ excessKurtosis }) => excessKurtosis),
    {
      header: t('index-report.data.rule'),
      cell: ({ breaksOutlierRule }) =>
        breaksOutlierRule === null ? '–' : t(breaksOutlierRule ? 'index-report.data.broken' : 'index-report.data.kept'),
    },
    { header: t('index-report.data.farOut'), cell: ({ farOut }) => farOut.map((unit) => nameUnit(report, unit)).join(', ') || '–' },
    { header: t('index-report.data.ceiling'), cell: ({ ceiling }) => end(ceiling), isNumber: true },
    { header: t('index-report.data.floor'), cell: ({ floor }) => end(floor), isNumber: true },
  ]
}

type Imputed = IndexAudit['result']['imputed'][number]
type Changed = IndexAudit['result']['changed'][number]

function CellTables({ report }: { readonly report: IndexReport }) {
  const { t, audit } = report
  const cellColumns = [
    { header: t('index-report.element'), cell: ({ indicator }: { indicator: string }) => nameElement(report, indicator) },
    {
      header: t('index-report.unit'),
      cell: ({ unit, time }: { unit: string; time: string | null }) => (time === null ? unit : `${unit} (${time})`),
    },
  ]
  const imputed: Column<Imputed>[] = [
    ...cellColumns,
    { header: t('index-report.data.value'), cell: ({ value }) => formatRaw(t, value), isNumber: true },
  ]
  const changed: Column<Changed>[] = [
    ...cellColumns,
    { header: t('index-report.data.before'), cell: ({ before }) => formatRaw(t, before), isNumber: true },
    { header: t('index-report.data.after'), cell: ({ after }) => formatRaw(t, after), isNumber: true },
    { header: t('index-report.data.by'), cell: ({ by }) => by },
  ]
  return (
    <>
      {audit.result.imputed.length > 0 && (
        <FoldedTable t={t} id="imputed" caption={t('index-report.data.imputedCaption')} columns={imputed} rows={audit.result.imputed} />
      )}
      {audit.result.changed.length > 0 && (
        <FoldedTable t={t} id="changed" caption={t('index-report.data.changedCaption')} columns={changed} rows={audit.result.changed} />
      )}
    </>
  )
}
