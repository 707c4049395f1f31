import type { Translator } from '../../../text/text.ts'
import { IntervalBar } from '../../../ui/charts/IntervalBar.tsx'
import { StatNumber } from '../../../ui/StatNumber.tsx'
import type { ComparedResult } from '../../benchmark/usecases.ts'
import type { IndexId } from '../elements.ts'
import type { LevelScore } from '../results.ts'
import { resultPath, type ResultView } from './view.ts'
import { differenceText, exactText, percentText, scoreText } from './words.ts'

interface Props {
  t: Translator
  compared: ComparedResult
  view: ResultView
}

/** Bounds and coverage in words. */
export function boundsText(t: Translator, level: LevelScore): string {
  const coverage = percentText(t, level.coverage)
  if (level.score === null) return t('results.bounds.none')
  if (level.upper === level.score) return t('results.bounds.settled', { coverage })
  return t(level.isProvisional ? 'results.bounds.provisional' : 'results.bounds.open', { upper: exactText(t, level.exact.upper), coverage })
}

function IndexNumber({ t, compared, view, index }: Props & { index: IndexId }) {
  const level = compared.scores.indices[index]
  const label = t(index === 'core' ? 'results.index.core' : 'results.index.extended')
  const link = { href: resultPath(compared.assessment.id, view, `/${index}`), text: t('results.behind', { name: label }) }
  const score = exactText(t, level.exact.score)
  const bounds = boundsText(t, level)
  return (
    <div class="stack">
      <StatNumber label={label} value={score} unit={t('results.of100')} qualifier={bounds} link={link} />
      {level.score !== null && level.upper !== null && (
        <IntervalBar
          reading={`${label}: ${score}. ${bounds}`}
          value={level.score}
          outer={[level.score, level.upper]}
          ends={['0', '100']}
          valueText={t('results.bounds.range', { score, upper: exactText(t, level.exact.upper) })}
        />
      )}
    </div>
  )
}

/** What changed since the city's own earlier wave. */
function Change({ t, compared }: Props) {
  const { previous } = compared.comparison
  const { core } = compared.scores.indices
  const before = previous?.scores.get('core') ?? null
  if (previous === null || before === null) return <p class="prose">{t('results.previous.none')}</p>
  if (core.score === null || core.isProvisional)
    return <p class="prose">{t('results.previous.later', { wave: previous.wave.name, score: scoreText(t, before) })}</p>
  return (
    <p class="prose">
      {t('results.previous.change', {
        wave: previous.wave.name,
        score: scoreText(t, before),
        change: differenceText(t, core.score - before),
      })}
    </p>
  )
}

/** Core and extended index with what open answers could still add. */
export function IndexSection(props: Props) {
  const { t } = props
  return (
    <section class="section" aria-labelledby="index">
      <h2 id="index">{t('results.index.title')}</h2>
      <div class="stack">
        <p class="prose">{t('results.index.text')}</p>
        <div class="stat-row">
          <IndexNumber {...props} index="core" />
          <IndexNumber {...props} index="extended" />
        </div>
        <Change {...props} />
      </div>
    </section>
  )
}
