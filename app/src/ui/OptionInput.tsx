import type { ComponentChildren } from 'preact'

/** One thing that can be chosen. */
export interface FieldOption {
  value: string
  label: ComponentChildren
  hint?: ComponentChildren
  isDisabled?: boolean
  /** Shown below the option; whether it is open is the page's matter. */
  reveal?: ComponentChildren
}

/** Props of OptionInput. */
export interface OptionInputProps {
  type: 'radio' | 'checkbox'
  id: string
  name: string
  option: FieldOption
  isChecked: boolean
  isInvalid: boolean
  onChange?: (isChecked: boolean) => void
}

/** One radio or checkbox with label and hint; the whole line can be clicked. */
export function OptionInput({ type, id, name, option, isChecked, isInvalid, onChange }: OptionInputProps) {
  const hintId = option.hint === undefined ? undefined : `${id}-option-hint`
  return (
    <>
      <div class="option">
        <input
          class="option-input"
          type={type}
          id={id}
          name={name}
          value={option.value}
          checked={isChecked}
          disabled={option.isDisabled}
          aria-describedby={hintId}
          aria-invalid={isInvalid && type === 'checkbox' ? 'true' : undefined}
          onChange={onChange && ((event) => onChange(event.currentTarget.checked))}
        />
        <label class="option-label" for={id}>
          {option.label}
        </label>
        {option.hint !== undefined && (
          <div class="option-hint" id={hintId}>
            {option.hint}
          </div>
        )}
      </div>
      {option.reveal !== undefined && <div class="option-reveal">{option.reveal}</div>}
    </>
  )
}

/** The id of an option: the first one has the id of the field, so that an error can link to it. */
export function optionId(fieldId: string, i: number): string {
  return i === 0 ? fieldId : `${fieldId}-${i + 1}`
}
