import type { ComponentChildren } from 'preact'

/** Props of TwoColumns. */
export interface TwoColumnsProps {
  children: ComponentChildren
  /** Who, when, evidence, help. */
  context: ComponentChildren
  /** Name of the narrow column, for screen readers. */
  contextLabel: string
}

/** One column of work and one narrow column of context; below each other on narrow screens. */
export function TwoColumns({ children, context, contextLabel }: TwoColumnsProps) {
  return (
    <div class="two-columns">
      <div class="stack">{children}</div>
      <section class="two-columns-context" aria-label={contextLabel}>
        {context}
      </section>
    </div>
  )
}
