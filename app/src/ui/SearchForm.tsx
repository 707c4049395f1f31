/** Props of SearchForm. */
export interface SearchFormProps {
  action: string
  label: string
  buttonText: string
  name?: string
  value?: string
  /** Other parameters of the page that the search keeps. */
  hidden?: Readonly<Record<string, string>>
}

/** A search that works as a plain GET form. */
export function SearchForm({ action, label, buttonText, name = 'q', value, hidden = {} }: SearchFormProps) {
  return (
    <search>
      <form class="search-form" method="get" action={action}>
        <label class="field-label" for={`search-${name}`}>
          {label}
        </label>
        <div class="field-control search-form-row">
          <input class="text-input" type="search" id={`search-${name}`} name={name} value={value} autocomplete="off" />
          <button class="button button-secondary" type="submit">
            {buttonText}
          </button>
        </div>
        {Object.entries(hidden).map(([key, kept]) => (
          <input type="hidden" name={key} value={kept} key={key} />
        ))}
      </form>
    </search>
  )
}
