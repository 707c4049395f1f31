import { countryName } from '../../cities/countries.ts'
import { DataTable, type TableColumn } from '../../../ui/DataTable.tsx'
import { at, between } from '../../../ui/charts/position.ts'
import { ScoreAxis } from '../../../ui/charts/ScoreAxis.tsx'
import type { CityLine } from '../all-cities.ts'
import { finestScheme } from '../city-lines.ts'
import { comparePath, firstDirection, type SortKey } from '../compare-state.ts'
import type { Quartiles } from '../sorted.ts'
import type { CompareView } from './compare-view.ts'
import { bandText, levelName, lineReading, percent, points } from './compare-words.ts'

interface Props {
  view: CompareView
  /** Page whose address the headings change: "" or "/map". */
  page: string
  /** Without the boxes to pick cities by and without dots: beside a drawing of its own. */
  isPlain?: boolean
}

/** Column headings sort: the same again turns round. */
function sorting({ state }: CompareView, page: string, sort: SortKey): TableColumn['sort'] {
  const isCurrent = state.sort === sort
  const turned = state.direction === 'ascending' ? 'descending' : 'ascending'
  const direction = isCurrent ? turned : firstDirection(sort)
  return {
    href: comparePath(page, { ...state, sort, direction, page: 1 }),
    direction: isCurrent ? state.direction : undefined,
  }
}

function columnsOf({ view, page, isPlain = false }: Props): TableColumn[] {
  const { t, state, compared } = view
  const number = (id: SortKey, header: string): TableColumn => ({
    id,
    header,
    align: 'end',
    isNarrow: true,
    sort: sorting(view, page, id),
  })
  return [
    { id: 'name', header: t('compare.column.city'), sort: sorting(view, page, 'name') },
    { id: 'country', header: t('compare.column.country'), sort: sorting(view, page, 'country') },
    { id: 'size', header: t('compare.column.size'), align: 'end', isNarrow: true, sort: sorting(view, page, 'size') },
    number('core', t('results.index.core')),
    number('rank', t('compare.column.rank')),
    number('coverage', t('compare.column.coverage')),
    ...(compared.hasVerified ? [number('verified', t('compare.column.verified'))] : []),
    ...(state.level === 'core' ? [] : [{ ...number('level', levelName(t, compared.instrument, state.level)), isNarrow: false }]),
    ...(isPlain
      ? []
      : [
          { id: 'track', header: levelName(t, compared.instrument, state.level), head: <ScoreAxis /> },
          { id: 'pick', header: t('compare.column.pick'), isNarrow: true },
        ]),
  ]
}

/** One city's dot over the middle half of all cities. */
function Track({ score, network, isOwn, reading }: { score: number | null; network: Quartiles | null; isOwn: boolean; reading: string }) {
  return (
    <div class="city-track" data-reading={reading}>
      <svg aria-hidden="true">
        {network && <rect class="mark-band" x={at(network.q1)} width={between(network.q1, network.q3)} height="24" />}
        {network && <line class="mark-network" x1={at(network.median)} x2={at(network.median)} y2="24" />}
        {score !== null && <circle class={isOwn ? 'mark-own' : 'mark-city'} cx={at(score)} cy="12" r={isOwn ? 6 : 5} />}
      </svg>
    </div>
  )
}

function RankCell({ t, line }: { t: CompareView['t']; line: CityLine }) {
  if (line.rank === null) return <>–</>
  const { rank, low, high } = line.rank
  return (
    <>
      {rank}
      {low !== high && <span class="small"> {t('compare.rank.range', { low, high })}</span>}
    </>
  )
}

/** The verified score, and how much was reviewed where it is not everything. */
function VerifiedCell({ t, line: { verified } }: { t: CompareView['t']; line: CityLine }) {
  if (verified === null || verified.score === null) return <>–</>
  return (
    <>
      {points(t, verified.score)}
      {verified.share < 1 && <span class="small"> ({percent(t, verified.share)})</span>}
    </>
  )
}

function rowOf({ view, isPlain = false }: Props, line: CityLine) {
  const { t, state, compared, ownIds } = view
  const scheme = finestScheme(compared.instrument, 'population')
  const isOwn = ownIds.has(line.id)
  const isOlder = line.wave.slug !== compared.wave.slug
  const level = compared.levelOf(line)
  return {
    id: line.slug,
    href: `/cities/${line.slug}`,
    isOwn,
    cells: {
      name: line.name,
      country: (
        <>
          {countryName(t.language, line.country)}
          {isOlder && <span class="small city-wave"> {line.wave.name}</span>}
        </>
      ),
      size: bandText(t, scheme, line.size, 1000),
      core: line.core === null ? <span class="small">{t('compare.provisional')}</span> : points(t, line.core),
      rank: <RankCell t={t} line={line} />,
      coverage: percent(t, line.coverage),
      verified: compared.hasVerified ? <VerifiedCell t={t} line={line} /> : null,
      level: points(t, level),
      track: isPlain ? null : <Track score={level} network={compared.network} isOwn={isOwn} reading={lineReading(t, compared, line)} />,
      pick: (
        <label class="pick">
          <input type="checkbox" name="pick" value={line.slug} checked={state.picks.includes(line.slug)} />
          <span class="visually-hidden">{t('compare.pick', { city: line.name })}</span>
        </label>
      ),
    },
  }
}

/** Cities as rows: their facts, their figures and their dot. */
export function CityTable(props: Props) {
  const { view } = props
  const { t, shown } = view
  return (
    <DataTable
      id="all-cities"
      caption={t('compare.caption')}
      isCaptionHidden
      narrow="stack"
      columns={columnsOf(props)}
      rows={shown.map((line) => rowOf(props, line))}
      emptyText={t('compare.nothing')}
    />
  )
}
