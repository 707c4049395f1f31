import { type FormErrors, type FormValues, fieldOf, newFormKey } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { type Colleague, isPartner } from '../readers.ts'
import { longestMessage } from '../thread.ts'

/** What stands in a form: after a refusal what was typed, after taking a message back its text. */
export interface Typed {
  /** Key of the conversation, or "new". */
  form: string
  values: FormValues
  errors: FormErrors
}

export interface MessageFormProps {
  t: Translator
  /** Key of the conversation, or "new". */
  form: string
  action: string
  label: string
  button: string
  /** Who can be told. */
  readers: readonly Colleague[]
  typed: Typed | null
  /** Of the conversation, for closing it with the same form. */
  closing?: { action: string; version: number }
  /** The one form that the page is about. */
  isMain: boolean
  /** Whether the conversation can be shared from the start. */
  canShare?: boolean
}

const ticked = (values: FormValues, name: string): string[] => [values[name] ?? []].flat()

function TellField({ t, form, readers, typed }: MessageFormProps) {
  if (readers.length === 0) return null
  const values = typed === null ? [] : ticked(typed.values, 'mentions')
  const error = typed?.errors.fields.mentions
  return (
    <Disclosure summary={t('threads.form.tell')} isOpen={values.length > 0 || error !== undefined}>
      <CheckboxGroup
        name="mentions"
        id={`mentions-${form}`}
        label={t('threads.form.tell.label')}
        hint={t('threads.form.tell.hint')}
        error={error}
        values={values}
        options={readers.map((reader) => ({
          value: reader.id,
          label: reader.name,
          hint: isPartner(reader) ? t('threads.form.tell.partner') : undefined,
        }))}
      />
    </Disclosure>
  )
}

function ShareField({ t, form, typed }: MessageFormProps) {
  const option = { value: 'yes', label: t('threads.form.share.yes'), hint: t('threads.form.share.hint') }
  const values = typed === null ? [] : ticked(typed.values, 'isShared')
  return <CheckboxGroup name="isShared" id={`share-${form}`} label={t('threads.form.share')} values={values} options={[option]} />
}

/** Writes a message; with the second button it is the last one, and may stay empty. */
export function MessageForm(props: MessageFormProps) {
  const { t, form, action, closing } = props
  const typed = props.typed?.form === form ? props.typed : null
  const own = { ...props, typed }
  return (
    <form class="thread-form" method="post" action={action}>
      <input type="hidden" name="_key" value={newFormKey()} />
      <input type="hidden" name="form" value={form} />
      {closing !== undefined && <input type="hidden" name="version" value={closing.version} />}
      <TextAreaField
        name="text"
        id={`text-${form}`}
        label={props.label}
        hint={t('threads.form.text.hint')}
        value={typed === null ? '' : fieldOf(typed.values, 'text')}
        error={typed?.errors.fields.text}
        rows={3}
        maxLength={longestMessage}
      />
      <TellField {...own} />
      {props.canShare && <ShareField {...own} />}
      <FormActions>
        <Button kind={props.isMain ? 'primary' : 'secondary'}>{props.button}</Button>
        {closing !== undefined && (
          <Button kind="quiet" formAction={closing.action}>
            {t('threads.close.button')}
          </Button>
        )}
      </FormActions>
    </form>
  )
}
