import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { contextLine } from '../../assessments/pages/parts.tsx'
import type { ComparedResult } from '../../benchmark/usecases.ts'
import { defaultScheme } from '../../instrument/instrument.ts'
import { ClusterSection } from './ClusterSection.tsx'
import { chartSummary } from './downloads.ts'
import { IndexSection } from './IndexSection.tsx'
import { LevelChart } from './LevelChart.tsx'
import { largestGains, QuestionTable } from './QuestionTable.tsx'
import { RankSection } from './RankSection.tsx'
import { resultPath, type ResultView } from './view.ts'
import { exactText, markCheck, methodName, percentText } from './words.ts'

export interface ResultPageProps {
  t: Translator
  compared: ComparedResult
  view: ResultView
  /** Whether the reader can change answers now. */
  canChange: boolean
  now: Date
}

/** The finding as a sentence. */
export function resultTitle(t: Translator, compared: ComparedResult): string {
  return markCheck(t, compared, findingOf(t, compared))
}

function findingOf(t: Translator, { assessment, scores, comparison, copy }: ComparedResult): string {
  const { core } = scores.indices
  const { core: rank } = comparison.ranks
  const values = { city: assessment.city.name, score: exactText(t, core.exact.score), coverage: percentText(t, core.coverage) }
  if (core.score === null || core.coverage === 0) return t('results.title.empty', values)
  if (rank === null) return t('results.title.provisional', values)
  if (rank.of === 1) return t('results.title.alone', values)
  return t(copy === 'handed-in' ? 'results.title.ranked' : 'results.title.wouldBe', { ...values, rank: rank.rank, of: rank.of })
}

/** Stands wherever another weighting than the result's is shown. */
export function SchemeNotice({
  t,
  compared,
  view,
  page = '',
}: {
  t: Translator
  compared: ComparedResult
  view: ResultView
  page?: string
}) {
  const { scores, instrument, assessment } = compared
  const standard = defaultScheme(instrument).id
  if (scores.scheme === standard) return null
  const values = { scheme: methodName(t, instrument, scores.scheme), standard: methodName(t, instrument, standard) }
  return (
    <Notice kind="warning" title={t('benchmark.notResult.title')}>
      <p>{t('benchmark.notResult.text', values)}</p>
      <p>
        <a href={resultPath(assessment.id, { ...view, scheme: null }, page)}>{t('benchmark.notResult.back')}</a>
      </p>
    </Notice>
  )
}

/** Which copy is shown, and where the other one is. */
export function CopyNotice({ t, compared, view, page = '' }: { t: Translator; compared: ComparedResult; view: ResultView; page?: string }) {
  const { handedIn, copy, changed, assessment } = compared
  if (handedIn === null)
    return (
      <Notice kind="information" title={t('results.copy.draft.title')}>
        <p>{t('results.copy.draft.text')}</p>
        <p>
          <a href={`/assessments/${assessment.id}/submit`}>{t('results.copy.submit')}</a>
        </p>
      </Notice>
    )
  if (changed.length === 0) return <p>{t('results.copy.same', { date: formatDateTime(t.language, handedIn.frozenAt) })}</p>
  const other = resultPath(assessment.id, { ...view, copy: copy === 'handed-in' ? 'current' : null }, page)
  const values = { changed: changed.length, date: formatDateTime(t.language, handedIn.frozenAt) }
  return (
    <Notice kind={copy === 'handed-in' ? 'information' : 'warning'} title={t(`results.copy.${copy}.title`, values)}>
      <p>{t(`results.copy.${copy}.text`, values)}</p>
      <p>
        <a href={other}>{t(`results.copy.${copy}.other`)}</a>
      </p>
      <p>
        <a href={`/assessments/${assessment.id}/submit`}>{t('results.copy.submitAgain')}</a>
      </p>
    </Notice>
  )
}

const shownGains = 10

function GainSection({ t, compared, canChange }: ResultPageProps) {
  return (
    <section class="section" aria-labelledby="gains">
      <h2 id="gains">{t('results.gain.title')}</h2>
      <div class="stack">
        <p class="prose">{t('results.gain.text')}</p>
        <QuestionTable
          t={t}
          compared={compared}
          id="gains-table"
          caption={t('results.gain.caption', { count: shownGains })}
          questions={largestGains(compared, 'core', shownGains)}
          index="core"
          canChange={canChange}
        />
      </div>
    </section>
  )
}

function Files({ t, compared, view }: ResultPageProps) {
  const path = (ending: string) => resultPath(compared.assessment.id, view).replace('/results', `/results.${ending}`)
  return (
    <section class="section prose" aria-labelledby="files">
      <h2 id="files">{t('results.files.title')}</h2>
      <p>{t('results.files.text')}</p>
      <ul>
        <li>
          <a href={path('csv')} download>
            {t('results.files.csv')}
          </a>
        </li>
        <li>
          <a href={path('json')} download>
            {t('results.files.json')}
          </a>
        </li>
        <li>
          <a href="/method">{t('results.files.method')}</a>
        </li>
      </ul>
      <InsetText>{t('results.words')}</InsetText>
    </section>
  )
}

/** Where a city stands: index, rank, areas, comparable cities and what would move the index. */
export function ResultPage(props: ResultPageProps) {
  const { t, compared, view, now } = props
  const { assessment, scores } = compared
  const crumbs = [
    { href: '/home', text: t('app.nav.home') },
    { href: `/assessments/${assessment.id}`, text: contextLine(assessment) },
  ]
  const isEmpty = scores.indices.core.score === null || scores.indices.core.coverage === 0
  return (
    <>
      <Breadcrumbs label={t('assessments.breadcrumbs')} links={crumbs} />
      <PageHeading
        context={contextLine(assessment)}
        title={resultTitle(t, compared)}
        lead={isEmpty ? undefined : chartSummary(t, compared, 'areas')}
      />
      <div class="stack">
        <SchemeNotice t={t} compared={compared} view={view} />
        {!isEmpty && <CopyNotice t={t} compared={compared} view={view} />}
      </div>
      {isEmpty ? (
        <EmptyState
          title={t('results.empty.title')}
          action={<ButtonLink href={`/assessments/${assessment.id}`}>{t('results.empty.action')}</ButtonLink>}
        >
          {t('results.empty.text')}
        </EmptyState>
      ) : (
        <>
          <IndexSection t={t} compared={compared} view={view} />
          <RankSection t={t} compared={compared} view={view} />
        </>
      )}
      <LevelChart t={t} compared={compared} view={view} level="areas" now={now} />
      <LevelChart t={t} compared={compared} view={view} level="indicators" now={now} />
      <ClusterSection t={t} compared={compared} view={view} />
      {!isEmpty && <GainSection {...props} />}
      <Files {...props} />
    </>
  )
}
