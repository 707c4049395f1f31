import type { ComponentChildren } from 'preact'

/** Terms with what they mean, below each other. */
export function DefinitionText({ definitions }: { definitions: readonly { term: string; meaning: ComponentChildren }[] }) {
  return (
    <dl class="definition-text">
      {definitions.map(({ term, meaning }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  )
}
