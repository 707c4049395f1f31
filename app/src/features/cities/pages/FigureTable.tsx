import { formatNumber, type Translator } from '../../../text/text.ts'
import { DataTable, type TableColumn } from '../../../ui/DataTable.tsx'
import { isTextKey } from '../../../text/catalogue.ts'
import { countryName } from '../countries.ts'
import { isFact } from '../fact.ts'
import type { StoredFigure } from '../queries.ts'
import { factText } from './fact-text.ts'
import { SourceText } from './SourceText.tsx'

/** Props of FigureTable. */
export interface FigureTableProps {
  t: Translator
  id: string
  caption: string
  figures: readonly StoredFigure[]
  /** Without the column of cities, on the page of one city. */
  isOneCity?: boolean
  /** Ranks and samples: only for results. */
  hasSample: boolean
  emptyText: string
}

/** Published figures, each with its year and source. */
export function FigureTable({ t, id, caption, figures, isOneCity = false, hasSample, emptyText }: FigureTableProps) {
  const what: TableColumn = { id: 'what', header: t('cities.published.column.what') }
  const columns: TableColumn[] = [
    ...(isOneCity ? [what] : [{ id: 'city', header: t('cities.published.column.city') }, what]),
    { id: 'value', header: t('cities.published.column.value'), align: 'end', isNarrow: true },
    { id: 'year', header: t('cities.published.column.year'), align: 'end', isNarrow: true },
    ...(hasSample ? [{ id: 'remark', header: t('cities.published.column.remark') }] : []),
    { id: 'source', header: t('cities.published.column.source') },
  ]
  const rows = figures.map((figure) => ({ id: String(figure.id), cells: cellsOf(t, figure) }))
  return <DataTable id={id} caption={caption} isCaptionHidden columns={columns} rows={rows} narrow="stack" emptyText={emptyText} />
}

function cellsOf(t: Translator, { city, country, code, value, year, sampleSize, remark, source }: StoredFigure) {
  const place =
    city === null
      ? t('cities.published.average')
      : country === null
        ? city
        : t('cities.published.place', { city, country: countryName(t.language, country) })
  return {
    city: place,
    what: codeText(t, code),
    value: valueText(t, code, value),
    year: year ?? t('cities.published.noYear'),
    remark: <RankText t={t} remark={remark} sampleSize={sampleSize} />,
    source: (
      <span class="source-text">
        <SourceText source={source} />
      </span>
    ),
  }
}

/** Rank and remark in the words of the source's reader, then how many cities were compared. */
function RankText({ t, remark, sampleSize }: { t: Translator } & Pick<StoredFigure, 'remark' | 'sampleSize'>) {
  if (remark === null && sampleSize === null) return <>{t('cities.published.notStated')}</>
  return (
    <span>
      {remark !== null && <span lang="en">{remark}</span>}
      {remark !== null && sampleSize !== null && '; '}
      {sampleSize !== null && t('cities.published.sample', { count: sampleSize })}
    </span>
  )
}

function codeText(t: Translator, code: string): string {
  if (isFact(code)) return t(`cities.fact.name.${code}`)
  const key = `cities.published.code.${code}`
  return isTextKey(key) ? t(key) : code
}

function valueText(t: Translator, code: string, value: number | null): string {
  if (value === null) return t('cities.published.noValue')
  return isFact(code) ? factText(t, code, value) : t('cities.published.points', { value: formatNumber(t.language, value) })
}
