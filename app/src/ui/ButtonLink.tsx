import type { ComponentChildren } from 'preact'
import type { ButtonKind } from './Button.tsx'

/** Props of ButtonLink. */
export interface ButtonLinkProps {
  href: string
  children: ComponentChildren
  kind?: ButtonKind
  hiddenSuffix?: string
  /** A file to save instead of a page to open. */
  isDownload?: boolean
}

/** A link that is the next step of the page. */
export function ButtonLink({ href, children, kind = 'primary', hiddenSuffix, isDownload }: ButtonLinkProps) {
  return (
    <a class={`button button-${kind}`} href={href} download={isDownload}>
      {children}
      {hiddenSuffix !== undefined && <span class="visually-hidden"> {hiddenSuffix}</span>}
    </a>
  )
}
