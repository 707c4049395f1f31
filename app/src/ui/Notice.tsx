import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

/** What a notice is about. */
export type NoticeKind = 'information' | 'success' | 'warning' | 'error'

/** Props of Notice. */
export interface NoticeProps {
  kind: NoticeKind
  title: string
  /** Level of the title among the headings of the page. */
  level?: 2 | 3
  /** Read aloud when it appears; for the answer to something the reader just did. */
  isAnnounced?: boolean
  children?: ComponentChildren
}

const icons: Record<NoticeKind, IconName> = {
  information: 'information',
  success: 'check',
  warning: 'warning',
  error: 'error',
}

/** A titled message; its kind shows in the shape of the sign, not only in colour. */
export function Notice({ kind, title, level = 2, isAnnounced = false, children }: NoticeProps) {
  const Title = `h${level}` as const
  const announced = kind === 'error' ? 'alert' : 'status'
  return (
    <div class={`notice notice-${kind}`} role={isAnnounced ? announced : undefined}>
      <Icon name={icons[kind]} />
      <div class="notice-body">
        <Title class="notice-title">{title}</Title>
        {children}
      </div>
    </div>
  )
}
