import { textsUnder, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { emptyAnswer } from '../../assessments/answer.ts'
import { Choice, Guidance } from '../../assessments/pages/QuestionForm.tsx'
import { questionGroups, type QuestionView } from '../../assessments/question-view.ts'
import { type Dimension, type Instrument, questionsOf, textOf } from '../../instrument/instrument.ts'
import type { QuickAnswer } from '../quickcheck.ts'

/** Field of a question in the one form that holds them all. */
export const fieldName = (questionId: string): string => `answer-${questionId}`

/** Props of QuickCheckPage. */
export interface QuickCheckPageProps {
  t: Translator
  instrument: Instrument
  /** The anchor questions alone. */
  quick: Instrument
  answers: readonly QuickAnswer[]
  error: string | null
}

/** All anchor questions on one page, area by area, in one form that stores nothing. */
export function QuickCheckPage(props: QuickCheckPageProps) {
  const { t, instrument, quick, error } = props
  const asked = questionsOf(quick).length
  const first = questionsOf(quick)[0]?.id
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: '/', text: t('cities.crumb.start') }]} />
      {error !== null && <ErrorSummary title={t('quickcheck.problems')} errors={[{ fieldId: first, text: error }]} />}
      <PageHeading title={t('quickcheck.title')} lead={t('quickcheck.lead', { count: asked, total: questionsOf(instrument).length })} />
      <ul class="prose">
        <li>{t('quickcheck.how.1')}</li>
        <li>{t('quickcheck.how.2')}</li>
        <li>{t('quickcheck.how.3')}</li>
      </ul>
      <AreaLinks t={t} quick={quick} />
      <form
        class="quick-form"
        method="post"
        action="/quick-check"
        data-quick-check
        data-progress-text={textsUnder(t.language, 'quickcheck.script.')['progress']}
      >
        {quick.dimensions.map((dimension) => (
          <Area key={dimension.id} {...props} dimension={dimension} />
        ))}
        <div class="quick-foot">
          <FormActions>
            <Button name="action" value="show">
              {t('quickcheck.show')}
            </Button>
          </FormActions>
          <p class="quick-progress" role="status" data-progress />
        </div>
      </form>
    </>
  )
}

const countOf = ({ indicators }: Dimension): number => indicators.reduce((sum, { questions }) => sum + questions.length, 0)

function AreaLinks({ t, quick }: Pick<QuickCheckPageProps, 't' | 'quick'>) {
  const names = textOf(quick, t.language).dimensions
  return (
    <nav class="section" aria-labelledby="areas">
      <h2 id="areas">{t('quickcheck.areas')}</h2>
      <ol class="blank-contents quick-areas">
        {quick.dimensions.map((dimension) => (
          <li key={dimension.id}>
            <a href={`#area-${dimension.id}`}>{names[dimension.id]!.name}</a>{' '}
            <span class="small">{t('quickcheck.area.count', { count: countOf(dimension) })}</span>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Area({ t, quick, dimension, answers, instrument }: QuickCheckPageProps & { dimension: Dimension }) {
  const { name, description } = textOf(quick, t.language).dimensions[dimension.id]!
  const total = countOf(instrument.dimensions.find(({ id }) => id === dimension.id)!)
  const byQuestion = new Map(answers.map((answer) => [answer.questionId, answer]))
  return (
    <section class="blank-area" id={`area-${dimension.id}`} aria-labelledby={`area-${dimension.id}-name`}>
      <h2 id={`area-${dimension.id}-name`}>{name}</h2>
      <p class="blank-lead">
        {description} <span class="small">{t('quickcheck.area.of', { count: countOf(dimension), total })}</span>
      </p>
      {questionGroups(quick, dimension, t.language)
        .flatMap(({ questions }) => questions)
        .map((view) => (
          <Question key={view.rules.id} t={t} view={view} answer={byQuestion.get(view.rules.id)} />
        ))}
    </section>
  )
}

function Question({ t, view, answer }: { t: Translator; view: QuestionView; answer: QuickAnswer | undefined }) {
  const texts = textsUnder(t.language, 'assessments.form.')
  return (
    <div class="question" id={`question-${view.rules.id}`} data-question>
      <Choice view={view} draft={answer ?? emptyAnswer} texts={texts} isReadOnly={false} name={fieldName(view.rules.id)} />
      <Guidance view={view} texts={texts} />
    </div>
  )
}
