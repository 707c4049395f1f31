import type { Translator } from '../../../text/text.ts'
import { ChartFigure } from '../../../ui/charts/ChartFigure.tsx'
import { type DotRow, DotRowChart } from '../../../ui/charts/DotRowChart.tsx'
import type { DataTableProps } from '../../../ui/DataTable.tsx'
import { type Instrument, textOf } from '../../instrument/instrument.ts'
import { exactText, scoreText } from '../../results/pages/words.ts'
import type { Profile, ProfileArea } from '../profile.ts'

interface Props {
  t: Translator
  instrument: Instrument
  profile: Profile
}

const nameOf = ({ t, instrument }: Props, { dimension }: ProfileArea): string =>
  textOf(instrument, t.language).dimensions[dimension.id]!.name

/** The areas as dot rows: own answers, and what open ones could still add. */
export function ProfileChart(props: Props) {
  const { t, instrument, profile } = props
  const { areas, asked } = profile
  const isOpen = areas.some(({ score, upper }) => score !== null && upper !== score)
  return (
    <div class="section">
      <ChartFigure
        id="profile"
        title={titleOf(props)}
        subtitle={t('quickcheck.profile.chart.subtitle')}
        summary={t('quickcheck.profile.chart.summary', { shown: areas.filter(({ score }) => score !== null).length, all: areas.length })}
        table={{ open: t('quickcheck.profile.chart.table'), content: tableOf(props) }}
        foot={[
          t('quickcheck.profile.chart.footProvisional'),
          t('quickcheck.profile.chart.foot', {
            asked,
            title: textOf(instrument, t.language).instrument.title,
            version: instrument.version,
          }),
        ]}
      >
        <DotRowChart
          label={t('quickcheck.profile.title')}
          rows={areas.map((area) => rowOf(props, area))}
          keys={{
            provisional: t('quickcheck.profile.chart.own'),
            upper: isOpen ? t('quickcheck.profile.chart.upper') : undefined,
          }}
          readingHint={t('quickcheck.profile.chart.hint')}
        />
      </ChartFigure>
    </div>
  )
}

/** Only areas without an open question can be the strongest or the weakest. */
function titleOf(props: Props): string {
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

function rowOf(props: Props, area: ProfileArea): DotRow {
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

function tableOf(props: Props): DataTableProps {
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
