import { describedByIds, FieldFrame, type FieldProps } from './FieldFrame.tsx'

/** Props of DateField. */
export interface DateFieldProps extends FieldProps {
  /** ISO 8601 date, such as 2026-05-31. */
  value?: string
  min?: string
  max?: string
  isRequired?: boolean
  isReadOnly?: boolean
  onChange?: (value: string) => void
}

/** A day; the browser shows it in the order of the reader's language. */
export function DateField(props: DateFieldProps) {
  const { name, id = name, onChange } = props
  return (
    <FieldFrame field={props}>
      <input
        class="text-input"
        id={id}
        name={name}
        type="date"
        value={props.value}
        min={props.min}
        max={props.max}
        required={props.isRequired}
        readOnly={props.isReadOnly}
        aria-describedby={describedByIds(props)}
        aria-invalid={props.error === undefined ? undefined : 'true'}
        onChange={onChange && ((event) => onChange(event.currentTarget.value))}
      />
    </FieldFrame>
  )
}
