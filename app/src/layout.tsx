import type { ComponentChildren, VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { countNews } from './features/notices/news.ts'
import { can, hasNetworkRole } from './permissions.ts'
import type { Services } from './services.ts'
import { languages } from './text/catalogue.ts'
import { SiteFooter } from './ui/SiteFooter.tsx'
import { SiteHeader } from './ui/SiteHeader.tsx'
import { SkipLink } from './ui/SkipLink.tsx'
import { SyntheticBanner } from './ui/SyntheticBanner.tsx'
import { Button } from './ui/Button.tsx'
import type { WebContext } from './web.ts'

export interface PageOptions {
  /** Title of the page; the browser's tab adds the product. */
  title: string
  status?: ContentfulStatusCode
  /** Scripts of the page by their source name, such as client/answering.tsx. */
  scripts?: readonly string[]
  /** Values for the page's islands; embedded as JSON, read by id. */
  islands?: Readonly<Record<string, unknown>>
  headers?: Record<string, string>
  /** Wide pages use the whole width for charts and tables. */
  isWide?: boolean
}

/** Menus of the header close with Escape, on every page. */
const menus = 'client/menus.ts'

/** JSON inside a script element may not end the element. */
const embed = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')

function navigation(c: WebContext) {
  const t = c.get('t')
  const person = c.get('person')
  const links =
    person === null
      ? [
          ['/cities', t('app.nav.cities')],
          ['/compare', t('compare.nav')],
          ['/questionnaire', t('app.nav.questionnaire')],
          ['/method', t('app.nav.method')],
        ]
      : [
          ['/home', t('app.nav.home')],
          ...(hasNetworkRole(person)
            ? [
                ['/network/waves', t('app.nav.waves')],
                ['/network/cities', t('app.nav.networkCities')],
                ['/network/people', t('app.nav.people')],
              ]
            : []),
          ['/cities', t('app.nav.cities')],
          ['/compare', t('compare.nav')],
          ['/questionnaire', t('app.nav.questionnaire')],
        ]
  const path = c.req.path.startsWith('/assessments/') ? '/home' : c.req.path
  const current = links
    .map(([href]) => href!)
    .filter((href) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0]
  return links.map(([href, text]) => ({ href: href!, text: text!, isCurrent: href === current }))
}

/** The same page in another language: works for pages that were reached by a link; after a form the page starts anew. */
function languageLinks(c: WebContext) {
  const url = new URL(c.req.url)
  return languages.map((language) => {
    url.searchParams.set('lang', language)
    return {
      code: language,
      href: c.req.method === 'GET' ? url.pathname + url.search : `/?lang=${language}`,
      name: languageNames[language],
      isCurrent: language === c.get('language'),
    }
  })
}

const languageNames = { de: 'Deutsch', en: 'English' } as const

function AccountLinks({ c, news }: { c: WebContext; news: number }) {
  const t = c.get('t')
  const person = c.get('person')
  if (person === null) return <a href="/sign-in">{t('app.account.signIn')}</a>
  return (
    <>
      <a class={news > 0 ? 'has-news' : undefined} href="/notices">
        {t('app.account.news', { count: news })}
      </a>
      {can(person, 'account.manage').ok && <a href="/account">{person.name}</a>}
      <form method="post" action="/sign-out">
        <Button kind="quiet">{t('app.account.signOut')}</Button>
      </form>
    </>
  )
}

function Head({ services, options }: { services: Services; options: PageOptions }) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{`${options.title} – Tessera`}</title>
      <link rel="stylesheet" href={services.asset('styles/styles.css')} />
      <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      {[menus, ...(options.scripts ?? [])].map((source) => (
        <script key={source} type="module" src={services.asset(source)} />
      ))}
    </head>
  )
}

const footerLinks = ['method', 'published', 'api', 'accessibility', 'privacy', 'imprint'] as const

interface DocumentProps {
  c: WebContext
  services: Services
  options: PageOptions
  isSynthetic: boolean
  /** What the person has not seen yet. */
  news: number
  children: ComponentChildren
}

function Document({ c, services, options, isSynthetic, news, children }: DocumentProps) {
  const t = c.get('t')
  return (
    <html lang={c.get('language')}>
      <Head services={services} options={options} />
      <body>
        <SkipLink text={t('app.skip')} />
        {isSynthetic && (
          <SyntheticBanner label={t('app.synthetic.label')} title={t('app.synthetic.title')} text={t('app.synthetic.text')} />
        )}
        <SiteHeader
          brand={{ name: 'Tessera', href: '/' }}
          navigation={{ label: t('app.nav.label'), links: navigation(c) }}
          languages={{ label: t('app.languages'), languages: languageLinks(c) }}
          account={<AccountLinks c={c} news={news} />}
        />
        <main id="main" tabIndex={-1} class={options.isWide ? 'wrap wrap-wide' : 'wrap'}>
          {children}
        </main>
        <SiteFooter label={t('app.footer.label')} links={footerLinks.map((name) => ({ href: `/${name}`, text: t(`app.footer.${name}`) }))}>
          {t('app.footer.line')}
        </SiteFooter>
        {Object.entries(options.islands ?? {}).map(([id, value]) => (
          <script key={id} type="application/json" id={id} dangerouslySetInnerHTML={{ __html: embed(value) }} />
        ))}
      </body>
    </html>
  )
}

/** Answers with a whole page around the content. */
export async function page(c: WebContext, services: Services, options: PageOptions, content: VNode): Promise<Response> {
  const isSynthetic = await services.isSynthetic()
  const news = await countNews(c, services, options.status ?? 200)
  const html = renderToString(
    <Document c={c} services={services} options={options} isSynthetic={isSynthetic} news={news}>
      {content}
    </Document>,
  )
  return c.html(`<!doctype html>${html}`, options.status ?? 200, options.headers)
}
