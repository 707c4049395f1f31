import { renderToString } from 'preact-render-to-string'
import { expect, it } from 'vitest'
import { DistributionStrip } from './DistributionStrip.tsx'

const draw = (count: number) =>
  renderToString(
    <DistributionStrip
      label={`${count} cities`}
      cities={Array.from({ length: count }, (_, i) => ({ score: i % 100, reading: `City ${i}` }))}
      own={{ score: 64, text: 'Lindenburg 64' }}
      quartiles={[25, 75]}
      keys={{ own: 'Lindenburg' }}
      readingHint="Arrow keys"
      binReading={(from, to, n) => `${from} to ${to}: ${n}`}
    />,
  )

it('shows up to 400 cities as dots that can be read one by one', () => {
  const html = draw(400)
  expect(html.match(/class="mark-city"/g)).toHaveLength(400)
  expect(html).toContain('data-reading="City 399"')
})

it('shows more of them as bars of one point', () => {
  const html = draw(5000)
  expect(html).not.toContain('mark-city')
  expect(html.match(/class="mark-bar"/g)).toHaveLength(100)
  expect(html).toContain('data-reading="7 to 8: 50"')
})

it('names the chart and the own city in words', () => {
  const html = draw(0)
  expect(html).toContain('role="img" aria-label="0 cities"')
  expect(html).toContain('<span>Lindenburg 64</span>')
})
