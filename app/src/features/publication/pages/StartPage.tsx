import type { TextKey } from '../../../text/catalogue.ts'
import type { Translator } from '../../../text/text.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Mosaic, type MosaicProps } from '../../../ui/charts/Mosaic.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SearchForm } from '../../../ui/SearchForm.tsx'

const doors: { href: string; title: TextKey; text: TextKey }[] = [
  { href: '/questionnaire', title: 'start.more.questionnaire', text: 'start.more.questionnaireText' },
  { href: '/quick-check', title: 'start.more.quickCheck', text: 'start.more.quickCheckText' },
  { href: '/method', title: 'start.more.method', text: 'start.more.methodText' },
  { href: '/pact', title: 'start.more.pact', text: 'start.more.pactText' },
]

/** What this is in three sentences, a way to each city, and a picture of the network that ranks nobody. */
export function StartPage({ t, isSignedIn, tesserae }: { t: Translator; isSignedIn: boolean; tesserae: MosaicProps['tesserae'] }) {
  const count = tesserae.length
  return (
    <>
      <div class="start-lead">
        <div class="stack">
          <PageHeading title={t('start.title')} />
          <p>
            {t('start.what.1')} {t('start.what.2')} {t('start.what.3')}
          </p>
          <p>
            {isSignedIn ? (
              <ButtonLink href="/home">{t('start.home')}</ButtonLink>
            ) : (
              <ButtonLink href="/sign-in">{t('start.signIn')}</ButtonLink>
            )}
          </p>
        </div>
        <SearchForm action="/cities" name="q" label={t('start.search.label')} buttonText={t('start.search.button')} />
      </div>
      <section class="section" aria-labelledby="network">
        <h2 id="network">{t('start.mosaic.title')}</h2>
        <Mosaic
          label={t('start.mosaic.label', { count })}
          tesserae={tesserae}
          readingHint={t('start.mosaic.reading')}
          emptyText={t('start.mosaic.empty')}
        />
        {count > 0 && (
          <p class="small">
            {t('start.mosaic.caption', { count })} <a href="/cities">{t('start.mosaic.list')}</a>{' '}
            <a href="/mosaic.svg">{t('start.mosaic.download')}</a> <a href="/mosaic.png">{t('start.mosaic.downloadPng')}</a>
          </p>
        )}
      </section>
      <section class="section" aria-labelledby="more">
        <h2 id="more">{t('start.more.title')}</h2>
        <ul class="start-doors">
          {doors.map(({ href, title, text }) => (
            <li key={href}>
              <a href={href}>{t(title)}</a>
              <p>{t(text)}</p>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
