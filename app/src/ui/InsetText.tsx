import type { ComponentChildren } from 'preact'

/** Words of somebody else, or words that stand apart: an earlier answer, a rule, a quotation. */
export function InsetText({ children, lang }: { children: ComponentChildren; lang?: string }) {
  return (
    <div class="inset-text" lang={lang}>
      {children}
    </div>
  )
}
