import { useEffect, useRef, useState } from 'preact/hooks'
import { fill, localeOf } from '../../../text/fill.ts'

interface Score {
  area: number | null
  index: number | null
}

interface ScoresResponse {
  indices: { core: { score: number | null } }
  dimensions: { id: string; score: number | null }[]
}

const pause = 700 // milliseconds after a save, so that a quick series of answers asks once

async function fetchScore(assessmentId: string, dimensionId: string): Promise<Score | null> {
  const response = await fetch(`/api/v1/assessments/${assessmentId}/scores`).catch(() => null)
  if (!response?.ok) return null
  const { indices, dimensions } = (await response.json()) as ScoresResponse
  return { area: dimensions.find((dimension) => dimension.id === dimensionId)?.score ?? null, index: indices.core.score }
}

/** Shows how the scores of the area and the index move with each saved answer: from where to where. */
export function ScoreLine({
  assessmentId,
  dimension,
  language,
  texts,
  saves,
}: {
  assessmentId: string
  dimension: { id: string; name: string }
  language: string
  texts: Record<string, string>
  saves: number
}) {
  const first = useRef<Score | null>(null)
  const [score, setScore] = useState<Score | null>(null)
  useEffect(() => {
    const timer = setTimeout(
      async () => {
        const next = await fetchScore(assessmentId, dimension.id)
        if (next === null) return
        first.current ??= next
        setScore(next)
      },
      saves === 0 ? 0 : pause,
    )
    return () => clearTimeout(timer)
  }, [saves])
  if (score === null || first.current === null) return null
  const number = (value: number | null) =>
    value === null ? '–' : new Intl.NumberFormat(localeOf(language), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value)
  const line = (name: string, before: number | null, now: number | null) => (
    <div class="score-line-row">
      <dt>{name}</dt>
      <dd>
        {before === now
          ? fill(texts['score.is'], { now: number(now) })
          : fill(texts['score.moved'], { before: number(before), now: number(now) })}
      </dd>
    </div>
  )
  return (
    <aside class="score-line" aria-label={texts['score.title']}>
      <dl aria-live="polite">
        {line(dimension.name, first.current.area, score.area)}
        {line(texts['score.index']!, first.current.index, score.index)}
      </dl>
      <a href={`/assessments/${assessmentId}/results`}>{texts['score.why']}</a>
    </aside>
  )
}
