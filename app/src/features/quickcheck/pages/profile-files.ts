import { toCsv } from '../../../csv.ts'
import { dotRowFile } from '../../../ui/charts/dot-row-file.tsx'
import { chartFoot, chartKeys, chartSummary, chartTitle, nameOf, type ProfileChartProps, rowOf } from './ProfileChart.tsx'

type Drawn = Omit<ProfileChartProps, 'sheet'>

/** The profile as an SVG file. */
export function profileSvg(drawn: Drawn): string {
  const { t, profile } = drawn
  const texts = {
    title: chartTitle(drawn),
    subtitle: t('quickcheck.profile.chart.subtitle'),
    description: chartSummary(drawn),
    foot: chartFoot(drawn),
    language: t.language,
  }
  return dotRowFile(texts, { rows: profile.areas.map((area) => rowOf(drawn, area)), keys: chartKeys(drawn) })
}

const columns = ['area', 'name', 'score', 'upper', 'answered', 'asked', 'total', 'kind', 'instrument', 'instrumentVersion'] as const

/** All numbers of the profile, unrounded, each row marked as a quick check. */
export function profileCsv(drawn: Drawn): string {
  const { profile, instrument } = drawn
  const rows = profile.areas.map((area) => {
    const { dimension, score, upper, answered, asked, total } = area
    return [dimension.id, nameOf(drawn, area), score, upper, answered, asked, total, 'quick-check', instrument.id, instrument.version]
  })
  return toCsv(columns, rows)
}
