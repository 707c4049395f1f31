import { Chevron } from './Icon.tsx'

/** One language in its own name, with the address of this page in it. */
export interface LanguageLink {
  /** BCP 47, such as "de". */
  code: string
  name: string
  href: string
  isCurrent?: boolean
}

/** Props of LanguageSwitch. */
export interface LanguageSwitchProps {
  /** What the list is, for screen readers: "Language". */
  label: string
  languages: readonly LanguageLink[]
}

/** The languages as links behind the name of the present one; works without a script. */
export function LanguageSwitch({ label, languages }: LanguageSwitchProps) {
  const current = languages.find((language) => language.isCurrent) ?? languages[0]
  if (current === undefined) return null
  return (
    <details class="language-switch" data-menu>
      <summary>
        <span class="visually-hidden">{label}: </span>
        <span lang={current.code}>{current.name}</span>
        <Chevron />
      </summary>
      <ul>
        {languages.map(({ code, name, href, isCurrent }) => (
          <li key={code}>
            <a href={href} lang={code} hreflang={code} aria-current={isCurrent ? 'true' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}
