import { FieldGroup, type FieldProps } from './FieldFrame.tsx'
import { type FieldOption, OptionInput, optionId } from './OptionInput.tsx'

/** Props of CheckboxGroup. */
export interface CheckboxGroupProps extends FieldProps {
  options: readonly FieldOption[]
  values?: readonly string[]
  /** All values that are checked now, in the order of the options. */
  onChange?: (values: string[]) => void
}

/** Any number out of a few. */
export function CheckboxGroup(props: CheckboxGroupProps) {
  const { name, id = name, options, values = [], onChange } = props
  const change = (changed: string, isChecked: boolean) =>
    onChange?.(options.map(({ value }) => value).filter((value) => (value === changed ? isChecked : values.includes(value))))
  return (
    <FieldGroup field={props}>
      {options.map((option, i) => (
        <OptionInput
          key={option.value}
          type="checkbox"
          id={optionId(id, i)}
          name={name}
          option={option}
          isChecked={values.includes(option.value)}
          isInvalid={props.error !== undefined}
          onChange={onChange && ((isChecked) => change(option.value, isChecked))}
        />
      ))}
    </FieldGroup>
  )
}
