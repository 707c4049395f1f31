import { formatDate, type Translator } from '../../../text/text.ts'
import { Notice } from '../../../ui/Notice.tsx'
import { Pagination } from '../../../ui/Pagination.tsx'
import { isImage, isPdf } from '../../evidence/media-type.ts'
import { EvidenceTitle, formatText, sizeText, validityText } from '../../evidence/pages/parts.tsx'
import { type ReaderView, readerView, TextOfPage } from '../../evidence/pages/ReaderPage.tsx'
import { type DeskDocument, isOpenDocument, type OpenDocument } from '../documents.ts'
import { deskPath, documentFilePath } from '../paths.ts'
import type { DeskProps } from './DeskPage.tsx'

/** What the reader shows of the chosen document. */
export function shownView({ opened, page }: Pick<DeskProps, 'opened' | 'page'>): ReaderView | null {
  const { shown, pages } = opened
  if (shown === null || shown.evidence.file === null) return null
  return readerView({ evidence: shown.evidence, pages }, { page: page ?? shown.place.page, quote: shown.place.quotation })
}

function DocumentLine({ props, document, number }: { props: DeskProps; document: DeskDocument; number: number }) {
  const { t, opened, now } = props
  const kind = t(`evidence.kind.${document.citation.kind as 'other'}`)
  if (!isOpenDocument(document))
    return (
      <li class="desk-document">
        <strong>{kind}</strong>
        <p class="desk-soft">{t(`reviews.document.${document.refusal}`)}</p>
      </li>
    )
  const { evidence, place, seenAt, validUntil } = document
  const facts = [
    kind,
    formatText(t, evidence),
    ...(place.page === null ? [] : [t('evidence.page', { page: place.page })]),
    validityText(t, validUntil, now),
  ]
  return (
    <li class="desk-document">
      <a
        href={deskPath(opened.review.id, opened.question.id, { document: number })}
        aria-current={document === opened.shown ? 'true' : undefined}
      >
        <EvidenceTitle evidence={evidence} />
      </a>
      <p class="desk-soft">
        {facts.join(' · ')}
        {seenAt !== null && (
          <>
            {' · '}
            <span class="desk-seen">{t('reviews.document.seen', { date: formatDate(t.language, seenAt) })}</span>
          </>
        )}
      </p>
    </li>
  )
}

function Quotation({ t, shown, view }: { t: Translator; shown: OpenDocument; view: ReaderView | null }) {
  const { quotation } = shown.place
  if (quotation === null) return null
  if (view !== null && view.marks.length > 0) return <p class="reader-found">{t('evidence.read.found')}</p>
  const words = (
    <blockquote class="reader-quote" lang={shown.evidence.language ?? undefined}>
      {quotation}
    </blockquote>
  )
  if (view === null) return words
  return (
    <Notice kind="warning" level={3} title={t(view.elsewhere.length > 0 ? 'evidence.read.elsewhere' : 'evidence.read.notFound')}>
      {words}
      {view.elsewhere.length > 0 && <p>{t('reviews.document.elsewhere', { pages: view.elsewhere.join(', ') })}</p>}
      {view.elsewhere.length === 0 && <p>{t(view.text === null ? 'evidence.read.noText' : 'evidence.read.notFoundText')}</p>}
    </Notice>
  )
}

function Pages({ t, opened, view }: { t: Translator; opened: DeskProps['opened']; view: ReaderView }) {
  if (view.pages === null || view.pages < 2) return null
  const document = opened.documents.indexOf(opened.shown!) + 1
  const href = (page: number) => deskPath(opened.review.id, opened.question.id, { document, page })
  return (
    <div class="reader-pages">
      <Pagination
        label={t('evidence.read.pages')}
        previous={view.page > 1 ? { href: href(view.page - 1), text: t('evidence.read.previous') } : undefined}
        next={view.page < view.pages ? { href: href(view.page + 1), text: t('evidence.read.next') } : undefined}
        status={t('evidence.read.page', { page: view.page, pages: view.pages })}
      />
    </div>
  )
}

/** The document at the cited page, with the quotation marked. */
function Shown({ props, shown }: { props: DeskProps; shown: OpenDocument }) {
  const { t, opened } = props
  const { evidence } = shown
  const view = shownView(props)
  const { file } = evidence
  if (view === null || file === null)
    return (
      <>
        <Quotation t={t} shown={shown} view={null} />
        <p>
          <a href={evidence.url ?? ''} rel="noreferrer external" target="_blank">
            {t('reviews.document.openLink')}
          </a>
        </p>
        <p class="desk-soft">{evidence.url}</p>
      </>
    )
  const kind = isPdf(file.mediaType) ? 'pdf' : isImage(file.mediaType) ? 'image' : null
  const href = documentFilePath(opened.review.id, evidence.id)
  return (
    <>
      <Quotation t={t} shown={shown} view={view} />
      <Pages t={t} opened={opened} view={view} />
      <div
        class="reader"
        id="reader"
        data-reader={kind ?? undefined}
        data-file={href}
        data-page={view.page}
        data-quote={view.quote ?? undefined}
        data-title={evidence.title}
      >
        <TextOfPage t={t} opened={{ evidence }} view={view} isImage={kind === 'image'} />
      </div>
      <p>
        <a href={href}>{t('evidence.entry.download', { size: sizeText(t, file.size) })}</a>
      </p>
    </>
  )
}

/** The documents that prove the answer, and the one that is read. */
export function EvidencePane(props: DeskProps) {
  const { t, opened } = props
  const { documents, shown } = opened
  return (
    <section class="desk-pane desk-evidence" id="evidence" aria-labelledby="evidence-title" tabIndex={-1}>
      <h2 id="evidence-title">{t('reviews.document.title')}</h2>
      {documents.length === 0 && <p class="desk-soft">{t('reviews.document.none')}</p>}
      {documents.length > 0 && (
        <ol class="desk-documents">
          {documents.map((document, i) => (
            <DocumentLine key={`${document.citation.evidence} ${i}`} props={props} document={document} number={i + 1} />
          ))}
        </ol>
      )}
      {shown !== null && <Shown props={props} shown={shown} />}
    </section>
  )
}
