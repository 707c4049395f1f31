import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { type Assessment, closedSince } from '../../assessments/assessment.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import type { Head } from '../../audit/audit.ts'
import type { Receipt } from '../usecases.ts'

/** What the city keeps of having handed in. */
export function ReceiptPage({
  t,
  now,
  assessment,
  receipt,
  event,
}: {
  t: Translator
  now: Date
  assessment: Assessment
  receipt: Receipt
  /** What the record says of it; null = nothing. */
  event: Head | null
}) {
  const base = `/assessments/${assessment.id}`
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: base, text: contextLine(assessment) },
        ]}
      />
      <PageHeading
        context={contextLine(assessment)}
        title={t('results.receipt.title')}
        lead={
          closedSince(assessment.wave, now) === null
            ? t('results.receipt.lead', { closes: formatDateTime(t.language, assessment.wave.closesAt) })
            : t('results.receipt.leadClosed')
        }
      />
      <SummaryList
        rows={[
          { term: t('results.receipt.city'), value: assessment.city.name },
          { term: t('results.receipt.wave'), value: assessment.wave.name },
          { term: t('results.receipt.time'), value: formatDateTime(t.language, new Date(receipt.submittedAt)) },
          { term: t('results.receipt.hash'), value: <code class="hash">{receipt.contentHash}</code> },
          { term: t('results.receipt.number'), value: <code class="hash">{receipt.id}</code> },
          ...(event === null
            ? []
            : [{ term: t('results.receipt.event', { seq: event.seq }), value: <code class="hash">{event.hash}</code> }]),
        ]}
      />
      <p class="prose">{t(event === null ? 'results.receipt.hashOnly' : 'results.receipt.hashText')}</p>
      {event !== null && <p class="prose">{t('results.receipt.eventText')}</p>}
      <div class="form-actions">
        <ButtonLink href={`${base}/results`}>{t('results.receipt.result')}</ButtonLink>
      </div>
    </>
  )
}
