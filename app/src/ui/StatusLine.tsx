import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

/** The five states of something that saves itself. */
export type SaveState = 'saved' | 'saving' | 'not-saved' | 'conflict' | 'read-only'

/** Props of StatusLine. */
export interface StatusLineProps {
  /** Null before anything happened: the line is there, empty, so that it can be read aloud later. */
  state: SaveState | null
  text: string
  /** A link or button, such as "Compare". */
  action?: ComponentChildren
  id?: string
}

const icons: Record<SaveState, IconName> = {
  saved: 'check',
  saving: 'turning',
  'not-saved': 'warning',
  conflict: 'versions',
  'read-only': 'lock',
}

/** One line that says whether the work is safe: shape and words. */
export function StatusLine({ state, text, action, id }: StatusLineProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- screen readers announce role="status" more surely than output
    <div class={`status-line status-line-${state ?? 'idle'}`} role="status" id={id}>
      {state !== null && <Icon name={icons[state]} />}
      <span>
        <span class="status-line-text">{text}</span> {action}
      </span>
    </div>
  )
}
