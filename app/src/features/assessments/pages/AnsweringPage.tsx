import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { StatusLine } from '../../../ui/StatusLine.tsx'
import { TwoColumns } from '../../../ui/TwoColumns.tsx'
import { type Dimension, type Instrument, questionsOf, textOf } from '../../instrument/instrument.ts'
import { neverSaved } from '../answer.ts'
import { type Assessment, progressOf, questionsOfDimension, type QuestionStatus } from '../assessment.ts'
import type { AnsweringProps } from '../question-view.ts'
import { AnswerList } from './AnswerList.tsx'
import { initialState } from '../saving.ts'
import { contextLine } from './parts.tsx'

interface Props {
  t: Translator
  assessment: Assessment
  /** With the questions that the person reads. */
  instrument: Instrument
  whole: Instrument
  dimension: Dimension
  statuses: ReadonlyMap<string, QuestionStatus>
  island: AnsweringProps
  due: string
  /** Just saved by a form without a script. */
  isSaved: boolean
}

/** The questions as the server draws them; the script takes this very markup over. */
export function AnsweringArea({ island }: { island: AnsweringProps }) {
  const known = new Map(island.answers.map((answer) => [answer.questionId, answer]))
  return (
    <div id="answering">
      <div class="answering">
        <AnswerList props={island} states={(id) => initialState(known.get(id) ?? neverSaved(id))} />
      </div>
    </div>
  )
}

function Messages({ t, island, isSaved }: Pick<Props, 't' | 'island' | 'isSaved'>) {
  return (
    <>
      {island.readOnly !== null && (
        <StatusLine state="read-only" text={t('assessments.form.status.read-only', { message: island.readOnly })} />
      )}
      {isSaved && <Notice kind="success" title={t('assessments.saved')} />}
    </>
  )
}

function neighbour(instrument: Instrument, dimension: Dimension, offset: number): Dimension | undefined {
  return instrument.dimensions[instrument.dimensions.findIndex(({ id }) => id === dimension.id) + offset]
}

function AreaContext({ t, assessment, instrument, dimension, due, island }: Props) {
  const next = neighbour(instrument, dimension, 1)
  const names = textOf(instrument, t.language).dimensions
  const base = `/assessments/${assessment.id}`
  return (
    <>
      <h2>{t('assessments.context.title')}</h2>
      <p>{due}</p>
      <p>{t('assessments.area.together')}</p>
      <ul class="plain-list">
        <li>
          <a href={`${base}/areas/${dimension.id}/check`}>{t('assessments.area.check')}</a>
        </li>
        {next && (
          <li>
            <a href={`${base}/areas/${next.id}`}>{t('assessments.area.next', { area: names[next.id]!.name })}</a>
          </li>
        )}
        {island.shown === null && (
          <li>
            <a href={`${base}/results/dimension:${dimension.id}`}>{t('assessments.area.result')}</a>
          </li>
        )}
        <li>
          <a href={base}>{t('assessments.area.all')}</a>
        </li>
      </ul>
    </>
  )
}

/** All questions of an area below each other. */
export function AreaPage(props: Props) {
  const { t, assessment, instrument, dimension, statuses, island } = props
  const text = textOf(instrument, t.language).dimensions[dimension.id]!
  const base = `/assessments/${assessment.id}`
  const progress = progressOf(questionsOfDimension(dimension).map((question) => statuses.get(question.id)!))
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
        context={`${contextLine(assessment)} · ${t('assessments.progress', { ...progress })}`}
        title={text.name}
        lead={text.description}
      />
      <TwoColumns contextLabel={t('assessments.context.title')} context={<AreaContext {...props} />}>
        <Messages {...props} />
        <AnsweringArea island={island} />
        <p>
          <ButtonLink href={`${base}/areas/${dimension.id}/check`}>{t('assessments.area.check')}</ButtonLink>
        </p>
      </TwoColumns>
    </>
  )
}

/** One question on a page of its own; for phones and for links. */
export function QuestionPage(props: Props) {
  const { t, assessment, instrument, whole, dimension, island } = props
  const ids = questionsOf(instrument).map((question) => question.id)
  const all = questionsOf(whole).map((question) => question.id)
  const i = ids.indexOf(island.only!)
  const base = `/assessments/${assessment.id}`
  const area = textOf(instrument, t.language).dimensions[dimension.id]!.name
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: base, text: contextLine(assessment) },
          { href: `${base}/areas/${dimension.id}`, text: area },
        ]}
      />
      <PageHeading
        context={`${contextLine(assessment)} · ${area}`}
        title={t('assessments.question.title', { number: all.indexOf(island.only!) + 1, count: all.length })}
      />
      <Messages {...props} />
      <AnsweringArea island={island} />
      <nav class="question-steps" aria-label={t('assessments.question.steps')}>
        {i > 0 && (
          <ButtonLink kind="secondary" href={`${base}/questions/${ids[i - 1]}`}>
            {t('assessments.question.previous')}
          </ButtonLink>
        )}
        {i < ids.length - 1 && <ButtonLink href={`${base}/questions/${ids[i + 1]}`}>{t('assessments.question.next')}</ButtonLink>}
        <a href={`${base}/areas/${dimension.id}#question-${island.only}`}>{t('assessments.question.area')}</a>
      </nav>
    </>
  )
}
