/** Props of ErrorSummary. */
export interface ErrorSummaryProps {
  title: string
  /** One line for each error; the field id without the number sign, if one field is meant. */
  errors: readonly { fieldId?: string; text: string }[]
}

/** All errors of a form, above it. A small script or `autofocus` moves the focus here. */
export function ErrorSummary({ title, errors }: ErrorSummaryProps) {
  return (
    <div class="error-summary" role="alert" tabIndex={-1} autofocus data-error-summary>
      <h2 class="error-summary-title">{title}</h2>
      <ul>
        {errors.map(({ fieldId, text }) => (
          <li key={`${fieldId}${text}`}>{fieldId === undefined ? <strong>{text}</strong> : <a href={`#${fieldId}`}>{text}</a>}</li>
        ))}
      </ul>
    </div>
  )
}
