import type { ComponentChildren } from 'preact'

/** Props of Dialog. */
export interface DialogProps {
  id: string
  title: string
  children: ComponentChildren
  closeText: string
  /** Visible as part of the page, without a script; the page decides. */
  isOpen?: boolean
}

/** A native dialog. A Button with `opensDialog` opens it; Escape and its own button close it. */
export function Dialog({ id, title, children, closeText, isOpen = false }: DialogProps) {
  return (
    <dialog class="dialog" id={id} aria-labelledby={`${id}-title`} open={isOpen}>
      <div class="dialog-head">
        <h2 class="dialog-title" id={`${id}-title`}>
          {title}
        </h2>
        <form method="dialog">
          <button class="button button-quiet" type="submit">
            {closeText}
          </button>
        </form>
      </div>
      <div class="dialog-body">{children}</div>
    </dialog>
  )
}
