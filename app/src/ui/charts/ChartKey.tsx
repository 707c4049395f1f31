import type { VNode } from 'preact'
import { PeerMedian } from './DotRowMarks.tsx'

/** What each role is called; a role without a text is not in the key. */
export interface ChartKeyTexts {
  own?: string
  /** Any city, where there is one in each row. */
  city?: string
  provisional?: string
  upper?: string
  previous?: string
  groupDots?: string
  groupMedian?: string
  networkMedian?: string
  band?: string
  /** All cities as dots, in a distribution. */
  networkDots?: string
}

/** The sign of each role, in a field of 24 by 16 around (12, 8). */
export const keySigns: Record<keyof ChartKeyTexts, VNode> = {
  own: <circle class="mark-own" cx="12" cy="8" r="6" />,
  city: <circle class="mark-city" cx="12" cy="8" r="5" />,
  provisional: (
    <>
      <circle class="mark-provisional" cx="12" cy="8" r="7" />
      <circle class="mark-own" cx="12" cy="8" r="4" />
    </>
  ),
  upper: (
    <>
      <line class="mark-upper" x1="1" x2="22" y1="8" y2="8" />
      <line class="mark-upper-end" x1="22" x2="22" y1="3" y2="13" />
    </>
  ),
  previous: (
    <>
      <line class="mark-change" x1="6" x2="24" y1="8" y2="8" />
      <circle class="mark-previous" cx="7" cy="8" r="5" />
    </>
  ),
  groupDots: (
    <>
      <circle class="mark-peer" cx="5" cy="8" r="3" />
      <circle class="mark-peer" cx="12" cy="8" r="3" />
      <circle class="mark-peer" cx="19" cy="8" r="3" />
    </>
  ),
  groupMedian: <PeerMedian x={12} y={8} />,
  networkMedian: <line class="mark-network" x1="12" x2="12" y1="0" y2="16" />,
  band: <rect class="mark-band mark-band-key" x="0.5" y="1.5" width="23" height="13" />,
  networkDots: (
    <>
      <circle class="mark-city" cx="5" cy="11" r="3" />
      <circle class="mark-city" cx="12" cy="11" r="3" />
      <circle class="mark-city" cx="12" cy="4" r="3" />
      <circle class="mark-city" cx="19" cy="11" r="3" />
    </>
  ),
}

/** The roles that have a text, in the order of the signs. */
export function keyEntries(texts: ChartKeyTexts): { role: keyof ChartKeyTexts; text: string }[] {
  const roles = Object.keys(keySigns) as (keyof ChartKeyTexts)[]
  return roles.flatMap((role) => {
    const text = texts[role]
    return text === undefined ? [] : [{ role, text }]
  })
}

/** One line that names shape and colour of each role. */
export function ChartKey({ texts }: { texts: ChartKeyTexts }) {
  return (
    <ul class="chart-key">
      {keyEntries(texts).map(({ role, text }) => (
        <li key={role}>
          <svg width="24" height="16" viewBox="0 0 24 16" aria-hidden="true" focusable="false">
            {keySigns[role]}
          </svg>
          {text}
        </li>
      ))}
    </ul>
  )
}
