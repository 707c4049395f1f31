import { fill } from '../../../text/fill.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Pagination } from '../../../ui/Pagination.tsx'
import { IntervalBar } from '../../../ui/charts/IntervalBar.tsx'
import { type NamedRank, oneDecimal, pageSize, type ShownRanks, weightsAddress, type WeightsProps } from './weights-state.ts'

interface Props extends WeightsProps {
  shown: ShownRanks
}

/** "31 to 38", or the one rank where both ends are the same. */
function rangeText({ texts }: WeightsProps, low: number, high: number): string {
  return low === high ? String(low) : fill(texts['range'], { low, high })
}

function readingOf(props: Props, { name, rank, q5, q25, q75, q95 }: NamedRank): string {
  return fill(props.texts['reading'], {
    city: name,
    rank,
    of: props.shown.total,
    half: rangeText(props, q25, q75),
    most: rangeText(props, q5, q95),
  })
}

interface BarProps {
  row: NamedRank
  props: Props
  valueText: string
  /** Ranks at the start and at the end of the axis. */
  domain: readonly [number, number]
}

function Bar({ row, props, valueText, domain }: BarProps) {
  return (
    <IntervalBar
      reading={readingOf(props, row)}
      value={row.rank}
      inner={[row.q25, row.q75]}
      outer={[row.q5, row.q95]}
      domain={domain}
      ends={[fill(props.texts['end'], { rank: domain[0] }), fill(props.texts['end'], { rank: domain[1] })]}
      valueText={valueText}
    />
  )
}

/** What dot, dark bar and pale bar mean. */
function Key({ texts }: WeightsProps) {
  return (
    <ul class="chart-key">
      <li>
        <svg width="24" height="16" aria-hidden="true">
          <circle class="mark-own" cx="12" cy="8" r="6" />
        </svg>
        {texts['key.rank']}
      </li>
      <li>
        <svg width="24" height="16" aria-hidden="true">
          <rect class="mark-inner" x="1" y="4" width="22" height="8" rx="2" />
        </svg>
        {texts['key.half']}
      </li>
      <li>
        <svg width="24" height="16" aria-hidden="true">
          <rect class="mark-outer" x="1" y="4" width="22" height="8" rx="2" />
        </svg>
        {texts['key.most']}
      </li>
    </ul>
  )
}

/** Whole tens of ranks that hold all rows, so that the axis stands still while weights move a little. */
function domainOf(rows: readonly NamedRank[], last: number): [number, number] {
  const high = Math.min(...rows.map(({ q5, rank }) => Math.min(q5, rank)))
  const low = Math.max(...rows.map(({ q95, rank }) => Math.max(q95, rank)))
  return [Math.min(last, Math.ceil(low / 10) * 10), Math.max(1, Math.floor(high / 10) * 10)]
}

/** The chosen city in one line that stays in sight while its weights are moved on a narrow screen. */
export function OwnBar(props: Props) {
  const { shown, texts } = props
  const { own } = shown
  if (own === null) return null
  const valueText = fill(texts['bar'], { city: own.name, rank: own.rank, most: rangeText(props, own.q5, own.q95) })
  return (
    <div class="weight-own" aria-hidden="true">
      <Bar row={own} props={props} valueText={valueText} domain={[shown.total, 1]} />
    </div>
  )
}

/** The chosen city among those just before and after it. */
export function Neighbours(props: Props) {
  const { texts, shown } = props
  const { own, neighbours: rows } = shown
  const city = shown.city.name
  const domain = rows.length > 0 ? domainOf(rows, shown.total) : ([1, 1] as const)
  return (
    <section class="weight-result" aria-labelledby="neighbours">
      <h2 id="neighbours">{fill(texts['neighbours.title'], { city })}</h2>
      {own === null ? (
        <p>{fill(texts['neighbours.none'], { city })}</p>
      ) : (
        <>
          <p class="prose">
            <strong>{readingOf(props, own)}</strong>
          </p>
          <Key {...props} />
          <ol class="rank-bars">
            {rows.map((row) => (
              <li key={row.slug} class={row.slug === shown.city.slug ? 'is-own' : undefined}>
                <Bar
                  row={row}
                  props={props}
                  domain={domain}
                  valueText={fill(texts['bar'], { city: row.name, rank: row.rank, most: rangeText(props, row.q5, row.q95) })}
                />
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}

function tableRow(props: Props, row: NamedRank) {
  return {
    id: row.slug,
    isOwn: row.slug === props.shown.city.slug,
    cells: {
      city: row.name,
      rank: String(row.rank),
      score: oneDecimal(props.language, row.score),
      half: rangeText(props, row.q25, row.q75),
      most: rangeText(props, row.q5, row.q95),
      bar: (
        <div class="rank-bar" aria-hidden="true">
          <Bar row={row} props={props} valueText="" domain={[props.shown.total, 1]} />
        </div>
      ),
    },
  }
}

/** All cities by rank, a page at a time. */
export function AllCities(props: Props) {
  const { texts, state, shown } = props
  const { page, total, rows } = shown
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const link = (to: number, key: string) => ({ href: `${weightsAddress({ ...state, page: to })}#all`, text: texts[key]! })
  return (
    <section class="weight-result" aria-labelledby="all">
      <h2 id="all">{texts['all.title']}</h2>
      <DataTable
        id="all-cities"
        caption={texts['all.caption']}
        emptyText=""
        rows={rows.map((row) => tableRow(props, row))}
        columns={[
          { id: 'city', header: texts['column.city']! },
          { id: 'rank', header: texts['column.rank']!, align: 'end', isNarrow: true },
          { id: 'score', header: texts['column.score']!, align: 'end', isNarrow: true },
          { id: 'half', header: texts['column.half']!, align: 'end' },
          { id: 'most', header: texts['column.most']!, align: 'end' },
          { id: 'bar', header: texts['column.bar']! },
        ]}
      />
      <Pagination
        label={texts['all.pages']!}
        status={fill(texts['all.status'], {
          first: (page - 1) * pageSize + 1,
          last: (page - 1) * pageSize + rows.length,
          total,
        })}
        previous={page > 1 ? link(page - 1, 'all.previous') : undefined}
        next={page < pages ? link(page + 1, 'all.next') : undefined}
      />
      <p>
        <a href={weightsAddress(state, '.csv')} download>
          {texts['csv']}
        </a>
      </p>
    </section>
  )
}
