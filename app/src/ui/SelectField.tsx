import { describedByIds, FieldFrame, type FieldProps } from './FieldFrame.tsx'
import { Chevron } from './Icon.tsx'
import type { FieldWidth } from './TextField.tsx'

/** One option; neighbours with the same group stand under its name. */
export interface SelectOption {
  value: string
  label: string
  isDisabled?: boolean
  lang?: string
  group?: string
}

/** Props of SelectField. */
export interface SelectFieldProps extends FieldProps {
  options: readonly SelectOption[]
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
          {inGroups(options).map(({ group, members }) => {
            const drawn = members.map(({ value, label, isDisabled, lang }) => (
              <option key={value} value={value} disabled={isDisabled} lang={lang} selected={value === props.value}>
                {label}
              </option>
            ))
            return group === undefined ? (
              drawn
            ) : (
              <optgroup key={group} label={group}>
                {drawn}
              </optgroup>
            )
          })}
        </select>
        <Chevron />
      </div>
    </FieldFrame>
  )
}

/** Neighbours with the same group together, in their order. */
function inGroups(options: readonly SelectOption[]): { group: string | undefined; members: SelectOption[] }[] {
  const groups: { group: string | undefined; members: SelectOption[] }[] = []
  for (const option of options) {
    const last = groups.at(-1)
    if (last !== undefined && last.group === option.group) last.members.push(option)
    else groups.push({ group: option.group, members: [option] })
  }
  return groups
}
