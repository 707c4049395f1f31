import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { DateField } from '../../../ui/DateField.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { type SelectOption, SelectField } from '../../../ui/SelectField.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { AskedException } from '../assigning-queries.ts'
import type { WatchedReview } from '../assigning.ts'
import { type Part, parts } from '../../reviews/review.ts'

/** Which form of the page was sent, so that what is wrong stands there. */
export type FormName = 'assign-first' | 'assign-second' | 'dates' | 'exception' | 'override' | 'end' | 'withdraw'

export interface ArrangeProps extends WatchedReview {
  t: Translator
  values: FormValues
  errors: FormErrors
  /** The form that was sent and is shown again; null = none. */
  sent: FormName | null
}

/** What a form has to show again: nothing of what another form was sent with. */
function ownOf({ values, errors, sent }: ArrangeProps, name: FormName) {
  const isSent = sent === name
  return {
    value: (field: string) => (isSent ? fieldOf(values, field) : ''),
    error: (field: string) => (isSent ? errors.fields[field] : undefined),
    isSent,
  }
}

const actionOf = ({ review }: ArrangeProps, name: string): string => `/evaluations/reviews/${review.id}/${name}`

function expertOptions({ t, experts }: ArrangeProps, isFree: boolean): SelectOption[] {
  return experts
    .filter((expert) => (isFree ? expert.obstacle === null : expert.canBeExcepted))
    .sort((a, b) => a.questionsLeft - b.questionsLeft)
    .map(({ id, name, openReviews }) => ({ value: id, label: t('evaluations.review.load', { name, count: openReviews }) }))
}

/** Assigns a part that nobody has. */
export function AssignForm(props: ArrangeProps & { part: Part }) {
  const { t, part, values, review } = props
  const own = ownOf(props, `assign-${part}`)
  const title = t('evaluations.review.assignTitle', { part: t(`evaluations.part.${part}`) })
  return (
    <form class="form" method="post" action={actionOf(props, 'assign')} novalidate aria-label={title}>
      <h3>{title}</h3>
      <input type="hidden" name="_key" value={fieldOf(values, `_${part}Key`) || fieldOf(values, '_key')} />
      <input type="hidden" name="part" value={part} />
      <SelectField
        id={`${part}-expert`}
        name="personId"
        label={t('evaluations.review.expert')}
        options={[{ value: '', label: t('evaluations.review.choose') }, ...expertOptions(props, true)]}
        value={own.value('personId')}
        error={own.error('personId')}
      />
      <DateField
        id={`${part}-due`}
        name="dueOn"
        label={t('evaluations.review.dueOfPart')}
        value={own.isSent ? own.value('dueOn') : (review.dueOn ?? '')}
        error={own.error('dueOn')}
      />
      <FormActions>
        <Button kind="secondary" hiddenSuffix={t(`evaluations.part.${part}`)}>
          {t('evaluations.review.assign')}
        </Button>
      </FormActions>
    </form>
  )
}

/** Asks the network coordination for an exception; only where somebody could be excepted and a part is free. */
export function ExceptionForm(props: ArrangeProps & { freeParts: readonly Part[] }) {
  const { t, freeParts } = props
  const own = ownOf(props, 'exception')
  const options = expertOptions(props, false)
  if (freeParts.length === 0 || options.length === 0) return null
  return (
    <Disclosure summary={t('evaluations.review.ask')} isOpen={own.isSent}>
      <p>{t('evaluations.review.askText')}</p>
      <form class="form" method="post" action={actionOf(props, 'exception')} novalidate>
        <SelectField
          id="exception-expert"
          name="personId"
          label={t('evaluations.review.expert')}
          options={options}
          value={own.value('personId')}
          error={own.error('personId')}
        />
        <SelectField
          id="exception-part"
          name="part"
          label={t('evaluations.review.part')}
          options={freeParts.map((part) => ({ value: part, label: t(`evaluations.part.${part}`) }))}
          value={own.value('part')}
        />
        <TextAreaField
          id="exception-reason"
          name="reason"
          rows={2}
          label={t('evaluations.review.askReason')}
          value={own.value('reason')}
          error={own.error('reason')}
        />
        <FormActions>
          <Button kind="secondary">{t('evaluations.review.askSend')}</Button>
        </FormActions>
      </form>
    </Disclosure>
  )
}

/** The network coordination allows what was asked for. */
export function OverrideForm(props: ArrangeProps & { asked: AskedException }) {
  const { t, asked, values, review } = props
  const own = ownOf(props, 'override')
  return (
    <form class="form" method="post" action={actionOf(props, 'override')} novalidate>
      <input type="hidden" name="_key" value={fieldOf(values, '_key')} />
      <input type="hidden" name="personId" value={asked.personId} />
      <input type="hidden" name="part" value={asked.part} />
      <input type="hidden" name="dueOn" value={review.dueOn ?? ''} />
      <TextAreaField
        id={`override-reason-${asked.part}`}
        name="reason"
        rows={2}
        label={t('evaluations.review.overrideReason')}
        value={own.value('reason')}
        error={own.error('reason')}
      />
      <TextField
        id={`override-note-${asked.part}`}
        name="note"
        label={t('evaluations.review.overrideNote')}
        hint={t('evaluations.review.overrideNoteHint')}
        value={own.value('note')}
        error={own.error('note')}
      />
      <FormActions>
        <Button kind="secondary">{t('evaluations.review.overrideSend')}</Button>
      </FormActions>
    </form>
  )
}

/** Until when the review and its parts are due. */
export function DatesForm(props: ArrangeProps) {
  const { t, review, assignments } = props
  const own = ownOf(props, 'dates')
  return (
    <Disclosure summary={t('evaluations.review.datesTitle')} isOpen={own.isSent}>
      <form class="form" method="post" action={actionOf(props, 'dates')} novalidate>
        <input type="hidden" name="version" value={String(review.version)} />
        <DateField
          id="dates-review"
          name="dueOn"
          label={t('evaluations.review.datesReview')}
          value={own.isSent ? own.value('dueOn') : (review.dueOn ?? '')}
          error={own.error('dueOn')}
        />
        {parts.map((part) => {
          const assignment = assignments.find((each) => each.part === part)
          if (assignment === undefined) return null
          return (
            <DateField
              key={part}
              id={`dates-${part}`}
              name={part}
              label={t('evaluations.review.datesPart', { part: t(`evaluations.part.${part}`) })}
              value={own.isSent ? own.value(part) : (assignment.dueOn ?? '')}
              error={own.error(part)}
            />
          )
        })}
        <FormActions>
          <Button kind="secondary">{t('evaluations.review.datesSend')}</Button>
        </FormActions>
      </form>
    </Disclosure>
  )
}

/** Ends the work of an expert who has not signed. */
export function EndForm(props: ArrangeProps & { assignment: WatchedReview['assignments'][number] }) {
  const { t, assignment } = props
  const { name } = assignment.person
  const own = ownOf(props, 'end')
  return (
    <Disclosure summary={t('evaluations.review.endTitle', { name })} isOpen={own.isSent}>
      <p>{t('evaluations.review.endText')}</p>
      <form class="form" method="post" action={actionOf(props, `assignments/${assignment.id}/end`)} novalidate>
        <TextAreaField
          id={`end-${assignment.id}`}
          name="reason"
          rows={2}
          label={t('evaluations.review.endReason')}
          value={own.value('reason')}
          error={own.error('reason')}
        />
        <FormActions>
          <Button kind="danger">{t('evaluations.review.endSend', { name })}</Button>
        </FormActions>
      </form>
    </Disclosure>
  )
}

export function WithdrawForm(props: ArrangeProps) {
  const { t, review } = props
  const own = ownOf(props, 'withdraw')
  return (
    <Disclosure summary={t('evaluations.review.withdrawTitle')} isOpen={own.isSent}>
      <p>{t('evaluations.review.withdrawText')}</p>
      <form class="form" method="post" action={actionOf(props, 'withdraw')} novalidate>
        <input type="hidden" name="version" value={String(review.version)} />
        <TextAreaField
          id="withdraw-reason"
          name="reason"
          rows={2}
          label={t('evaluations.review.endReason')}
          value={own.value('reason')}
          error={own.error('reason')}
        />
        <FormActions>
          <Button kind="danger">{t('evaluations.review.withdrawSend')}</Button>
        </FormActions>
      </form>
    </Disclosure>
  )
}

/** What is wrong under the ids of the fields, so that the summary above leads to them. */
export function errorsById({ errors, sent, values }: Pick<ArrangeProps, 'errors' | 'sent' | 'values'>): FormErrors {
  const part = fieldOf(values, 'part')
  const ids: Partial<Record<FormName, Readonly<Record<string, string>>>> = {
    'assign-first': { personId: 'first-expert', dueOn: 'first-due' },
    'assign-second': { personId: 'second-expert', dueOn: 'second-due' },
    dates: { dueOn: 'dates-review', first: 'dates-first', second: 'dates-second' },
    exception: { personId: 'exception-expert', reason: 'exception-reason' },
    override: { reason: `override-reason-${part}`, note: `override-note-${part}` },
    withdraw: { reason: 'withdraw-reason' },
  }
  const own = sent === null ? {} : (ids[sent] ?? {})
  return { ...errors, fields: Object.fromEntries(Object.entries(errors.fields).map(([name, text]) => [own[name] ?? name, text])) }
}
