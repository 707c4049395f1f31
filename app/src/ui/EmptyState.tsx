import type { ComponentChildren } from 'preact'

/** Props of EmptyState. */
export interface EmptyStateProps {
  title: string
  /** What will be here and how it comes about. */
  children: ComponentChildren
  action?: ComponentChildren
  level?: 2 | 3
}

/** Stands where a list will be. */
export function EmptyState({ title, children, action, level = 2 }: EmptyStateProps) {
  const Title = `h${level}` as const
  return (
    <div class="empty-state">
      <Title class="empty-state-title">{title}</Title>
      <p>{children}</p>
      {action !== undefined && <div class="empty-state-action">{action}</div>}
    </div>
  )
}
