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

/** A text with what went struck through and what came underlined. The space after a piece is not struck or underlined. */
export function TextDifference({ parts, lang, removedLabel, addedLabel }: TextDifferenceProps) {
  return (
    <p class="text-difference">
      {parts.map(({ kind, text }, i) => {
        const words = <span lang={lang}>{text.trimEnd()}</span>
        const space = text.slice(text.trimEnd().length) || (i < parts.length - 1 ? ' ' : '')
        if (kind === 'same')
          return (
            <span key={i} lang={lang}>
              {text}
            </span>
          )
        const Mark = kind === 'removed' ? 'del' : 'ins'
        return (
          <span key={i}>
            <Mark>
              <span class="visually-hidden">{kind === 'removed' ? removedLabel : addedLabel} </span>
              {words}
            </Mark>
            {space}
          </span>
        )
      })}
    </p>
  )
}
