import type { ComponentChildren } from 'preact'

/** The buttons at the end of a form: what happens first, the way out last. */
export function FormActions({ children }: { children: ComponentChildren }) {
  return <div class="form-actions">{children}</div>
}
