import { inContext } from '../../db/context.ts'
import type { Services } from '../../services.ts'
import { formatNumber, type Translator } from '../../text/text.ts'
import type { EmblemPiece } from '../../ui/charts/CityEmblem.tsx'
import { StatNumber } from '../../ui/StatNumber.tsx'
import type { StoredResult } from '../benchmark/queries.ts'
import { actionFields, defaultScheme, type Dimension } from '../instrument/instrument.ts'
import { dimensionElement } from '../results/elements.ts'
import { listClosedWaveIds } from './queries.ts'
import { verifiedSection } from './verified.tsx'

/** Place of the action field that most questions of an area touch, 1-5: the hue of its piece. */
function hueOf({ indicators }: Dimension): EmblemPiece['hue'] {
  const counts = actionFields.map(
    (field) => indicators.flatMap(({ questions }) => questions).filter((question) => question.fields.includes(field)).length,
  )
  return (counts.indexOf(Math.max(...counts)) + 1) as EmblemPiece['hue']
}

function scoreReader({ elements, scores }: StoredResult): (element: string) => number | null {
  const positions = new Map(elements.split(' ').map((element, i) => [element, i]))
  return (element) => {
    const score = scores[positions.get(element) ?? -1] ?? NaN
    return Number.isNaN(score) ? null : score
  }
}

function Figures({ t, result, isReviewed }: { t: Translator; result: StoredResult; isReviewed: boolean }) {
  const scoreOf = scoreReader(result)
  const figure = (index: 'core' | 'extended') => (
    <StatNumber
      label={t(`start.city.${index}`)}
      value={formatNumber(t.language, scoreOf(index), 1)}
      unit={t('start.city.of100')}
      qualifier={t(isReviewed ? 'start.city.beforeReview' : 'start.city.selfReported', { wave: result.wave.name })}
    />
  )
  return (
    <>
      <div class="stat-row">
        {figure('core')}
        {figure('extended')}
      </div>
      <p class="small">{t('start.city.demonstration')}</p>
    </>
  )
}

/** Self-reported figures of the newest closed wave. Only invented cities show them: a real city's become public by publication. */
async function reportedResult({ db, results, instruments, now }: Services, t: Translator, city: { id: string; isSynthetic: boolean }) {
  if (!city.isSynthetic) return null
  await results.refresh(db)
  const closed = new Set(await inContext(db, { scope: 'comparison' }, (tx) => listClosedWaveIds(tx, now())))
  const own = results
    .list(instruments.currentId, defaultScheme(instruments.current).id)
    .filter((result) => result.cityId === city.id && closed.has(result.wave.id))
  const newest = own.toSorted((a, b) => b.wave.opensAt.getTime() - a.wave.opensAt.getTime())[0]
  if (newest === undefined) return null
  const scoreOf = scoreReader(newest)
  const emblem = instruments.current.dimensions.map((dimension) => ({
    score: scoreOf(dimensionElement(dimension.id)),
    hue: hueOf(dimension),
  }))
  return { content: <Figures t={t} result={newest} isReviewed={results.verifiedOf(newest) !== null} />, emblem }
}

/**
 * What a city's public page shows: its self-reported figures where they are public, and what experts found in a published review.
 */
export async function publicResult(services: Services, t: Translator, city: { id: string; isSynthetic: boolean }) {
  const reported = await reportedResult(services, t, city)
  const verified = await verifiedSection(services, t, city.id)
  if (verified === null) return reported
  const content = (
    <>
      {reported?.content}
      {verified}
    </>
  )
  const empty = services.instruments.current.dimensions.map((dimension) => ({ score: null, hue: hueOf(dimension) }))
  return { emblem: reported?.emblem ?? empty, content }
}
