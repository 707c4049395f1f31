import type { TextKey } from '../../../text/catalogue.ts'
import { isTextKey } from '../../../text/catalogue.ts'
import type { Translator } from '../../../text/text.ts'
import { PageHeading } from '../../../ui/PageHeading.tsx'

export const legalPages = ['accessibility', 'privacy', 'imprint'] as const
export type LegalName = (typeof legalPages)[number]

function sections(name: LegalName): { title: TextKey; text: TextKey }[] {
  const found = []
  for (let i = 1; isTextKey(`legal.${name}.${i}.title`); i++)
    found.push({ title: `legal.${name}.${i}.title` as TextKey, text: `legal.${name}.${i}.text` as TextKey })
  return found
}

/** Accessibility, privacy and legal notice: plain sections of text. */
export function LegalPage({ t, name }: { t: Translator; name: LegalName }) {
  return (
    <>
      <PageHeading title={t(`legal.${name}.title`)} lead={t(`legal.${name}.lead`)} />
      {sections(name).map(({ title, text }) => (
        <section class="section" key={title}>
          <h2>{t(title)}</h2>
          {t(text)
            .split('\n')
            .map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
        </section>
      ))}
    </>
  )
}
