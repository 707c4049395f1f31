import type { ComponentChildren } from 'preact'

/** One line of a summary. */
export interface SummaryRow {
  term: ComponentChildren
  value: ComponentChildren
  /** The value says that there is none ("Not answered"). */
  isEmpty?: boolean
  /** "Change", and the hidden words that say what. */
  action?: { href: string; text: string; hiddenSuffix: string }
}

/** What was entered, line by line, each with its way back. */
export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  return (
    <dl class="summary-list">
      {rows.map(({ term, value, isEmpty = false, action }, i) => (
        <div class="summary-list-row" key={i}>
          <dt>{term}</dt>
          <dd class={isEmpty ? 'summary-list-value-empty' : undefined}>{value}</dd>
          {action !== undefined && (
            <dd class="summary-list-action">
              <a href={action.href}>
                {action.text}
                <span class="visually-hidden"> {action.hiddenSuffix}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
