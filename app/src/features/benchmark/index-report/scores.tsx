import { quartiles } from '@tessera/engine'
import { Figure, FoldedTable, Section, type Column } from './parts.tsx'
import { formatDecimals, nameElement, nameUnit, rankedUnits, scoresOf, type IndexReport } from './report.ts'
import { RowChart } from './row-chart.tsx'

/** Dots per row; with more units the chart shows this many of them, evenly by rank. */
const mostDots = 300

interface ScoredElement {
  readonly code: string
  readonly name: string
  readonly scores: readonly number[]
  readonly median: number
}

/** Dot rows: one row per aggregate, one dot per unit; then every score in a table. */
export function ScoreSection({ report }: { readonly report: IndexReport }) {
  const { t } = report
  const rows = listScored(report)
  const title = t('index-report.scores.title')
  const all = rows.flatMap(({ scores }) => scores)
  const domain = [all.reduce((a, b) => Math.min(a, b), Infinity), all.reduce((a, b) => Math.max(a, b), -Infinity)] as const
  return (
    <Section id="scores" title={title}>
      <p>{t('index-report.scores.lead')}</p>
      <Figure
        label={title}
        key_={[
          { sign: <circle class="m-cloud" cx={14} cy={7} r={4} />, text: t('index-report.key.unit') },
          { sign: <line class="m-median" x1={14} x2={14} y1={1} y2={13} />, text: t('index-report.key.median') },
        ]}
        chart={
          <RowChart
            id="scores"
            title={title}
            axis={t('index-report.scores.axis')}
            domain={domain}
            formatTick={(tick) => formatDecimals(t, tick, Number.isInteger(tick) ? 0 : 1)}
            rowHeight={26}
            rows={rows.map(({ code, name, scores, median }) => ({
              key: code,
              label: name,
              draw: (x, y) => (
                <>
                  {thin(scores).map((score, i) => (
                    <circle key={i} class="m-cloud" cx={x(score)} cy={y} r={4} />
                  ))}
                  <line class="m-median" x1={x(median)} x2={x(median)} y1={y - 9} y2={y + 9} />
                </>
              ),
            }))}
          />
        }
        summary={describe(report, rows)}
      />
      <ScoreTables report={report} rows={rows} />
    </Section>
  )
}

function describe({ t }: IndexReport, rows: readonly ScoredElement[]): string {
  const medians = [...rows].sort((a, b) => b.median - a.median)
  const [first, last] = [medians[0], medians.at(-1)]
  const summary =
    rows.length < 2
      ? ''
      : t('index-report.scores.summary', {
          highest: first?.name ?? '',
          highestMedian: formatDecimals(t, first?.median ?? null, 1),
          lowest: last?.name ?? '',
          lowestMedian: formatDecimals(t, last?.median ?? null, 1),
        })
  return rows.some(({ scores }) => scores.length > mostDots)
    ? `${summary} ${t('index-report.scores.thinned', { dots: mostDots })}`
    : summary
}

/** At most `mostDots` of the scores, evenly by rank, both ends among them. */
function thin(scores: readonly number[]): readonly number[] {
  if (scores.length <= mostDots) return scores
  const sorted = [...scores].sort((a, b) => a - b)
  return Array.from({ length: mostDots }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (mostDots - 1))] ?? 0)
}

function ScoreTables({ report, rows }: { readonly report: IndexReport; readonly rows: readonly ScoredElement[] }) {
  const { t, audit } = report
  const number = (value: number | null) => formatDecimals(t, value, 2)
  const spread: Column<ScoredElement>[] = [
    { header: t('index-report.element'), cell: ({ name }) => name },
    { header: t('index-report.data.minimum'), cell: ({ scores }) => number(scores.reduce((a, b) => Math.min(a, b))), isNumber: true },
    { header: 'Q1', cell: ({ scores }) => number(quartiles(scores).q1), isNumber: true },
    { header: t('index-report.data.median'), cell: ({ median }) => number(median), isNumber: true },
    { header: 'Q3', cell: ({ scores }) => number(quartiles(scores).q3), isNumber: true },
    { header: t('index-report.data.maximum'), cell: ({ scores }) => number(scores.reduce((a, b) => Math.max(a, b))), isNumber: true },
  ]
  const columns: Column<number>[] = [
    { header: t('index-report.unit'), cell: (unit) => nameUnit(report, unit) },
    { header: t('index-report.rank'), cell: (unit) => formatDecimals(t, audit.result.ranks[unit] ?? null), isNumber: true },
    ...rows.map(({ code }): Column<number> => ({
      header: code,
      cell: (unit) => number(scoresOf(report, code)[unit] ?? null),
      isNumber: true,
    })),
  ]
  return (
    <>
      <FoldedTable t={t} id="scores-spread" caption={t('index-report.scores.spread')} columns={spread} rows={rows} />
      <FoldedTable t={t} id="scores-table" caption={t('index-report.scores.table')} columns={columns} rows={rankedUnits(report)} />
    </>
  )
}

/** The index first, then its parts, level by level; elements without any score are left to the other tables. */
function listScored(report: IndexReport): ScoredElement[] {
  const aggregates = report.framework.elements.filter(({ level }) => level > 1).sort((a, b) => b.level - a.level)
  return aggregates.flatMap(({ code }) => {
    const scores = scoresOf(report, code).filter((score) => score !== null)
    if (scores.length === 0) return []
    return [{ code, name: nameElement(report, code), scores, median: quartiles(scores).median }]
  })
}
