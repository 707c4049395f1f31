import type { Translator } from '../../../text/text.ts'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { Pagination } from '../../../ui/Pagination.tsx'
import type { PageText } from '../file-queries.ts'
import { type EvidenceFile, isUnopened } from '../evidence.ts'
import { isImage, isPdf } from '../media-type.ts'
import { findQuotation, markedPieces, type Range } from '../quotation.ts'
import type { OpenedEvidence } from '../usecases.ts'
import { EvidenceCrumbs, evidencePath, readerPath, sizeText } from './parts.tsx'

/** What the reader shows: one page of a document, and where the quotation stands. */
export interface ReaderView {
  page: number
  /** Null = not known. */
  pages: number | null
  quote: string | null
  /** Text of the page; null = none was found. */
  text: string | null
  marks: Range[]
  /** Other pages that hold the quotation. */
  elsewhere: number[]
}

/** Finds the page that is asked for; without one, the first that holds the quotation. */
export function readerView(
  { evidence, pages }: Pick<OpenedEvidence, 'evidence'> & { pages: readonly PageText[] },
  asked: { page: number | null; quote: string | null },
): ReaderView {
  const count = evidence.file?.pages ?? null
  const { quote } = asked
  const holding = quote === null ? [] : pages.filter(({ text }) => findQuotation(text, quote).length > 0).map(({ page }) => page)
  const wanted = asked.page ?? holding[0] ?? 1
  const page = count === null ? wanted : Math.min(wanted, count)
  const text = pages.find((each) => each.page === page)?.text ?? null
  return {
    page,
    pages: count,
    quote,
    text,
    marks: text === null || quote === null ? [] : findQuotation(text, quote),
    elsewhere: holding.filter((number) => number !== page),
  }
}

interface Props {
  t: Translator
  opened: OpenedEvidence
  view: ReaderView
}

/** One page of a document with the quotation marked: its text, and with a script the page itself. */
export function ReaderPage({ t, opened, view }: Props) {
  const { city, evidence } = opened
  const file = evidence.file!
  const kind = isPdf(file.mediaType) ? 'pdf' : isImage(file.mediaType) ? 'image' : null
  return (
    <>
      <EvidenceCrumbs t={t} city={city} evidence={evidence} />
      <PageHeading
        context={evidence.title}
        title={
          kind === 'image'
            ? evidence.title
            : view.pages === null
              ? t('evidence.read.title')
              : t('evidence.read.page', { page: view.page, pages: view.pages })
        }
      />
      {view.quote !== null && <QuoteState t={t} opened={opened} view={view} />}
      <PageLinks t={t} opened={opened} view={view} />
      <div
        class="reader"
        id="reader"
        data-reader={kind ?? undefined}
        data-file={`${evidencePath(city.slug, evidence.id)}/file`}
        data-page={view.page}
        data-quote={view.quote ?? undefined}
        data-title={evidence.title}
      >
        <TextOfPage t={t} opened={opened} view={view} isImage={kind === 'image'} />
      </div>
      <p class="section">
        <a href={`${evidencePath(city.slug, evidence.id)}/file`}>{t('evidence.entry.download', { size: sizeText(t, file.size) })}</a>
      </p>
    </>
  )
}

/** Where the quotation is, in words. */
function QuoteState({ t, opened: { city, evidence }, view }: Props) {
  const links = (
    <ul class="plain-list">
      {view.elsewhere.map((page) => (
        <li key={page}>
          <a href={readerPath(city.slug, evidence.id, { page, quotation: view.quote })}>{t('evidence.page', { page })}</a>
        </li>
      ))}
    </ul>
  )
  if (view.marks.length > 0) return <p class="reader-found">{t('evidence.read.found')}</p>
  return (
    <div class="page-notice" id="quote-missing">
      <Notice kind="warning" title={t(view.elsewhere.length > 0 ? 'evidence.read.elsewhere' : 'evidence.read.notFound')}>
        <blockquote class="reader-quote" lang={evidence.language ?? undefined}>
          {view.quote}
        </blockquote>
        {view.elsewhere.length > 0 ? links : <p>{t(view.text === null ? 'evidence.read.noText' : 'evidence.read.notFoundText')}</p>}
      </Notice>
    </div>
  )
}

function PageLinks({ t, opened: { city, evidence }, view }: Props) {
  const { page, pages, quote } = view
  if (pages === null || pages < 2) return null
  const href = (number: number) => readerPath(city.slug, evidence.id, { page: number, quotation: quote })
  return (
    <div class="reader-pages">
      <Pagination
        label={t('evidence.read.pages')}
        previous={page > 1 ? { href: href(page - 1), text: t('evidence.read.previous') } : undefined}
        next={page < pages ? { href: href(page + 1), text: t('evidence.read.next') } : undefined}
      />
    </div>
  )
}

/** The text of a page with the quotation marked, or why there is none. */
export function TextOfPage({
  t,
  opened: { evidence },
  view,
  isImage: isPicture,
}: Omit<Props, 'opened'> & { opened: Pick<OpenedEvidence, 'evidence'>; isImage: boolean }) {
  if (view.text === null) return <p class="reader-empty">{t(isPicture ? 'evidence.read.image' : emptyKey(evidence.file!))}</p>
  return (
    <div class="reader-text" lang={evidence.language ?? undefined}>
      {markedPieces(view.text, view.marks).map(({ text, isMarked }, i) => (isMarked ? <mark key={i}>{text}</mark> : text))}
    </div>
  )
}

function emptyKey(file: EvidenceFile) {
  if (file.extractedAt === null) return 'evidence.text.waiting'
  return isUnopened(file) ? 'evidence.unopened.text' : 'evidence.read.emptyPage'
}
