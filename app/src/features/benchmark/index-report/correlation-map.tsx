import type { CorrelationFlag } from '@tessera/engine'
import { Figure, FoldedTable, Section, type Column } from './parts.tsx'
import { formatCoefficient, nameElement, type IndexReport } from './report.ts'
import { shorten } from './row-chart.tsx'

const cell = 14
const margin = 190
const most = 120

/** Correlations of all indicators as a map, the pairs that stand out, and every number. */
export function CorrelationSection({ report }: { readonly report: IndexReport }) {
  const { t, audit } = report
  const { codes } = audit.correlations
  const flags = audit.families.flatMap((family) => family.flags.map((flag) => ({ ...flag, parent: family.parent })))
  const title = t('index-report.correlations.title')
  const count = (kind: CorrelationFlag['kind']) => flags.filter((flag) => flag.kind === kind).length
  return (
    <Section id="correlations" title={title}>
      <p>{t('index-report.correlations.lead')}</p>
      {codes.length > most ? (
        <p class="notice">{t('index-report.correlations.tooMany', { most })}</p>
      ) : (
        <Figure
          isMap
          label={title}
          key_={mapKey(report)}
          chart={<CorrelationMap report={report} flags={flags} />}
          summary={t('index-report.correlations.summary', { redundant: count('redundant'), opposed: count('opposed') })}
        />
      )}
      {flags.length > 0 && (
        <FoldedTable t={t} id="flags" caption={t('index-report.correlations.flags')} columns={flagColumns(report)} rows={flags} />
      )}
      <FoldedTable t={t} id="correlations-table" caption={title} columns={matrixColumns(report)} rows={codes.map((_, i) => i)} />
    </Section>
  )
}

function flagColumns(report: IndexReport): Column<CorrelationFlag & { parent: string }>[] {
  const { t } = report
  return [
    { header: t('index-report.correlations.pair'), cell: ({ elements }) => elements.map((code) => nameElement(report, code)).join(' – ') },
    {
      header: t('index-report.correlations.kind'),
      cell: ({ kind }) => t(kind === 'redundant' ? 'index-report.correlations.redundant' : 'index-report.correlations.opposed'),
    },
    { header: t('index-report.correlations.coefficient'), cell: ({ value }) => formatCoefficient(t, value), isNumber: true },
    { header: t('index-report.correlations.units'), cell: ({ pairs }) => String(pairs), isNumber: true },
    { header: t('index-report.parent'), cell: ({ parent }) => nameElement(report, parent) },
  ]
}

function matrixColumns(report: IndexReport): Column<number>[] {
  const { t, audit } = report
  const { codes, values } = audit.correlations
  return [
    { header: t('index-report.element'), cell: (row) => nameElement(report, codes[row] ?? '') },
    ...codes.map((code, j): Column<number> => ({
      header: code,
      cell: (row) => formatCoefficient(t, values[row]?.[j] ?? null),
      isNumber: true,
    })),
  ]
}

/** Fill of a cell: petrol for positive, ochre for negative, the paper for none; the deeper, the closer to 1 or -1. */
function fillOf(value: number): string {
  const deep = value >= 0 ? [0x0b, 0x5c, 0x6b] : [0xa8, 0x74, 0x1a]
  const paper = [0xfb, 0xfa, 0xf7]
  const mixed = deep.map((part, i) => Math.round((paper[i] ?? 0) + (part - (paper[i] ?? 0)) * Math.min(1, Math.abs(value))))
  return `rgb(${mixed.join(',')})`
}

function CorrelationMap({ report, flags }: { readonly report: IndexReport; readonly flags: readonly CorrelationFlag[] }) {
  const { t, audit } = report
  const { codes, values } = audit.correlations
  const size = margin + codes.length * cell + cell
  const height = codes.length * cell + 70
  const flagged = new Map(flags.map(({ elements, kind }) => [elements.join(' '), kind]))
  const place = (i: number) => margin + i * cell
  return (
    <svg viewBox={`0 0 ${size} ${height}`} width={size} height={height} role="img" aria-labelledby="map-svg">
      <title id="map-svg">{t('index-report.correlations.title')}</title>
      {codes.map((code, i) => (
        <g key={code}>
          <text class="small" x={margin - 6} y={i * cell + 10} text-anchor="end">
            {shorten(nameElement(report, code), 34)}
          </text>
          {values.slice(0, i).map((__, j) => {
            const value = values[i]?.[j] ?? null
            const kind = flagged.get(`${codes[j]} ${code}`)
            return value === null ? null : (
              <MapCell
                key={j}
                x={place(j)}
                y={i * cell}
                value={value}
                kind={kind}
                name={`${codes[j]}, ${code}: ${formatCoefficient(t, value)}`}
              />
            )
          })}
          <text class="small" transform={`translate(${place(i) + 9} ${codes.length * cell + 8}) rotate(90)`}>
            {shorten(code, 9)}
          </text>
        </g>
      ))}
    </svg>
  )
}

interface MapCellProps {
  readonly x: number
  readonly y: number
  readonly value: number
  readonly kind: CorrelationFlag['kind'] | undefined
  readonly name: string
}

/** One cell; pairs that stand out carry a sign, so that colour is never alone. */
function MapCell({ x, y, value, kind, name }: MapCellProps) {
  return (
    <g>
      <rect x={x} y={y} width={cell - 1} height={cell - 1} fill={fillOf(value)}>
        <title>{name}</title>
      </rect>
      {kind === 'redundant' && <circle cx={x + 6.5} cy={y + 6.5} r={3} fill="#fbfaf7" />}
      {kind === 'opposed' && <path d={`M${x + 3} ${y + 3}l7 7m0 -7l-7 7`} stroke="#14213d" stroke-width={1.8} />}
    </g>
  )
}

function mapKey({ t }: IndexReport) {
  const square = (value: number) => <rect x={7} y={0} width={14} height={14} fill={fillOf(value)} />
  return [
    { sign: square(0.9), text: t('index-report.key.positive') },
    { sign: square(-0.9), text: t('index-report.key.negative') },
    {
      sign: (
        <>
          {square(1)}
          <circle cx={14} cy={7} r={3} fill="#fbfaf7" />
        </>
      ),
      text: t('index-report.correlations.redundant'),
    },
    {
      sign: (
        <>
          {square(-0.7)}
          <path d="M10.5 3.5l7 7m0 -7l-7 7" stroke="#14213d" stroke-width={1.8} />
        </>
      ),
      text: t('index-report.correlations.opposed'),
    },
  ]
}
