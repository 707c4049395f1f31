import { describedByIds, FieldFrame, type FieldProps } from './FieldFrame.tsx'

/** How wide a field is: as wide as what belongs into it. */
export type FieldWidth = 'short' | 'medium' | 'full'

/** Props of TextField. */
export interface TextFieldProps extends FieldProps {
  type?: 'text' | 'email' | 'url' | 'tel' | 'search' | 'password'
  value?: string
  width?: FieldWidth
  inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'url' | 'tel'
  autoComplete?: string
  isRequired?: boolean
  isReadOnly?: boolean
  /** Language of the value, where it differs from the page. */
  lang?: string
  spellcheck?: boolean
  onInput?: (value: string) => void
  onBlur?: () => void
}

/** One line of text. Numbers too: with inputMode "decimal", never type "number". */
export function TextField(props: TextFieldProps) {
  const { name, id = name, width = 'full', onInput } = props
  // Preact types each kind of input apart; this one is any of the kinds that take a line of text.
  const type = (props.type ?? 'text') as 'text'
  return (
    <FieldFrame field={props}>
      <input
        class={`text-input width-${width}`}
        id={id}
        name={name}
        type={type}
        value={props.value}
        inputMode={props.inputMode}
        autocomplete={props.autoComplete}
        required={props.isRequired}
        readOnly={props.isReadOnly}
        lang={props.lang}
        spellcheck={props.spellcheck}
        aria-describedby={describedByIds(props)}
        aria-invalid={props.error === undefined ? undefined : 'true'}
        onInput={onInput && ((event) => onInput(event.currentTarget.value))}
        onBlur={props.onBlur}
      />
    </FieldFrame>
  )
}
