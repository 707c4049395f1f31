import type { Translator } from '../../../text/text.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { NavTabs } from '../../../ui/NavTabs.tsx'
import type { SampleMode } from '../../benchmark/sample.ts'
import type { ComparedResult, MethodCheck } from '../../benchmark/usecases.ts'
import { defaultScheme } from '../../instrument/instrument.ts'
import { resultPath, type ResultView } from './view.ts'
import { differenceText, methodName, rankText, scoreText } from './words.ts'

interface Props {
  t: Translator
  compared: ComparedResult
  view: ResultView
}

/** Why there is no rank, or which one, in words. */
export function rankSentence(t: Translator, { assessment, scores, comparison, copy }: ComparedResult): string {
  const { core } = scores.indices
  const city = assessment.city.name
  if (core.score === null) return t('benchmark.rank.nothing', { city })
  const { core: rank } = comparison.ranks
  if (rank === null) return t('benchmark.rank.provisional', { city })
  if (rank.of === 1) return t('benchmark.rank.alone', { city })
  return t(copy === 'handed-in' ? 'benchmark.rank.is' : 'benchmark.rank.wouldBe', { city, rank: rankText(t, rank) })
}

function checkRow({ t, compared, view }: Props, check: MethodCheck, standard: MethodCheck) {
  const isStandard = check.method === standard.method
  const name = methodName(t, compared.instrument, check.method)
  const isScheme = check.method !== 'geometric'
  const scheme = isStandard ? null : check.method
  const shift = check.rank && standard.rank ? standard.rank.rank - check.rank.rank : null
  return {
    id: check.method,
    isOwn: isStandard,
    cells: {
      method: isScheme ? <a href={resultPath(compared.assessment.id, { ...view, scheme })}>{name}</a> : name,
      role: t(isStandard ? 'benchmark.checks.result' : 'benchmark.checks.check'),
      score: scoreText(t, check.score),
      difference: isStandard || check.score === null || standard.score === null ? '–' : differenceText(t, check.score - standard.score),
      rank: check.rank === null ? t('benchmark.rank.none') : rankText(t, check.rank),
      shift:
        isStandard || shift === null
          ? '–'
          : t(`benchmark.checks.shift.${shift > 0 ? 'up' : shift < 0 ? 'down' : 'same'}`, { places: Math.abs(shift) }),
    },
  }
}

/** The result first, the geometric mean last. */
const inOrder = (checks: readonly MethodCheck[], standard: MethodCheck): MethodCheck[] => [
  standard,
  ...checks.filter((check) => check !== standard && check.method !== 'geometric'),
  ...checks.filter(({ method }) => method === 'geometric'),
]

function Checks(props: Props) {
  const { t, compared } = props
  const { checks } = compared.comparison
  const standard = checks.find(({ method }) => method === defaultScheme(compared.instrument).id)!
  return (
    <>
      <h3>{t('benchmark.checks.title')}</h3>
      <p class="prose">{t('benchmark.checks.text')}</p>
      <DataTable
        id="checks"
        caption={t('benchmark.checks.caption')}
        narrow="stack"
        emptyText=""
        rows={inOrder(checks, standard).map((check) => checkRow(props, check, standard))}
        columns={[
          { id: 'method', header: t('benchmark.checks.method') },
          { id: 'role', header: t('benchmark.checks.role') },
          { id: 'score', header: t('results.index.core'), align: 'end', isNarrow: true },
          { id: 'difference', header: t('benchmark.checks.difference'), align: 'end', isNarrow: true },
          { id: 'rank', header: t('benchmark.checks.rank'), align: 'end' },
          { id: 'shift', header: t('benchmark.checks.places'), align: 'end' },
        ]}
      />
    </>
  )
}

/** With whom the city is compared: two samples, as links. */
function SampleChoice({ t, compared, view }: Props) {
  const link = (mode: SampleMode) => ({
    href: resultPath(compared.assessment.id, { ...view, mode }),
    text: t(`benchmark.sample.${mode}`),
    isCurrent: compared.comparison.mode === mode,
  })
  return (
    <>
      <NavTabs label={t('benchmark.sample.label')} links={[link('all'), link('wave')]} />
      <p class="small prose">
        {t(`benchmark.sample.${compared.comparison.mode}.text`, { n: compared.comparison.cities, wave: compared.assessment.wave.name })}
      </p>
    </>
  )
}

/** The rank, what it is exact to, and how far other methods move it. */
export function RankSection(props: Props) {
  const { t, compared } = props
  const { cities, ranks } = compared.comparison
  const unranked = ranks.core === null ? 0 : cities - ranks.core.of
  return (
    <section class="section" aria-labelledby="rank">
      <h2 id="rank">{t('benchmark.rank.title')}</h2>
      <div class="stack">
        <SampleChoice {...props} />
        <p class="prose">
          <strong>{rankSentence(t, compared)}</strong>
        </p>
        {unranked > 0 && <p class="prose">{t('benchmark.rank.unranked', { count: unranked })}</p>}
        {ranks.core !== null && <p class="prose">{t('benchmark.rank.exact')}</p>}
        <Checks {...props} />
        <a href={`/method/weights?city=${compared.assessment.city.slug}`}>{t('weights.page.link')}</a>
        <a href={`/compare?wave=${compared.assessment.wave.slug}`}>{t('compare.link')}</a>
      </div>
    </section>
  )
}
