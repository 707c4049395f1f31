import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import { can, type Person } from '../../../permissions.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { progressOf, questionStatuses } from '../../assessments/assessment.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { type QuestionEvidence } from '../../evidence/evidence.ts'
import { questionNumbers, questionsOf, textOf } from '../../instrument/instrument.ts'
import { choiceWords } from '../../partners/pages/answer-words.ts'
import { canDecide, hashOfVersions, scopeKey } from '../signoff.ts'
import type { OpenedStep } from '../usecases.ts'
import { coverText, stateText } from './words.ts'

interface Props extends OpenedStep {
  t: Translator
  person: Person
  evidence: ReadonlyMap<string, QuestionEvidence>
  values: FormValues
  errors: FormErrors
}

/** Why this person cannot decide now, in words; undefined = can. */
function unavailable({ t, person, assessment, status }: Props): string | undefined {
  if (!can(person, 'answers.sign', assessment.city.id).ok) return t('signoff.step.role')
  const step = canDecide(status, person.id)
  return step.ok ? undefined : t(`signoff.step.${step.reason}`)
}

/** The questions this step signs, in the order of the questionnaire. */
function coveredIds({ whole, status }: Props): string[] {
  const { dimensions } = status.step
  return questionsOf({ ...whole, dimensions: whole.dimensions.filter(({ id }) => dimensions === null || dimensions.includes(id)) }).map(
    ({ id }) => id,
  )
}

function Words({
  t,
  whole,
  id,
  answer,
}: Pick<Props, 't' | 'whole'> & {
  id: string
  answer: Parameters<typeof choiceWords>[3] & { reason?: string | null; explanation?: string | null; language?: string | null }
}) {
  return (
    <>
      {choiceWords(t, whole, id, answer)}
      {[answer.reason, answer.explanation]
        .filter((text) => text !== null && text !== undefined)
        .map((text) => (
          <p key={text} class="answer-explanation" lang={answer.language ?? undefined}>
            {text}
          </p>
        ))}
    </>
  )
}

const nothing = { options: null, missing: null }

/** Each changed question with its words of then and now. */
function Changes(props: Props) {
  const { t, whole, answers, before, status, assessment } = props
  const numbers = questionNumbers(whole)
  const text = textOf(whole, t.language).questions
  const changed = coveredIds(props).filter((id) => status.changed.includes(id))
  return (
    <>
      {status.changed.includes(scopeKey) && status.last !== null && (
        <p>
          {t('signoff.step.scopeChanged')} <a href={`/assessments/${assessment.id}/scope`}>{t('scope.link')}</a>
        </p>
      )}
      {changed.map((id) => (
        <section key={id} class="section">
          <h3>
            {numbers.get(id)} {text[id]!.question}
          </h3>
          <SummaryList
            rows={[
              { term: t('signoff.step.then'), value: <Words t={t} whole={whole} id={id} answer={before.get(id) ?? nothing} /> },
              { term: t('signoff.step.now'), value: <Words t={t} whole={whole} id={id} answer={answers.get(id) ?? nothing} /> },
            ]}
          />
        </section>
      ))}
    </>
  )
}

/** All answers of the step, to be opened; the first time nothing else can be shown as changed. */
function AllAnswers(props: Props) {
  const { t, whole, answers, status } = props
  const text = textOf(whole, t.language)
  const numbers = questionNumbers(whole)
  const covered = new Set(coveredIds(props))
  const areas = whole.dimensions.filter(({ id }) => status.step.dimensions === null || status.step.dimensions.includes(id))
  return (
    <>
      {areas.map((dimension) => (
        <Disclosure key={dimension.id} summary={text.dimensions[dimension.id]!.name}>
          <SummaryList
            rows={dimension.indicators.flatMap(({ questions }) =>
              questions
                .filter(({ id }) => covered.has(id))
                .map(({ id }) => ({
                  term: `${numbers.get(id)} ${text.questions[id]!.question}`,
                  value: <Words t={t} whole={whole} id={id} answer={answers.get(id) ?? nothing} />,
                })),
            )}
          />
        </Disclosure>
      ))}
    </>
  )
}

function Facts(props: Props) {
  const { t, whole, answers, exclusions, evidence } = props
  const ids = new Set(coveredIds(props))
  const statuses = [...questionStatuses(whole, answers, exclusions).values()].filter(({ question }) => ids.has(question.id))
  const states = [...evidence].filter(([id]) => ids.has(id)).map(([, each]) => each)
  const missing = states.filter(({ state, isAlert }) => state === 'missing' && isAlert).length
  const expired = states.filter(({ state, isAlert }) => state === 'expired' && isAlert).length
  return (
    <ul>
      <li>{t('assessments.progress', { ...progressOf(statuses) })}</li>
      <li>{t('signoff.step.evidence', { missing, expired })}</li>
    </ul>
  )
}

function Decision(props: Props) {
  const { t, whole, status, assessment, values, errors } = props
  const reason = unavailable(props)
  const numbers = questionNumbers(whole)
  const text = textOf(whole, t.language).questions
  const hidden = (
    <>
      <input type="hidden" name="_key" value={fieldOf(values, '_key')} />
      <input type="hidden" name="contentHash" value={hashOfVersions(status.versions)} />
    </>
  )
  const action = `/assessments/${assessment.id}/sign-off/${status.step.id}`
  return (
    <>
      <form class="section" method="post" action={action}>
        {hidden}
        <input type="hidden" name="decision" value="signed" />
        <p>{t('signoff.step.meaning')}</p>
        <Button id="sign" unavailableReason={reason}>
          {t('signoff.step.sign', { step: status.step.name })}
        </Button>
      </form>
      {reason === undefined && (
        <Disclosure summary={t('signoff.step.back')} isOpen={Object.keys(errors.fields).length > 0}>
          <form class="form" method="post" action={action} novalidate>
            {hidden}
            <input type="hidden" name="decision" value="sent-back" />
            <TextAreaField
              name="note"
              label={t('signoff.step.note')}
              hint={t('signoff.step.noteHint')}
              rows={3}
              value={fieldOf(values, 'note')}
              error={errors.fields.note}
            />
            <SelectField
              name="questionId"
              label={t('signoff.step.question')}
              width="full"
              options={[
                { value: '', label: t('signoff.step.anyQuestion') },
                ...coveredIds(props).map((id) => ({ value: id, label: `${numbers.get(id)} ${text[id]!.question}` })),
              ]}
              value={fieldOf(values, 'questionId')}
            />
            <Button kind="secondary">{t('signoff.step.sendBack')}</Button>
          </form>
        </Disclosure>
      )}
    </>
  )
}

/** One page for whoever signs: what changed, what stands, and one button. */
export function StepPage(props: Props) {
  const { t, assessment, whole, status, errors } = props
  const isFirst = status.last === null
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: `/assessments/${assessment.id}`, text: contextLine(assessment) },
          { href: `/assessments/${assessment.id}/sign-off`, text: t('signoff.page.title') },
        ]}
      />
      <FormProblems t={t} errors={errors} />
      <PageHeading
        context={contextLine(assessment)}
        title={t('signoff.step.title', { step: status.step.name })}
        lead={coverText(t, whole, status.step)}
      />
      <Notice kind="information" title={stateText(t, status)}>
        {status.last?.note && <p>{status.last.note}</p>}
      </Notice>
      <Facts {...props} />
      {!isFirst && (
        <section class="section">
          <h2>{t('signoff.step.changed', { count: status.changed.length })}</h2>
          <Changes {...props} />
        </section>
      )}
      <section class="section">
        <h2>{t('signoff.step.all')}</h2>
        <AllAnswers {...props} />
      </section>
      <Decision {...props} />
    </>
  )
}
