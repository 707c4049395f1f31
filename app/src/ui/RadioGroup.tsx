import { FieldGroup, type FieldProps } from './FieldFrame.tsx'
import { type FieldOption, OptionInput, optionId } from './OptionInput.tsx'

/** Props of RadioGroup. */
export interface RadioGroupProps extends FieldProps {
  options: readonly FieldOption[]
  value?: string
  onChange?: (value: string) => void
}

/** One out of a few, all of them visible. */
export function RadioGroup(props: RadioGroupProps) {
  const { name, id = name, options, value, onChange } = props
  return (
    <FieldGroup field={props}>
      {options.map((option, i) => (
        <OptionInput
          key={option.value}
          type="radio"
          id={optionId(id, i)}
          name={name}
          option={option}
          isChecked={option.value === value}
          isInvalid={props.error !== undefined}
          onChange={onChange && (() => onChange(option.value))}
        />
      ))}
    </FieldGroup>
  )
}
