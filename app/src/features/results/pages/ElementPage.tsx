import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { StatNumber } from '../../../ui/StatNumber.tsx'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { type Dimension, type Indicator, textOf } from '../../instrument/instrument.ts'
import { type ElementRef, elementText, type IndexId } from '../elements.ts'
import type { LevelScore } from '../results.ts'
import { boundsText } from './IndexSection.tsx'
import { groupName, leadOf, shownCluster, toLevelRow } from './level-rows.ts'
import { QuestionTable } from './QuestionTable.tsx'
import { CopyNotice, type ResultPageProps, SchemeNotice } from './ResultPage.tsx'
import { resultPath } from './view.ts'
import { differenceText, exactText, markCheck, percentText, scoreText } from './words.ts'

interface Props extends ResultPageProps {
  element: ElementRef
}

/** The areas and indicators below an element; an index has all of its areas. */
function below({ compared: { instrument }, element }: Props): { dimension: Dimension; indicators: readonly Indicator[] }[] {
  const { kind, id } = element
  return instrument.dimensions.flatMap((dimension) => {
    if (kind === 'index') return id === 'extended' || dimension.set === 'core' ? [{ dimension, indicators: dimension.indicators }] : []
    const indicators =
      kind === 'dimension'
        ? dimension.id === id
          ? dimension.indicators
          : []
        : dimension.indicators.filter((indicator) => indicator.id === id)
    return indicators.length > 0 ? [{ dimension, indicators }] : []
  })
}

export function levelOf({ compared: { scores }, element: { kind, id } }: Pick<Props, 'compared' | 'element'>): LevelScore {
  if (kind === 'index') return scores.indices[id as IndexId]
  return (kind === 'dimension' ? scores.dimensions : scores.indicators).find((level) => level.id === id)!
}

/** Weights and gains are those of the core index, unless the element belongs to the extended one only. */
function indexOf(props: Props): IndexId {
  const { element } = props
  if (element.kind === 'index') return element.id as IndexId
  return below(props).every(({ dimension }) => dimension.set === 'core') ? 'core' : 'extended'
}

function Numbers(props: Props) {
  const { t, compared, element } = props
  const level = levelOf(props)
  const { network, cluster, previous, ...row } = toLevelRow(t, compared, element, level)
  const shown = shownCluster(compared)
  const lead = leadOf({ network, cluster, previous, ...row })
  const beside = (median: number) =>
    level.score === null || level.isProvisional ? undefined : t('results.element.lead', { lead: differenceText(t, level.score - median) })
  return (
    <div class="stat-row">
      <StatNumber
        label={t('results.element.own')}
        value={exactText(t, level.exact.score)}
        unit={t('results.of100')}
        qualifier={boundsText(t, level)}
      />
      {network && (
        <StatNumber
          label={t('results.element.network', { n: network.n })}
          value={scoreText(t, network.median)}
          qualifier={lead === null ? undefined : t('results.element.lead', { lead: differenceText(t, lead) })}
        />
      )}
      {shown && cluster !== null && cluster.median !== null && (
        <StatNumber
          label={t('results.element.cluster', { group: groupName(t, compared, shown), n: cluster.n })}
          value={scoreText(t, cluster.median)}
          qualifier={beside(cluster.median)}
        />
      )}
      {previous !== null && compared.comparison.previous && (
        <StatNumber
          label={t('results.element.previous', { wave: compared.comparison.previous.wave.name })}
          value={scoreText(t, previous)}
          qualifier={beside(previous)}
        />
      )}
    </div>
  )
}

function IndicatorQuestions({
  props,
  dimension,
  indicator,
  isOnly,
}: {
  props: Props
  dimension: Dimension
  indicator: Indicator
  isOnly: boolean
}) {
  const { t, compared, view, element, canChange } = props
  const { name } = textOf(compared.instrument, t.language).indicators[indicator.id]!
  const ref: ElementRef = { kind: 'indicator', id: indicator.id }
  const level = levelOf({ compared, element: ref })
  const weight = compared.scores.questions
    .filter(({ id }) => indicator.questions.some((question) => question.id === id))
    .reduce((sum, question) => sum + question.effectiveWeight[indexOf(props)], 0)
  const area = textOf(compared.instrument, t.language).dimensions[dimension.id]!.name
  const title = element.kind === 'index' && area !== name ? t('results.element.inArea', { area, name }) : name
  return (
    <section class="section">
      {!isOnly && (
        <>
          <h2>
            <a href={resultPath(compared.assessment.id, view, `/${elementText(ref)}`)}>{title}</a>
          </h2>
          <p>{t(`results.element.part.${indexOf(props)}`, { score: exactText(t, level.exact.score), weight: percentText(t, weight) })}</p>
        </>
      )}
      <QuestionTable
        t={t}
        compared={compared}
        id={`questions-${indicator.id}`}
        caption={t('results.element.questions', { name })}
        isCaptionHidden={!isOnly}
        questions={indicator.questions}
        index={indexOf(props)}
        canChange={canChange}
      />
    </section>
  )
}

/** The questions behind one number: what was answered, what it earned, why not more, and where to change it. */
export function ElementPage(props: Props) {
  const { t, compared, view, element } = props
  const { assessment } = compared
  const level = levelOf(props)
  const { name } = toLevelRow(t, compared, element, level)
  const text = textOf(compared.instrument, t.language)
  const lead =
    element.kind === 'index'
      ? t('results.element.indexLead')
      : (element.kind === 'dimension' ? text.dimensions : text.indicators)[element.id]!.description
  const parts = below(props).flatMap(({ dimension, indicators }) => indicators.map((indicator) => ({ dimension, indicator })))
  const crumbs = [
    { href: '/home', text: t('app.nav.home') },
    { href: `/assessments/${assessment.id}`, text: contextLine(assessment) },
    { href: resultPath(assessment.id, view), text: t('results.crumb') },
  ]
  return (
    <>
      <Breadcrumbs label={t('assessments.breadcrumbs')} links={crumbs} />
      <PageHeading context={contextLine(assessment)} title={markCheck(t, compared, elementTitle(t, name, level))} lead={lead} />
      <div class="stack">
        <SchemeNotice t={t} compared={compared} view={view} page={`/${elementText(element)}`} />
        <CopyNotice t={t} compared={compared} view={view} page={`/${elementText(element)}`} />
      </div>
      <section class="section" aria-label={t('results.element.numbers')}>
        <Numbers {...props} />
        <p class="prose">{t('results.element.how')}</p>
      </section>
      {parts.map(({ dimension, indicator }) => (
        <IndicatorQuestions key={indicator.id} props={props} dimension={dimension} indicator={indicator} isOnly={parts.length === 1} />
      ))}
      <p class="small">{assessment.city.isSynthetic && <strong>{t('results.synthetic')}</strong>}</p>
    </>
  )
}

/** "Language: 62.5 of 100" */
export function elementTitle(t: Translator, name: string, level: LevelScore): string {
  if (level.score === null) return t('results.element.title.none', { name })
  return t(level.isProvisional ? 'results.element.title.provisional' : 'results.element.title.own', {
    name,
    score: exactText(t, level.exact.score),
  })
}
