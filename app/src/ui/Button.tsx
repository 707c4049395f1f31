import type { ComponentChildren } from 'preact'

/** How much a button weighs; at most one primary on a page. */
export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'

/** Props of Button. */
export interface ButtonProps {
  children: ComponentChildren
  kind?: ButtonKind
  type?: 'submit' | 'button' | 'reset'
  name?: string
  value?: string
  id?: string
  /** Id of the form it belongs to, if it stands outside. */
  form?: string
  formAction?: string
  /** Why it is not available, and what would make it so. The button stays readable and focusable and does nothing. */
  unavailableReason?: ComponentChildren
  /** Words that only a screen reader says, after the visible ones. */
  hiddenSuffix?: string
  describedBy?: string
  onClick?: () => void
}

/** Says what happens: "Send to the schools department". */
export function Button(props: ButtonProps) {
  const { children, kind = 'primary', type = 'submit', unavailableReason, hiddenSuffix } = props
  const isAvailable = unavailableReason === undefined
  const reasonId = isAvailable ? undefined : `${props.id ?? props.name ?? 'button'}-reason`
  const button = (
    <button
      class={`button button-${kind}`}
      type={isAvailable ? type : 'button'}
      id={props.id}
      name={props.name}
      value={props.value}
      form={props.form}
      formAction={props.formAction}
      aria-disabled={isAvailable ? undefined : 'true'}
      aria-describedby={reasonId ?? props.describedBy}
      onClick={isAvailable ? props.onClick : undefined}
    >
      {children}
      {hiddenSuffix !== undefined && <span class="visually-hidden"> {hiddenSuffix}</span>}
    </button>
  )
  if (isAvailable) return button
  return (
    <div class="button-with-reason">
      {button}
      <p class="button-reason" id={reasonId}>
        {unavailableReason}
      </p>
    </div>
  )
}
