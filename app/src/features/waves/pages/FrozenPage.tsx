import type { Person } from '../../../permissions.ts'
import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import type { FrozenInstrument } from '../queries.ts'
import type { Wave } from '../wave.ts'
import { wayBack } from './FreezePage.tsx'

/** Props of FrozenPage. */
export interface FrozenPageProps {
  t: Translator
  person: Person
  wave: Wave
  frozen: FrozenInstrument
  /** The person has just confirmed it. */
  isDone: boolean
}

/** What was frozen, in the place where it was asked for: also whoever comes from an old notice learns that it is done. */
export function FrozenPage({ t, person, wave, frozen, isDone }: FrozenPageProps) {
  const { back, links } = wayBack(t, person, wave)
  const at = wave.frozenAt === null ? '' : formatDateTime(t.language, wave.frozenAt)
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={links} />
      {isDone && (
        <div class="page-notice">
          <Notice kind="success" title={t('waves.freeze.done')} isAnnounced />
        </div>
      )}
      <PageHeading title={t('waves.freeze.frozenTitle')} context={wave.name} lead={t('waves.freeze.frozenLead')} />
      <SummaryList
        rows={[
          { term: t('waves.page.instrument'), value: t('waves.freeze.version', { version: frozen.version }) },
          { term: 'SHA-256', value: <code class="hash">{frozen.contentHash}</code> },
          {
            term: t('waves.freeze.confirmed'),
            value: frozen.frozenBy === null ? at : t('waves.freeze.confirmedBy', { at, name: frozen.frozenBy }),
          },
        ]}
      />
      <p>
        <ButtonLink href={back} kind="secondary">
          {links.at(-1)!.text}
        </ButtonLink>
      </p>
    </>
  )
}
