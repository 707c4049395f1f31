import type { ComponentChildren } from 'preact'
import { Chevron } from './Icon.tsx'

/** Props of Disclosure. */
export interface DisclosureProps {
  summary: ComponentChildren
  children: ComponentChildren
  isOpen?: boolean
  id?: string
}

/** What only some readers need, behind one line. */
export function Disclosure({ summary, children, isOpen = false, id }: DisclosureProps) {
  return (
    <details class="disclosure" open={isOpen} id={id}>
      <summary>
        <Chevron />
        <span>{summary}</span>
      </summary>
      <div class="disclosure-body">{children}</div>
    </details>
  )
}
