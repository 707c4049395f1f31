import type { FormErrors } from '../../../forms.ts'
import { newFormKey } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import type { AnswerFields } from '../../assessments/answer.ts'
import { mayWrite } from '../../assessments/assignment.ts'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { AnswerWords, Words } from '../../dialogue/pages/parts.tsx'
import { momentText, questionTitle, reviewContext } from '../../dialogue/pages/words.ts'
import { textOf } from '../../instrument/instrument.ts'
import type { Correction } from '../corrections.ts'
import type { Corrections } from '../usecases.ts'

export const mergeNotices = ['taken', 'kept'] as const

interface Props {
  t: Translator
  opened: Corrections
  errors: FormErrors
  done: { what: (typeof mergeNotices)[number]; count: number } | null
}

interface VersionProps {
  t: Translator
  opened: Corrections
  questionId: string
  title: string
  answer: (AnswerFields & { language: string | null }) | null
}

function Version({ t, opened, questionId, title, answer }: VersionProps) {
  return (
    <div class="correction-version">
      <h4>{title}</h4>
      {answer === null ? (
        <p>{t('corrections.advice.none')}</p>
      ) : (
        <AnswerWords t={t} instrument={opened.instrument} questionId={questionId} answer={answer} />
      )}
    </div>
  )
}

const seenOf = ({ questionId, working }: Correction): string => `${questionId}:${working.version}`

function Choice({ t, opened, correction }: { t: Translator; opened: Corrections; correction: Correction }) {
  const { questionId, proposed } = correction
  const title = questionTitle(t, opened.instrument, questionId)
  if (!mayWrite(opened.reach, questionId)) return <p>{t('corrections.obstacle.notYours')}</p>
  if (opened.obstacle === 'role') return null // said at the top of the page
  return (
    <form method="post" action={`/reviews/${opened.review.id}/corrections`}>
      <input type="hidden" name="_key" value={newFormKey()} />
      <input type="hidden" name="seen" value={seenOf(correction)} />
      <input type="hidden" name="oneByOne" value="yes" />
      <FormActions>
        {proposed !== null && opened.obstacle === null && (
          <Button id={`take-${questionId}`} name="decision" value="taken" hiddenSuffix={title}>
            {t('corrections.take')}
          </Button>
        )}
        <Button id={`keep-${questionId}`} kind="secondary" name="decision" value="kept" hiddenSuffix={title}>
          {t(proposed === null ? 'corrections.noted' : 'corrections.keep')}
        </Button>
      </FormActions>
    </form>
  )
}

function Article({ t, opened, correction }: { t: Translator; opened: Corrections; correction: Correction }) {
  const { questionId, decision, handedIn, working, proposed, isEdited, source } = correction
  const common = { t, opened, questionId }
  return (
    <article class="correction" id={`correction-${questionId}`}>
      <h3>{questionTitle(t, opened.instrument, questionId)}</h3>
      {decision !== null && (
        <p>
          <strong>{t(`dialogue.decision.${decision.decision}`)}</strong>
        </p>
      )}
      {decision?.reportText != null && <Words text={decision.reportText} language={null} />}
      {isEdited && <p class="correction-edited">{t('corrections.edited')}</p>}
      <div class="correction-versions">
        {isEdited && <Version {...common} title={t('corrections.version.handedIn')} answer={handedIn} />}
        <Version {...common} title={t('corrections.version.working')} answer={working} />
        <Version {...common} title={t('corrections.version.proposed')} answer={proposed} />
      </div>
      {proposed === null ? (
        <p>
          {t(opened.obstacle === 'wave' ? 'corrections.advice.closed' : 'corrections.advice.text')}{' '}
          <a href={`/assessments/${opened.review.assessmentId}/questions/${questionId}`}>{t('corrections.advice.link')}</a>
        </p>
      ) : (
        <p class="small">{t(`corrections.source.${source!}`)}</p>
      )}
      <Choice t={t} opened={opened} correction={correction} />
    </article>
  )
}

/** Take over or keep everything of an area at once; what the city has changed is left for one by one. */
function AreaForm({ t, opened, corrections, area }: { t: Translator; opened: Corrections; corrections: Correction[]; area: string }) {
  const own = corrections.filter(
    ({ questionId, proposed, isEdited }) => proposed !== null && !isEdited && mayWrite(opened.reach, questionId),
  )
  if (own.length < 2 || opened.obstacle !== null) return null
  return (
    <form class="correction-area" method="post" action={`/reviews/${opened.review.id}/corrections`}>
      <input type="hidden" name="_key" value={newFormKey()} />
      {own.map((correction) => (
        <input key={correction.questionId} type="hidden" name="seen" value={seenOf(correction)} />
      ))}
      <p>{t('corrections.area.text', { count: own.length })}</p>
      <FormActions>
        <Button kind="secondary" name="decision" value="taken" hiddenSuffix={area}>
          {t('corrections.area.take', { count: own.length })}
        </Button>
        <Button kind="quiet" name="decision" value="kept" hiddenSuffix={area}>
          {t('corrections.area.keep', { count: own.length })}
        </Button>
      </FormActions>
    </form>
  )
}

function Decided({ t, opened }: { t: Translator; opened: Corrections }) {
  const { merged, instrument } = opened
  if (merged.size === 0) return null
  return (
    <section class="section" aria-labelledby="decided">
      <h2 id="decided">{t('corrections.decided', { count: merged.size })}</h2>
      <ul>
        {[...merged.values()].map(({ questionId, decision, decidedAt, by }) => (
          <li key={questionId}>
            {questionTitle(t, instrument, questionId)}{' '}
            {t(`corrections.decided.${decision}`, { who: by ?? t('dialogue.somebody'), when: momentText(t, decidedAt) })}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What a closed review offers to the working copy: take over or keep, one by one or by area. */
export function CorrectionsPage({ t, opened, errors, done }: Props) {
  const { review, instrument, corrections, obstacle } = opened
  const names = textOf(instrument, t.language).dimensions
  const areas = instrument.dimensions.flatMap(({ id }) => {
    const own = corrections.filter(({ dimensionId }) => dimensionId === id)
    return own.length === 0 ? [] : [{ id, name: names[id]?.name ?? id, own }]
  })
  return (
    <>
      <Breadcrumbs
        label={t('dialogue.crumbs')}
        links={[
          { href: `/assessments/${review.assessmentId}`, text: reviewContext(review) },
          { href: `/reviews/${review.id}/city`, text: t('dialogue.city.title') },
        ]}
      />
      {done !== null && <Notice kind="success" title={t(`corrections.done.${done.what}`, { count: done.count })} isAnnounced />}
      <FormProblems t={t} errors={errors} />
      <PageHeading context={reviewContext(review)} title={t('corrections.page.title')} lead={t('corrections.page.lead')} />
      {obstacle !== null && <Notice kind="information" title={t(`corrections.obstacle.${obstacle}`)} />}
      {corrections.length === 0 && <EmptyState title={t('corrections.none')}>{t('corrections.noneText')}</EmptyState>}
      {areas.map(({ id, name, own }) => (
        <section key={id} class="section" aria-labelledby={`area-${id}`}>
          <h2 id={`area-${id}`}>{name}</h2>
          <AreaForm t={t} opened={opened} corrections={own} area={name} />
          {own.map((correction) => (
            <Article key={correction.questionId} t={t} opened={opened} correction={correction} />
          ))}
        </section>
      ))}
      <Decided t={t} opened={opened} />
    </>
  )
}
