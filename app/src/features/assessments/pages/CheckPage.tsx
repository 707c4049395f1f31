import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList, type SummaryRow } from '../../../ui/SummaryList.tsx'
import { type Dimension, type Instrument, questionsOf, textOf } from '../../instrument/instrument.ts'
import { type Assessment, progressOf, questionsOfDimension, type QuestionStatus } from '../assessment.ts'
import { contextLine, exclusionText } from './parts.tsx'

interface Props {
  t: Translator
  assessment: Assessment
  instrument: Instrument
  statuses: ReadonlyMap<string, QuestionStatus>
  /** One area, or all of them. */
  dimensions: readonly Dimension[]
  readOnly: string | null
  /** The person reads only what is theirs. */
  isPart: boolean
}

function Value({ status, t, instrument }: { status: QuestionStatus; t: Translator; instrument: Instrument }) {
  const { question, answer, state, lacksReason, exclusion } = status
  const text = textOf(instrument, t.language)
  if (exclusion !== null) return <>{exclusionText(t, instrument, exclusion)}</>
  const words =
    state === 'answered'
      ? answer!.options!.map((option) => text.questions[question.id]!.options[option] ?? option).join('; ')
      : t(`assessments.state.${state}`)
  return (
    <>
      {words}
      {lacksReason && <p class="field-error">{t('assessments.check.lacksReason')}</p>}
      {answer?.reason && state === 'not-applicable' && <p lang={answer.language ?? undefined}>{answer.reason}</p>}
      {answer?.explanation && (
        <p class="answer-explanation" lang={answer.language ?? undefined}>
          {answer.explanation}
        </p>
      )}
    </>
  )
}

function rows({ t, assessment, instrument, statuses, readOnly }: Props, dimension: Dimension): SummaryRow[] {
  const text = textOf(instrument, t.language)
  const numbers = new Map(questionsOf(instrument).map((question, i) => [question.id, i + 1]))
  return questionsOfDimension(dimension).map((question) => {
    const status = statuses.get(question.id)!
    const number = numbers.get(question.id)!
    return {
      term: `${number} ${text.questions[question.id]!.question}`,
      value: <Value status={status} t={t} instrument={instrument} />,
      isEmpty: status.state === 'open' || status.state === 'hidden' || status.state === 'excluded',
      action:
        readOnly === null
          ? {
              href: `/assessments/${assessment.id}/questions/${question.id}`,
              text: t('assessments.check.change'),
              hiddenSuffix: t('assessments.check.changeSuffix', { number }),
            }
          : undefined,
    }
  })
}

/** All answers to be read once more, each with its way back. */
export function CheckPage(props: Props) {
  const { t, assessment, instrument, statuses, dimensions } = props
  const text = textOf(instrument, t.language)
  const base = `/assessments/${assessment.id}`
  const isWhole = dimensions.length !== 1
  const progress = progressOf(dimensions.flatMap(questionsOfDimension).map((question) => statuses.get(question.id)!))
  const open = progress.asked - progress.answered
  const name = isWhole ? t('assessments.check.whole') : text.dimensions[dimensions[0]!.id]!.name
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: base, text: contextLine(assessment) },
        ]}
      />
      <PageHeading
        context={contextLine(assessment)}
        title={t('assessments.check.title', { area: name })}
        lead={t('assessments.check.lead')}
      />
      <Notice kind="information" title={t('assessments.progress', { ...progress })}>
        <p>{open === 0 ? t('assessments.check.allAnswered') : t('assessments.check.open', { open })}</p>
      </Notice>
      {dimensions.map((dimension) => (
        <section key={dimension.id}>
          {isWhole && <h2>{text.dimensions[dimension.id]!.name}</h2>}
          <SummaryList rows={rows(props, dimension)} />
        </section>
      ))}
      <div class="form-actions">
        {isWhole && !props.isPart ? (
          <ButtonLink href={`${base}/submit`}>{t('assessments.check.submit')}</ButtonLink>
        ) : (
          <ButtonLink href={base}>{t('assessments.check.done')}</ButtonLink>
        )}
        {!isWhole && (
          <ButtonLink kind="secondary" href={`${base}/areas/${dimensions[0]!.id}`}>
            {t('assessments.check.back')}
          </ButtonLink>
        )}
      </div>
    </>
  )
}
