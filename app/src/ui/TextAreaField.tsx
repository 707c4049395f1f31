import { describedByIds, FieldFrame, type FieldProps } from './FieldFrame.tsx'

/** Props of TextAreaField. */
export interface TextAreaFieldProps extends FieldProps {
  value?: string
  /** Lines before it grows with what is typed. */
  rows?: number
  isRequired?: boolean
  isReadOnly?: boolean
  /** Characters. */
  maxLength?: number
  lang?: string
  onInput?: (value: string) => void
  onBlur?: () => void
}

/** Several lines of text; grows with them. */
export function TextAreaField(props: TextAreaFieldProps) {
  const { name, id = name, rows = 4, onInput } = props
  return (
    <FieldFrame field={props}>
      <textarea
        class="text-input"
        id={id}
        name={name}
        rows={rows}
        value={props.value}
        required={props.isRequired}
        readOnly={props.isReadOnly}
        maxLength={props.maxLength}
        lang={props.lang}
        aria-describedby={describedByIds(props)}
        aria-invalid={props.error === undefined ? undefined : 'true'}
        onInput={onInput && ((event) => onInput(event.currentTarget.value))}
        onBlur={props.onBlur}
      />
    </FieldFrame>
  )
}
