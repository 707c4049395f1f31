/** Props of TextDifference. */
export interface TextDifferenceProps {
  /** Pieces of both texts in their order. */
  parts: readonly { kind: 'same' | 'removed' | 'added'; text: string }[]
  /** Language of the texts, where it differs from the page. */
  lang?: string
  /** Words that only a screen reader says before what went and what came. */
  removedLabel: string
  addedLabel: string
}

/** A text with what went struck through and what came underlined. */
export function TextDifference({ parts, lang, removedLabel, addedLabel }: TextDifferenceProps) {
  return (
    <p class="text-difference">
      {parts.map(({ kind, text }, i) =>
        kind === 'same' ? (
          <span key={i} lang={lang}>
            {text}
          </span>
        ) : kind === 'removed' ? (
          <del key={i}>
            <span class="visually-hidden">{removedLabel} </span>
            <span lang={lang}>{text}</span>
          </del>
        ) : (
          <ins key={i}>
            <span class="visually-hidden">{addedLabel} </span>
            <span lang={lang}>{text}</span>
          </ins>
        ),
      )}
    </p>
  )
}
