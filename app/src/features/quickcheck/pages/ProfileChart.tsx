import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { ChartFigure } from '../../../ui/charts/ChartFigure.tsx'
import type { ChartKeyTexts } from '../../../ui/charts/ChartKey.tsx'
import { type DotRow, DotRowChart } from '../../../ui/charts/DotRowChart.tsx'
import type { DataTableProps } from '../../../ui/DataTable.tsx'
import { type Instrument, textOf } from '../../instrument/instrument.ts'
import { chartKinds } from '../../results/pages/chart-response.ts'
import { exactText, scoreText } from '../../results/pages/words.ts'
import type { Profile, ProfileArea } from '../profile.ts'
import type { QuickSheet } from '../sheet.ts'

/** Props of ProfileChart. */
export interface ProfileChartProps {
  t: Translator
  instrument: Instrument
  profile: Profile
  /** The answers, which the files of the chart are made from. */
  sheet: QuickSheet
}

type Drawn = Omit<ProfileChartProps, 'sheet'>

export const nameOf = ({ t, instrument }: Drawn, { dimension }: ProfileArea): string =>
  textOf(instrument, t.language).dimensions[dimension.id]!.name

/** The areas as dot rows: own answers, and what open ones could still add. */
export function ProfileChart(props: ProfileChartProps) {
  const { t, profile } = props
  return (
    <div class="section">
      <ChartFigure
        id="profile"
        title={chartTitle(props)}
        subtitle={t('quickcheck.profile.chart.subtitle')}
        summary={chartSummary(props)}
        table={{ open: t('quickcheck.profile.chart.table'), content: tableOf(props) }}
        foot={chartFoot(props)}
      >
        <DotRowChart
          label={t('quickcheck.profile.title')}
          rows={profile.areas.map((area) => rowOf(props, area))}
          keys={chartKeys(props)}
          readingHint={t('quickcheck.profile.chart.hint')}
        />
      </ChartFigure>
      <ChartDownloads {...props} />
    </div>
  )
}

/** The files of the chart. Nothing is kept on the server, and answers do not belong into an address, so the form sends them along. */
function ChartDownloads({ t, sheet }: ProfileChartProps) {
  return (
    <form method="post" action="/quick-check/chart" data-quick-on>
      <input type="hidden" name="sheet" value={JSON.stringify(sheet)} />
      <ul class="chart-downloads" aria-label={t('results.chart.downloads')}>
        {chartKinds.map((kind) => (
          <li key={kind}>
            <Button kind="quiet" name="kind" value={kind}>
              {t(`results.chart.${kind}`)}
            </Button>
          </li>
        ))}
      </ul>
    </form>
  )
}

export function chartSummary({ t, profile: { areas } }: Drawn): string {
  return t('quickcheck.profile.chart.summary', { shown: areas.filter(({ score }) => score !== null).length, all: areas.length })
}

/** That nobody has checked it, and what it rests on. */
export function chartFoot({ t, instrument, profile: { asked } }: Drawn): string[] {
  const { title } = textOf(instrument, t.language).instrument
  return [t('quickcheck.profile.chart.footProvisional'), t('quickcheck.profile.chart.foot', { asked, title, version: instrument.version })]
}

export function chartKeys({ t, profile: { areas } }: Drawn): ChartKeyTexts {
  const isOpen = areas.some(({ score, upper }) => score !== null && upper !== score)
  return { provisional: t('quickcheck.profile.chart.own'), upper: isOpen ? t('quickcheck.profile.chart.upper') : undefined }
}

/** Only areas without an open question can be the strongest or the weakest. */
export function chartTitle(props: Drawn): string {
  const { t, profile } = props
  const scored = profile.areas.filter(({ score }) => score !== null)
  if (scored.length === 0) return t('quickcheck.profile.chart.title.none')
  const settled = scored.filter(({ score, upper }) => score === upper).sort((a, b) => b.score! - a.score!)
  const [best, worst] = [settled[0], settled.at(-1)]
  if (best === undefined || worst === undefined || best.score === worst.score)
    return t('quickcheck.profile.chart.title.first', { count: scored.length })
  return t('quickcheck.profile.chart.title.both', { best: nameOf(props, best), worst: nameOf(props, worst) })
}

const valueOf = (t: Translator, { score, exact }: ProfileArea): string =>
  score === null ? t('quickcheck.profile.noScore') : exactText(t, exact)

export function rowOf(props: Drawn, area: ProfileArea): DotRow {
  const { t } = props
  const { score, upper, answered, asked, total } = area
  const name = nameOf(props, area)
  const values = { name, score: valueOf(t, area), upper: scoreText(t, upper), answered, asked, total }
  return {
    id: area.dimension.id,
    label: name,
    href: `#area-${area.dimension.id}`,
    valueText: valueOf(t, area),
    reading: t(score !== null && upper !== score ? 'quickcheck.profile.readingUpper' : 'quickcheck.profile.reading', values),
    own: score,
    upper,
    provisional: score !== null,
  }
}

function tableOf(props: Drawn): DataTableProps {
  const { t, profile } = props
  const number = (id: string, header: string) => ({ id, header, align: 'end' as const })
  return {
    id: 'profile-table',
    caption: t('quickcheck.profile.chart.subtitle'),
    emptyText: t('quickcheck.profile.chart.title.none'),
    columns: [
      { id: 'area', header: t('quickcheck.profile.column.area') },
      number('score', t('quickcheck.profile.column.score')),
      number('upper', t('quickcheck.profile.column.upper')),
      number('answered', t('quickcheck.profile.column.answered')),
      number('total', t('quickcheck.profile.column.total')),
    ],
    rows: profile.areas.map((area) => ({
      id: area.dimension.id,
      cells: {
        area: nameOf(props, area),
        score: valueOf(t, area),
        upper: scoreText(t, area.upper),
        answered: t('quickcheck.profile.ofAsked', { answered: area.answered, asked: area.asked }),
        total: String(area.total),
      },
    })),
  }
}
