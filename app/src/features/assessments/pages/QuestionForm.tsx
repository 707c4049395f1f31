import type { ComponentChildren } from 'preact'
import { fill } from '../../../text/fill.ts'
import { Button } from '../../../ui/Button.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import type { FieldOption } from '../../../ui/OptionInput.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { type AnswerFields, type AnswerPatch, maximumExplanation, maximumReason } from '../answer.ts'
import type { AnsweringProps, QuestionExtras, QuestionView } from '../question-view.ts'
import { Offer } from './Offer.tsx'
import { chosenValues, notApplicableValue, notKnownValue, patchOfChoice } from './choice.ts'

export interface QuestionFormProps {
  view: QuestionView
  draft: AnswerFields
  version: number
  /** Language the stored texts are in, where it differs from the page. */
  draftLanguage: string | null
  texts: Record<string, string>
  paths: AnsweringProps['paths']
  returnTo: string
  isReadOnly: boolean
  /** Why the question is not asked now; it keeps its answer. */
  hiddenBecause: string | null
  /** Why the question is not asked at all: another authority is responsible. It keeps its answer. */
  excludedBecause?: string | null
  /** Why this person reads the question without changing it. */
  lockedBecause?: string | null
  extras?: QuestionExtras
  error?: string
  /** In the browser, once the script runs; without, the form is posted. */
  onChange?: (patch: AnswerPatch, isTyping: boolean) => void
  onLeave?: () => void
  status?: ComponentChildren
  footer?: ComponentChildren
}

function optionsOf({ rules, text }: QuestionView, texts: Record<string, string>): FieldOption[] {
  const chosen = rules.options.map((option) => ({ value: option.id, label: text.options[option.id]! }))
  const notKnown = { value: notKnownValue, label: texts['not-known']!, hint: texts['not-known-hint'] }
  if (!rules.allowsNotApplicable) return [...chosen, notKnown]
  return [...chosen, notKnown, { value: notApplicableValue, label: texts['not-applicable']!, hint: text.notApplicable }]
}

type ChoiceProps = Pick<QuestionFormProps, 'view' | 'draft' | 'texts' | 'error' | 'isReadOnly' | 'onChange'> & {
  /** Of the field, where a form holds several questions. */
  name?: string
}

/** The question and its options. */
export function Choice({ view, draft, texts, error, isReadOnly, onChange, name = 'choice' }: ChoiceProps) {
  const { rules, text, number } = view
  const common = {
    name,
    id: rules.id,
    isLarge: true,
    error,
    label: (
      <>
        <span class="question-number">{number}</span> {text.question}
      </>
    ),
    hint:
      rules.type === 'multiple' ? (
        <>
          {text.hint} {texts.several}
        </>
      ) : (
        text.hint
      ),
    options: optionsOf(view, texts).map((option) => ({ ...option, isDisabled: isReadOnly })),
  }
  const values = chosenValues(draft)
  if (rules.type !== 'multiple')
    return (
      <RadioGroup
        {...common}
        value={values[0]}
        onChange={onChange && ((value) => onChange(patchOfChoice(rules, [value], values), false))}
      />
    )
  return (
    <CheckboxGroup {...common} values={values} onChange={onChange && ((next) => onChange(patchOfChoice(rules, next, values), false))} />
  )
}

/** What counts, what evidence is expected, a sample answer. */
export function Guidance({ view, texts }: { view: QuestionView; texts: Record<string, string> }) {
  return (
    <div class="question-guidance">
      <Disclosure summary={texts['what-counts']!}>
        <p>{view.text.whatCounts}</p>
        <p>{fill(texts.evidence, { evidence: view.evidence })}</p>
        <p class="question-sample">
          <strong>{texts.sample}</strong> {view.text.sampleAnswer}
        </p>
      </Disclosure>
    </div>
  )
}

function Reason({ view, draft, texts, isReadOnly, onChange, onLeave }: QuestionFormProps) {
  const isAsked = view.rules.allowsNotApplicable && (draft.missing === 'not-applicable' || onChange === undefined)
  if (!isAsked) return null
  return (
    <TextAreaField
      name="reason"
      id={`${view.rules.id}-reason`}
      rows={2}
      maxLength={maximumReason}
      label={texts.reason}
      hint={texts['reason-hint']}
      isReadOnly={isReadOnly}
      value={draft.reason ?? ''}
      onInput={onChange && ((reason) => onChange({ reason }, true))}
      onBlur={onLeave}
    />
  )
}

/** Why the question is not asked now, or not changed by this reader. */
function WhyNot({ hiddenBecause, excludedBecause, lockedBecause, paths, texts }: QuestionFormProps) {
  if (excludedBecause)
    return (
      <p class="question-hidden-reason">
        {excludedBecause} {texts['excluded-kept']} {paths.scope && <a href={paths.scope}>{texts['excluded-link']}</a>}
      </p>
    )
  return (
    <>
      {hiddenBecause !== null && <p class="question-hidden-reason">{hiddenBecause}</p>}
      {lockedBecause && <p class="question-hidden-reason">{lockedBecause}</p>}
    </>
  )
}

/** Where more stands about the question: evidence, conversations, translations. */
function Links({ links, label }: { links: QuestionExtras['links']; label: string }) {
  if (links.length === 0) return null
  return (
    <ul class="question-links" aria-label={label}>
      {links.map(({ href, text, isAlert }) => (
        <li key={href}>
          <a class={isAlert ? 'question-link-alert' : undefined} href={href}>
            {text}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** One question with its answer; saves itself in the browser, and by its button without a script. */
export function QuestionForm(props: QuestionFormProps) {
  const { view, draft, version, texts, paths, returnTo, isReadOnly, hiddenBecause, onChange, onLeave } = props
  const id = view.rules.id
  const isHidden = hiddenBecause !== null || Boolean(props.excludedBecause)
  const isLocked = isReadOnly || isHidden
  const isEmpty = draft.options === null && draft.missing === null
  const form = (
    <form
      class={isHidden ? 'question question-hidden' : 'question'}
      id={`question-${id}`}
      method="post"
      action={`${paths.form}/${id}`}
      onSubmit={onChange && ((event) => event.preventDefault())}
    >
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="returnTo" value={returnTo} />
      <WhyNot {...props} />
      <Choice {...props} isReadOnly={isLocked} />
      <Reason {...props} isReadOnly={isLocked} />
      <Guidance view={view} texts={texts} />
      <TextAreaField
        name="explanation"
        id={`${id}-explanation`}
        rows={3}
        maxLength={maximumExplanation}
        label={
          <>
            {texts.explanation}
            <span class="visually-hidden"> {fill(texts['explanation-of'], { number: view.number })}</span>
          </>
        }
        optionalText={texts.optional}
        hint={texts['explanation-hint']}
        isReadOnly={isLocked}
        lang={props.draftLanguage ?? undefined}
        value={draft.explanation ?? ''}
        onInput={onChange && ((explanation) => onChange({ explanation }, true))}
        onBlur={onLeave}
      />
      <div class="question-foot">
        {props.status}
        {!isLocked && onChange === undefined && (
          <Button kind="secondary" name="action" value="save">
            {texts.save}
          </Button>
        )}
        {!isLocked && !isEmpty && (
          <Button
            kind="quiet"
            name="action"
            value="clear"
            type={onChange ? 'button' : 'submit'}
            hiddenSuffix={fill(texts['clear-suffix'], { number: view.number })}
            onClick={onChange && (() => onChange({ options: null, missing: null, reason: null }, false))}
          >
            {texts.clear}
          </Button>
        )}
        {paths.history !== null && (
          <a class="question-history" href={`${paths.history}/${id}/history`}>
            {texts.history}
            <span class="visually-hidden"> {fill(texts['explanation-of'], { number: view.number })}</span>
          </a>
        )}
      </div>
      {props.extras && <Links links={props.extras.links} label={fill(texts['about-question'], { number: view.number })} />}
      {props.footer}
    </form>
  )
  if (props.extras === undefined || props.extras.offers.length === 0) return form
  return (
    <div class="question-with-offers">
      {props.extras.offers.map((offer) => (
        <Offer key={offer.title} offer={offer} />
      ))}
      {form}
    </div>
  )
}
