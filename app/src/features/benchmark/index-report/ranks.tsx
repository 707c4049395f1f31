import type { UncertaintyResult, UnitUncertainty } from '@tessera/engine'
import { Failure, Figure, FoldedTable, Section, type Column } from './parts.tsx'
import { formatDecimals, formatShare, mostRows, nameUnit, noteCut, rankedUnits, type IndexReport } from './report.ts'
import { RankRowMarks, rankKey } from './rank-marks.tsx'
import { rankTicks, RowChart } from './row-chart.tsx'

interface RankedUnit {
  readonly position: number
  readonly name: string
  readonly rank: number
  readonly score: number | null
  /** null when the uncertainty analysis could not be computed. */
  readonly spread: UnitUncertainty | null
}

/** Ranks with the intervals of the uncertainty analysis: chart, words, table. */
export function RankSection({ report }: { readonly report: IndexReport }) {
  const { t, uncertainty } = report
  const rows = listRanked(report)
  const shown = rows.slice(0, mostRows)
  const title = t('index-report.ranks.title')
  return (
    <Section id="ranks" title={title}>
      <p>{t('index-report.ranks.lead')}</p>
      {uncertainty.failure !== null && <Failure t={t} reason={uncertainty.failure} />}
      <Figure
        label={title}
        key_={rankKey(t)}
        chart={
          <RowChart
            id="ranks"
            title={title}
            axis={t('index-report.ranks.axis')}
            domain={[1, Math.max(2, rows.length)]}
            ticks={rankTicks(Math.max(2, rows.length))}
            formatTick={(tick) => formatDecimals(t, tick)}
            rowHeight={17}
            rows={shown.map(({ position, name, rank, spread }) => ({
              key: String(position),
              label: name,
              draw: (x, y) => <RankRowMarks x={x} y={y} rank={rank} quantiles={spread?.rankQuantiles ?? null} />,
            }))}
          />
        }
        summary={<RankSummary report={report} rows={rows} />}
      />
      <FoldedTable t={t} id="ranks-table" caption={title} columns={rankColumns(report)} rows={rows} />
    </Section>
  )
}

function listRanked(report: IndexReport): RankedUnit[] {
  const { units, times, ranks } = report.audit.result
  const keyOf = (unit: string, time: string | null) => JSON.stringify([unit, time])
  const spreads = new Map(report.uncertainty.value?.units.map((each) => [keyOf(each.unit, each.time), each]))
  return rankedUnits(report).map((position) => {
    const spread = spreads.get(keyOf(units[position] ?? '', times?.[position] ?? null)) ?? null
    return { position, name: nameUnit(report, position), rank: ranks[position] ?? 0, score: indexScore(report, position), spread }
  })
}

function indexScore({ audit, framework }: IndexReport, position: number): number | null {
  const root = framework.elements.findIndex(({ parent }) => parent === null)
  return audit.result.scores[root]?.[position] ?? null
}

function RankSummary({ report, rows }: { readonly report: IndexReport; readonly rows: readonly RankedUnit[] }) {
  const { t, uncertainty } = report
  if (uncertainty.value === null) return <>{t('index-report.ranks.nominalOnly', { units: rows.length })}</>
  const widths = rows.flatMap(({ spread }) => (spread?.rankQuantiles ? [spread.rankQuantiles.q95 - spread.rankQuantiles.q5] : []))
  const sorted = [...widths].sort((a, b) => a - b)
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
  const fixed = widths.filter((width) => width === 0).length
  const [best] = rows
  return (
    <>
      {t('index-report.ranks.summary', { units: rows.length, median: formatDecimals(t, median), fixed })}{' '}
      {best?.spread && t('index-report.ranks.best', { unit: best.name, share: formatShare(t, firstShare(best.spread)) })}{' '}
      {detectable(report, uncertainty.value)} {noteCut(t, rows.length)}
    </>
  )
}

function firstShare({ rankCounts, rankedRuns }: UnitUncertainty): number {
  return rankedRuns === 0 ? 0 : (rankCounts[0] ?? 0) / rankedRuns
}

function detectable({ t }: IndexReport, { minimumDetectableDifference: least, aheadShare }: UncertaintyResult): string {
  if (aheadShare === null) return ''
  return least === null ? t('index-report.ranks.noDetectable') : t('index-report.ranks.detectable', { points: formatDecimals(t, least, 1) })
}

function rankColumns({ t }: IndexReport): Column<RankedUnit>[] {
  const rank = (value: number | null | undefined) => formatDecimals(t, value ?? null, Number.isInteger(value) ? 0 : 1)
  const score = (value: number | null | undefined) => formatDecimals(t, value ?? null, 2)
  const column = (header: string, cell: (row: RankedUnit) => string): Column<RankedUnit> => ({ header, cell, isNumber: true })
  return [
    { header: t('index-report.unit'), cell: ({ name }) => name },
    column(t('index-report.rank'), (row) => rank(row.rank)),
    column(t('index-report.score'), (row) => score(row.score)),
    column(t('index-report.ranks.mean'), ({ spread }) => formatDecimals(t, spread?.rankMean ?? null, 1)),
    column(t('index-report.ranks.ninety'), ({ spread: s }) =>
      s?.rankQuantiles ? `${rank(s.rankQuantiles.q5)}–${rank(s.rankQuantiles.q95)}` : '–',
    ),
    column(t('index-report.ranks.fifty'), ({ spread: s }) =>
      s?.rankQuantiles ? `${rank(s.rankQuantiles.q25)}–${rank(s.rankQuantiles.q75)}` : '–',
    ),
    column(t('index-report.ranks.scoreNinety'), ({ spread: s }) =>
      s?.scoreQuantiles ? `${score(s.scoreQuantiles.q5)}–${score(s.scoreQuantiles.q95)}` : '–',
    ),
    column(t('index-report.ranks.indistinct'), ({ spread }) => formatDecimals(t, spread?.indistinguishable?.length ?? null)),
  ]
}
