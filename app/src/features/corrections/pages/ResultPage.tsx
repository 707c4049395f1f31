import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { StatNumber } from '../../../ui/StatNumber.tsx'
import { DecisionArticle } from '../../dialogue/pages/DecisionArticle.tsx'
import { questionTitle, reviewContext } from '../../dialogue/pages/words.ts'
import { textOf } from '../../instrument/instrument.ts'
import { exactText, percentText } from '../../results/pages/words.ts'
import type { BothScores, ReviewResult } from '../result.ts'

interface Props {
  t: Translator
  result: ReviewResult
}

const verifiedText = (t: Translator, { verified }: BothScores): string => exactText(t, verified?.exact.score ?? null)
const shareText = (t: Translator, { verified }: BothScores): string => percentText(t, verified?.share ?? null)

function Indices({ t, result }: Props) {
  const { core, extended } = result.indices
  const qualifier = (level: BothScores) => t('corrections.result.share', { share: shareText(t, level) })
  return (
    <div class="stat-row">
      <StatNumber label={t('corrections.result.ownCore')} value={exactText(t, core.exact.score)} unit={t('results.of100')} />
      <StatNumber
        label={t('corrections.result.verifiedCore')}
        value={verifiedText(t, core)}
        unit={t('results.of100')}
        qualifier={qualifier(core)}
      />
      <StatNumber label={t('corrections.result.ownExtended')} value={exactText(t, extended.exact.score)} unit={t('results.of100')} />
      <StatNumber
        label={t('corrections.result.verifiedExtended')}
        value={verifiedText(t, extended)}
        unit={t('results.of100')}
        qualifier={qualifier(extended)}
      />
    </div>
  )
}

function Areas({ t, result }: Props) {
  const names = textOf(result.instrument, t.language).dimensions
  return (
    <DataTable
      id="areas"
      caption={t('corrections.result.areas')}
      narrow="stack"
      emptyText="–"
      columns={[
        { id: 'area', header: t('corrections.result.area') },
        { id: 'own', header: t('corrections.result.own'), align: 'end' },
        { id: 'verified', header: t('corrections.result.verified'), align: 'end' },
        { id: 'share', header: t('corrections.result.shareShort'), align: 'end' },
      ]}
      rows={result.dimensions.map((level) => ({
        id: level.id,
        cells: {
          area: names[level.id]?.name ?? level.id,
          own: exactText(t, level.exact.score),
          verified: verifiedText(t, level),
          share: shareText(t, level),
        },
      }))}
    />
  )
}

/** Self-reported and verified score side by side, and why they differ, question by question. */
export function ResultPage({ t, result }: Props) {
  const { review, instrument, decisions, unsettled, isOwn } = result
  const others = decisions.filter(({ decision }) => decision !== 'agreed')
  const agreed = decisions.filter(({ decision }) => decision === 'agreed')
  const crumbs = isOwn
    ? [
        { href: `/assessments/${review.assessmentId}`, text: reviewContext(review) },
        { href: `/reviews/${review.id}/city`, text: t('dialogue.city.title') },
      ]
    : [{ href: '/home', text: t('app.nav.home') }]
  return (
    <>
      <Breadcrumbs label={t('dialogue.crumbs')} links={crumbs} />
      <PageHeading context={reviewContext(review)} title={t('corrections.result.title')} lead={t('corrections.result.lead')} />
      {unsettled.length > 0 && (
        <Notice kind="warning" title={t('corrections.result.unsettled', { count: unsettled.length })}>
          <ul>
            {unsettled.map((id) => (
              <li key={id}>{questionTitle(t, instrument, id)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Indices t={t} result={result} />
      <p class="prose dialogue-text">
        {t(result.indices.extended.verified?.share === 1 ? 'corrections.result.textAll' : 'corrections.result.text')}
      </p>
      <Areas t={t} result={result} />
      {isOwn && (
        <p>
          <a href={`/reviews/${review.id}/decisions`}>{t('dialogue.decisions.title')}</a>
          {review.closedAt !== null && (
            <>
              {' · '}
              <a href={`/reviews/${review.id}/corrections`}>{t('corrections.page.title')}</a>
            </>
          )}
        </p>
      )}
      <section class="section" aria-labelledby="others">
        <h2 id="others">{t('corrections.result.others', { count: others.length })}</h2>
        {others.map((decision) => (
          <DecisionArticle key={decision.questionId} t={t} instrument={instrument} decision={decision} />
        ))}
      </section>
      {agreed.length > 0 && (
        <Disclosure summary={t('corrections.result.agreed', { count: agreed.length })}>
          <ul>
            {agreed.map(({ questionId }) => (
              <li key={questionId}>{questionTitle(t, instrument, questionId)}</li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  )
}
