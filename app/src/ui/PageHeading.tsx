import type { ComponentChildren } from 'preact'

/** Props of PageHeading. */
export interface PageHeadingProps {
  title: ComponentChildren
  /** One or two sentences: what this page is for. */
  lead?: ComponentChildren
  /** What the page belongs to, such as city and wave; stands above the title. */
  context?: ComponentChildren
}

/** The one h1 of a page. */
export function PageHeading({ title, lead, context }: PageHeadingProps) {
  return (
    <div class="page-heading">
      {context !== undefined && <p class="page-heading-context">{context}</p>}
      <h1>{title}</h1>
      {lead !== undefined && <p class="page-heading-lead">{lead}</p>}
    </div>
  )
}
