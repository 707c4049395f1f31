/** Props of SkipLink. */
export interface SkipLinkProps {
  text: string
  /** Id of the main element, without the number sign. */
  target?: string
}

/** The first link of a page: leads past the header. */
export function SkipLink({ text, target = 'main' }: SkipLinkProps) {
  return (
    <a class="skip-link" href={`#${target}`}>
      {text}
    </a>
  )
}
