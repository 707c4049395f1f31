import type { ComponentChildren } from 'preact'
import { formatDate, type Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList, type SummaryRow } from '../../../ui/SummaryList.tsx'
import { TwoColumns } from '../../../ui/TwoColumns.tsx'
import type { Use } from '../citation-queries.ts'
import { type Evidence, isUnopened } from '../evidence.ts'
import type { OpenedEvidence } from '../usecases.ts'
import { languageName } from './languages.ts'
import {
  authorText,
  dayText,
  EvidenceCrumbs,
  evidencePath,
  EvidenceTitle,
  formatText,
  isReadable,
  libraryPath,
  readerPath,
  readersText,
  sizeText,
  textState,
  validityText,
} from './parts.tsx'

/** An answer that the entry proves, as the page shows it. */
export interface ShownUse {
  use: Use
  /** Number and wording of the question. */
  question: string
  /** Page of the question's evidence; null = the person does not read the question. */
  href: string | null
}

export interface EvidencePageProps {
  t: Translator
  opened: OpenedEvidence
  uses: readonly ShownUse[]
  now: Date
  mayChange: boolean
  isChanged: boolean
}

/** One entry of the library: what it is, who may read it, what it proves. */
export function EvidencePage(props: EvidencePageProps) {
  const { t, opened, now, isChanged } = props
  const { city, evidence } = opened
  return (
    <>
      <EvidenceCrumbs t={t} city={city} />
      {isChanged && (
        <div class="page-notice">
          <Notice kind="success" title={t('evidence.done.changed')} isAnnounced />
        </div>
      )}
      <PageHeading title={<EvidenceTitle evidence={evidence} />} lead={evidence.note ?? undefined} />
      {evidence.removedAt !== null && <Removed {...props} />}
      {evidence.removedAt === null && evidence.file !== null && isUnopened(evidence.file) && <Unopened {...props} />}
      <TwoColumns contextLabel={t('evidence.entry.does')} context={<Actions {...props} />}>
        <SummaryList rows={rowsOf(t, evidence, now)} />
        <section aria-labelledby="uses-title">
          <h2 id="uses-title">{t('evidence.entry.uses')}</h2>
          <Uses {...props} />
        </section>
      </TwoColumns>
    </>
  )
}

function Removed({ t, opened: { city, evidence }, mayChange }: EvidencePageProps) {
  return (
    <div class="page-notice">
      <Notice kind="warning" title={t('evidence.entry.removed', { date: formatDate(t.language, evidence.removedAt!) })}>
        <p>{t('evidence.entry.removedText')}</p>
        {mayChange && (
          <form method="post" action={`${evidencePath(city.slug, evidence.id)}/restore`}>
            <input type="hidden" name="version" value={evidence.version} />
            <FormActions>
              <Button kind="secondary">{t('evidence.entry.restore')}</Button>
            </FormActions>
          </form>
        )}
      </Notice>
    </div>
  )
}

/** A document that nobody can read here proves little: it is kept, and the person hears what to do. */
function Unopened({ t, opened: { city }, mayChange }: EvidencePageProps) {
  return (
    <div class="page-notice">
      <Notice kind="warning" title={t('evidence.unopened.title')}>
        <p>{t('evidence.unopened.text')}</p>
        <p>
          {t('evidence.unopened.now')} {mayChange && <a href={libraryPath(city.slug)}>{t('evidence.unopened.library')}</a>}
        </p>
      </Notice>
    </div>
  )
}

function Actions({ t, opened: { city, evidence }, mayChange }: EvidencePageProps) {
  const path = evidencePath(city.slug, evidence.id)
  const link = (href: string, text: ComponentChildren) => (
    <li>
      <a href={href}>{text}</a>
    </li>
  )
  return (
    <>
      <h2>{t('evidence.entry.does')}</h2>
      {isReadable(evidence) && (
        <p>
          <ButtonLink href={readerPath(city.slug, evidence.id)}>{t('evidence.entry.read')}</ButtonLink>
        </p>
      )}
      <ul class="plain-list">
        {evidence.file !== null && link(`${path}/file`, t('evidence.entry.download', { size: sizeText(t, evidence.file.size) }))}
        {evidence.url !== null && (
          <li>
            <a href={evidence.url} rel="noreferrer noopener external">
              {t('evidence.entry.open')}
            </a>
          </li>
        )}
        {mayChange && link(`${path}/edit`, t('evidence.entry.edit'))}
        {mayChange && evidence.removedAt === null && link(`${path}/remove`, t('evidence.entry.remove'))}
      </ul>
      {!mayChange && <p class="small">{t('evidence.entry.notYours')}</p>}
    </>
  )
}

function rowsOf(t: Translator, evidence: Evidence, now: Date): SummaryRow[] {
  const { file, url, datedOn, validFrom, validUntil, language } = evidence
  const row = (
    key: 'kind' | 'name' | 'url' | 'date' | 'from' | 'validity' | 'readers' | 'language' | 'text' | 'scan' | 'hash' | 'added',
    value: ComponentChildren,
  ) => ({
    term: t(`evidence.row.${key}`),
    value,
  })
  const date = (day: string | null) => (day === null ? t('evidence.none') : dayText(t, day))
  return [
    row('kind', t(`evidence.kind.${evidence.kind}`)),
    ...(file === null ? [] : [row('name', `${file.name} (${formatText(t, evidence)}, ${sizeText(t, file.size)})`)]),
    ...(url === null ? [] : [row('url', <span class="evidence-url">{url}</span>)]),
    row('date', date(datedOn)),
    ...(validFrom === null ? [] : [row('from', date(validFrom))]),
    row('validity', validityText(t, validUntil, now)),
    row('readers', readersText(t, evidence)),
    ...(language === null ? [] : [row('language', languageName(t.language, language))]),
    ...(file === null ? [] : [row('text', textState(t, file)), row('scan', t(`evidence.scan.${file.scan}`))]),
    row('added', t('evidence.addedBy', { date: formatDate(t.language, evidence.createdAt), name: authorText(t, evidence.author) })),
    ...(file === null ? [] : [row('hash', <code class="evidence-hash">{file.sha256}</code>)]),
  ]
}

function Uses({ t, opened: { city, evidence }, uses }: EvidencePageProps) {
  if (uses.length === 0) return <p>{t('evidence.entry.unused')}</p>
  return (
    <ul class="citation-list">
      {uses.map(({ use: { citation, wave }, question, href }) => (
        <li class="citation" key={citation.id}>
          <p class="citation-title">{href === null ? question : <a href={href}>{question}</a>}</p>
          <p class="citation-meta">
            {wave.name}
            {citation.page !== null && (
              <>
                {' · '}
                <a href={readerPath(city.slug, evidence.id, citation)}>{t('evidence.page', { page: citation.page })}</a>
              </>
            )}
          </p>
          {citation.quotation !== null && <InsetText lang={evidence.language ?? undefined}>{citation.quotation}</InsetText>}
        </li>
      ))}
    </ul>
  )
}
