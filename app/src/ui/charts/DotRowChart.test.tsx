import { renderToString } from 'preact-render-to-string'
import { expect, it } from 'vitest'
import { DotRowChart, type DotRow } from './DotRowChart.tsx'

const language: DotRow = {
  id: 'language',
  label: 'Language',
  href: '/areas/language',
  own: 62,
  upper: 70,
  previous: 55,
  groupMedian: 69,
  groupDots: [40, 80],
  bandLow: 45,
  bandHigh: 65,
  networkMedian: 54,
  valueText: '62',
  reading: 'Language: 62, 7 below the median of cities like you',
}
const draw = (row: DotRow) =>
  renderToString(<DotRowChart label="Areas" rows={[row]} keys={{ own: 'Lindenburg' }} readingHint="Arrow keys read row by row." />)

it('draws each role at its score', () => {
  const html = draw(language)
  expect(html).toContain('<circle class="mark-own" cx="62%" cy="0" r="6">')
  expect(html).toContain('<circle class="mark-previous" cx="55%"')
  expect(html).toContain('<line class="mark-change" x1="55%" x2="62%"')
  expect(html).toContain('<line class="mark-upper" x1="62%" x2="70%"')
  expect(html).toContain('<rect class="mark-band" x="45%" width="20%"')
  expect(html).toContain('<line class="mark-network" x1="54%" x2="54%"')
  expect(html.match(/class="mark-peer"/g)).toHaveLength(2)
  expect(html).toContain('<svg x="69%"')
})

it('says the row in words, with its value and its link', () => {
  const html = draw(language)
  expect(html).toContain(`role="img" aria-label="${language.reading}"`)
  expect(html).toContain('<a href="/areas/language">Language</a>')
  expect(html).toContain('<span class="dot-row-value">62</span>')
})

it('draws no own mark where there is no score', () => {
  const html = draw({ ...language, own: null, valueText: 'no score' })
  const marks = html.slice(html.indexOf('dot-row-list'))
  for (const mark of ['mark-own', 'mark-upper', 'mark-change', 'mark-provisional']) expect(marks).not.toContain(mark)
  expect(marks).toContain('dot-row-value is-missing')
})

it('draws a score of 0 and no extension where nothing can be added', () => {
  const html = draw({ ...language, own: 0, upper: 0, previous: null })
  expect(html).toContain('class="mark-own" cx="0%"')
  expect(html).not.toContain('mark-upper')
})

it('needs no inline style', () => {
  expect(draw(language)).not.toContain('style=')
})
