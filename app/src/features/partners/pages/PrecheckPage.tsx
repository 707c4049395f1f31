import { formatDate, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { questionsOfDimension } from '../../assessments/assessment.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import type { OpenedQuestionnaire } from '../../assessments/usecases.ts'
import { type Dimension, questionNumbers, type QuestionRules, textOf } from '../../instrument/instrument.ts'
import { isOutdated, type PrecheckMark, readinessOf } from '../partner.ts'
import { choiceWords } from './answer-words.ts'

interface Props extends OpenedQuestionnaire {
  t: Translator
  marks: ReadonlyMap<string, PrecheckMark>
  canMark: boolean
  saved: string | null
}

function MarkForm({
  t,
  assessment,
  question,
  mark,
  number,
}: Props & { question: QuestionRules; mark: PrecheckMark | undefined; number: number }) {
  return (
    <Disclosure summary={mark === undefined ? t('partners.precheck.doMark', { number }) : t('partners.precheck.change', { number })}>
      <form class="form" method="post" action={`/assessments/${assessment.id}/precheck/${question.id}`}>
        <input type="hidden" name="version" value={mark?.version ?? 0} />
        <RadioGroup
          name="mark"
          id={`mark-${question.id}`}
          label={t('partners.precheck.mark')}
          options={[
            { value: 'ready', label: t('partners.precheck.ready') },
            { value: 'needs-work', label: t('partners.precheck.needs-work') },
          ]}
          value={mark?.mark}
        />
        <TextField
          name="remark"
          id={`remark-${question.id}`}
          label={t('partners.precheck.remark')}
          optionalText={t('guests.form.optional')}
          value={mark?.remark ?? ''}
        />
        <Button kind="secondary" hiddenSuffix={t('partners.suggestions.of', { number })}>
          {t('partners.precheck.save')}
        </Button>
      </form>
    </Disclosure>
  )
}

function Row(props: Props & { question: QuestionRules }) {
  const { t, whole, answers, marks, canMark, assessment, question } = props
  const number = questionNumbers(whole).get(question.id)!
  const answer = answers.get(question.id)
  const mark = marks.get(question.id)
  const state =
    mark === undefined
      ? t('partners.precheck.notLookedAt')
      : isOutdated(mark, answer?.version ?? 0)
        ? t('partners.precheck.outdated', { mark: t(`partners.precheck.${mark.mark}`) })
        : t(`partners.precheck.${mark.mark}`)
  return (
    <li class="precheck-row" id={`question-${question.id}`}>
      <p>
        <a href={`/assessments/${assessment.id}/questions/${question.id}`}>
          {number} {textOf(whole, t.language).questions[question.id]!.question}
        </a>
      </p>
      <p>{choiceWords(t, whole, question.id, answer ?? { options: null, missing: null })}</p>
      <p class={mark?.mark === 'needs-work' ? 'work-link-alert' : undefined}>{state}</p>
      {mark?.remark && <p>{mark.remark}</p>}
      {mark && (
        <p class="small">{t('partners.suggestions.by', { name: mark.by?.name ?? '–', date: formatDate(t.language, mark.markedAt) })}</p>
      )}
      {canMark && <MarkForm {...props} mark={mark} number={number} />}
    </li>
  )
}

function Area(props: Props & { dimension: Dimension }) {
  const { t, whole, answers, marks, dimension } = props
  const questions = questionsOfDimension(dimension)
  const versions = new Map([...answers].map(([id, { version }]) => [id, version]))
  const readiness = readinessOf(
    questions.map(({ id }) => id),
    marks,
    versions,
  )
  return (
    <section class="section">
      <h2>{textOf(whole, t.language).dimensions[dimension.id]!.name}</h2>
      <p>{t('partners.precheck.counts', { ...readiness })}</p>
      <ul class="plain-list">
        {questions.map((question) => (
          <Row key={question.id} {...props} question={question} />
        ))}
      </ul>
    </section>
  )
}

/** The readiness sheet: what a technical partner thinks of each answer before it is handed in. */
export function PrecheckPage(props: Props) {
  const { t, assessment, whole, saved } = props
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: `/assessments/${assessment.id}`, text: contextLine(assessment) },
        ]}
      />
      {saved !== null && (
        <Notice kind="success" title={t('partners.precheck.saved', { number: questionNumbers(whole).get(saved) ?? '' })} isAnnounced />
      )}
      <PageHeading context={contextLine(assessment)} title={t('partners.precheck.title')} lead={t('partners.precheck.lead')} />
      <InsetText>{t('partners.precheck.noReview')}</InsetText>
      {whole.dimensions.map((dimension) => (
        <Area key={dimension.id} {...props} dimension={dimension} />
      ))}
    </>
  )
}
