import type { Translator } from '../../../text/text.ts'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import type { InstrumentText, QuestionRules } from '../instrument.ts'

export interface BlankQuestionProps {
  t: Translator
  rules: QuestionRules
  /** Place in the whole questionnaire, from 1. */
  number: number
  /** Place of the question on whose answer this one depends; 0 = none. */
  parentNumber: number
  text: InstrumentText
  level: 3 | 4
}

/** What is printed in front of an option: a circle for one answer, a square for several. */
const marks = { single: 'blank-options', share: 'blank-options', multiple: 'blank-options blank-options-several' } as const

function Options({ t, rules, text }: BlankQuestionProps) {
  const wording = text.questions[rules.id]!
  return (
    <ul class={marks[rules.type]}>
      {rules.options.map(({ id }) => (
        <li key={id}>{wording.options[id]}</li>
      ))}
      <li>{text.missing['not-known']}</li>
      {rules.allowsNotApplicable && (
        <li>
          {text.missing['not-applicable']}
          {t('instrument.questionnaire.ground')} {wording.notApplicable}
        </li>
      )}
    </ul>
  )
}

/** The condition in words; names the parent by its number and the answers by their wording. */
function Condition({ t, rules: { visibleIf }, parentNumber, text }: BlankQuestionProps) {
  if (visibleIf === null) return null
  const answers = visibleIf.options.map((option) =>
    t('instrument.questionnaire.quoted', { text: text.questions[visibleIf.question]!.options[option] }),
  )
  const list = new Intl.ListFormat(t.language, { type: 'disjunction' }).format(answers)
  return <p class="blank-condition">{t('instrument.questionnaire.condition', { number: parentNumber, answers: list })}</p>
}

function Scoring({ t, rules, text }: BlankQuestionProps) {
  const wording = text.questions[rules.id]!
  return (
    <Disclosure summary={t('instrument.questionnaire.scored')}>
      <ul>
        {rules.options.map(({ id, points }) => (
          <li key={id}>{t('instrument.questionnaire.points', { option: wording.options[id], points })}</li>
        ))}
      </ul>
      <p>{t(rules.type === 'multiple' ? 'instrument.questionnaire.cap' : 'instrument.questionnaire.max', { max: rules.max })}</p>
    </Disclosure>
  )
}

/** One question as it is read before anyone answers it. */
export function BlankQuestion(props: BlankQuestionProps) {
  const { t, rules, number, text, level } = props
  const wording = text.questions[rules.id]!
  const Title = `h${level}` as const
  return (
    <section class="blank-question" id={rules.id}>
      <Title class="blank-question-title">
        <span class="question-number">{number}</span> <span>{wording.question}</span>
      </Title>
      <Condition {...props} />
      <p class="blank-hint">
        {wording.hint}
        {rules.type === 'multiple' && ` ${t('instrument.questionnaire.several')}`}
      </p>
      <Options {...props} />
      <p>
        <strong>{t('instrument.questionnaire.whatCounts')}</strong> {wording.whatCounts}
      </p>
      <p class="small">
        {t('instrument.questionnaire.facts', {
          evidence: text.evidence[rules.evidence],
          fields: rules.fields.map((field) => text.fields[field]).join(', '),
          id: rules.id,
        })}
      </p>
      <Disclosure summary={t('instrument.questionnaire.sample')}>
        <p class="question-sample">{wording.sampleAnswer}</p>
      </Disclosure>
      <Scoring {...props} />
    </section>
  )
}
