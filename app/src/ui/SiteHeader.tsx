import type { ComponentChildren } from 'preact'
import { BrandMark } from './BrandMark.tsx'
import { LanguageSwitch, type LanguageSwitchProps } from './LanguageSwitch.tsx'

/** A link in a list of links. */
export interface NavLink {
  href: string
  text: string
  isCurrent?: boolean
}

/** Props of SiteHeader. */
export interface SiteHeaderProps {
  brand: { name: string; href: string; label?: string }
  navigation: { label: string; links: readonly NavLink[] }
  languages: LanguageSwitchProps
  /** A link to sign in, or the account link and the form that signs out. */
  account?: ComponentChildren
}

/** Name, main navigation, languages and account. */
export function SiteHeader({ brand, navigation, languages, account }: SiteHeaderProps) {
  return (
    <header class="site-header">
      <div class="wrap site-header-row">
        <a class="site-header-brand" href={brand.href} aria-label={brand.label}>
          <BrandMark />
          {brand.name}
        </a>
        {navigation.links.length > 0 && (
          <nav class="site-header-nav" aria-label={navigation.label}>
            <ul>
              {navigation.links.map(({ href, text, isCurrent }) => (
                <li key={href}>
                  <a href={href} aria-current={isCurrent ? 'page' : undefined}>
                    {text}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        <div class="site-header-tools">
          <LanguageSwitch {...languages} />
          {account !== undefined && <div class="site-header-account">{account}</div>}
        </div>
      </div>
    </header>
  )
}
