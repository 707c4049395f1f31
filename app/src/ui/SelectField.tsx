import { describedByIds, FieldFrame, type FieldProps } from './FieldFrame.tsx'
import { Chevron } from './Icon.tsx'
import type { FieldWidth } from './TextField.tsx'

/** Props of SelectField. */
export interface SelectFieldProps extends FieldProps {
  options: readonly { value: string; label: string; isDisabled?: boolean; lang?: string }[]
  value?: string
  width?: FieldWidth
  isRequired?: boolean
  isDisabled?: boolean
  onChange?: (value: string) => void
}

/** One out of many. For up to seven options radios are better. */
export function SelectField(props: SelectFieldProps) {
  const { name, id = name, options, width = 'medium', onChange } = props
  return (
    <FieldFrame field={props}>
      <div class={`select-frame width-${width}`}>
        <select
          class="text-input"
          id={id}
          name={name}
          value={props.value}
          required={props.isRequired}
          disabled={props.isDisabled}
          aria-describedby={describedByIds(props)}
          aria-invalid={props.error === undefined ? undefined : 'true'}
          onChange={onChange && ((event) => onChange(event.currentTarget.value))}
        >
          {options.map(({ value, label, isDisabled, lang }) => (
            <option key={value} value={value} disabled={isDisabled} lang={lang} selected={value === props.value}>
              {label}
            </option>
          ))}
        </select>
        <Chevron />
      </div>
    </FieldFrame>
  )
}
