import { inContext, systemContext } from '../../db/context.ts'
import type { Services } from '../../services.ts'
import { formatDate, formatNumber, type Translator } from '../../text/text.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import type { Head } from '../audit/audit.ts'
import { findEvent } from '../audit/queries.ts'
import { openPublished, type PublishedVerified, type NoRank, type VerifiedRank } from '../agreement/published.ts'
import { defaultScheme, type Instrument, questionNumbers, textOf } from '../instrument/instrument.ts'
import { dimensionElement } from '../results/elements.ts'

interface Props {
  t: Translator
  instrument: Instrument
  published: PublishedVerified
  /** The event of its publication in the record; null = loaded with the demonstration. */
  event: Head | null
}

function rankText(t: Translator, rank: VerifiedRank): string {
  if (typeof rank === 'string') return t(`agreement.public.noRank.${rank}`)
  return t(rank.isTentative ? 'agreement.public.rankTentative' : 'agreement.public.rankOf', { rank: rank.rank, count: rank.count })
}

function cellsOf({ t, published }: Props, element: string) {
  const { score, share } = published.verifiedOf(element)
  return {
    reported: formatNumber(t.language, published.reportedOf(element), 1),
    verified: formatNumber(t.language, score, 1),
    share: share === null ? '–' : t('agreement.public.percent', { share: formatNumber(t.language, 100 * share) }),
  }
}

/** Why nothing has a rank, where that is the same for everything; null = it differs, or something has one. */
function sameReason({ instrument, published }: Props): NoRank | null {
  const ranks = ['core', 'extended', ...instrument.dimensions.map(({ id }) => dimensionElement(id))].map(published.rankOf)
  const [first] = ranks
  return typeof first === 'string' && ranks.every((rank) => rank === first) ? first : null
}

function Scores(props: Props) {
  const { t, instrument, published } = props
  const names = textOf(instrument, t.language).dimensions
  const indices = (['core', 'extended'] as const).map((index) => ({
    id: index,
    cells: { name: t(`agreement.public.${index}`), ...cellsOf(props, index), rank: rankText(t, published.rankOf(index)) },
  }))
  const areas = instrument.dimensions.map(({ id }) => ({
    id,
    cells: { name: names[id]!.name, ...cellsOf(props, dimensionElement(id)), rank: rankText(t, published.rankOf(dimensionElement(id))) },
  }))
  return (
    <DataTable
      id="verified"
      caption={t('agreement.public.caption')}
      isCaptionHidden
      narrow="stack"
      emptyText={t('agreement.public.empty')}
      columns={[
        { id: 'name', header: t('agreement.public.area') },
        { id: 'reported', header: t('agreement.public.reported'), align: 'end' },
        { id: 'verified', header: t('agreement.public.verified'), align: 'end' },
        { id: 'share', header: t('agreement.public.share'), align: 'end' },
        ...(sameReason(props) === null ? [{ id: 'rank', header: t('agreement.public.rank') }] : []),
      ]}
      rows={[...indices, ...areas]}
    />
  )
}

function Remarks({ t, instrument, published: { remarks } }: Props) {
  const numbers = questionNumbers(instrument)
  const about = ({ questionId, at }: { questionId: string; at: Date }) => ({
    number: numbers.get(questionId) ?? 0,
    date: formatDate(t.language, at),
  })
  const lines = [
    ...remarks.overrides.map((note) => t('agreement.public.override', { note })),
    ...remarks.mended.map((each) => t('agreement.public.mended', about(each))),
    ...remarks.answeredLate.map((each) => t('agreement.public.late', about(each))),
  ]
  return (
    <div>
      <h4>{t('agreement.public.remarks')}</h4>
      {lines.length === 0 ? (
        <p>{t('agreement.public.noRemarks')}</p>
      ) : (
        <ul>
          {lines.map((line, i) => (
            <li key={i}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Verified(props: Props) {
  const { t, published, event } = props
  const { wave, publishedAt, methodHash } = published.result
  const noRank = sameReason(props)
  return (
    <section class="section" aria-labelledby="verified-title">
      <h3 id="verified-title">{t('agreement.public.title')}</h3>
      <div class="stack">
        <p>{t('agreement.public.lead', { wave: wave.name, date: formatDate(t.language, publishedAt) })}</p>
        <Scores {...props} />
        {noRank !== null && <p>{t(`agreement.public.noRank.${noRank}`)}.</p>}
        <Remarks {...props} />
        <p class="small">
          <a href={`/waves/${wave.slug}/method`}>{t('agreement.public.method')}</a>: <code class="hash">{methodHash}</code>
        </p>
        {event !== null && (
          <p class="small">
            {t('agreement.public.event', { seq: event.seq })}: <code class="hash">{event.hash}</code>
          </p>
        )}
      </div>
    </section>
  )
}

/** What experts found in a city's newest reviewed copy; null = nothing is published. */
export async function verifiedSection({ db, instruments }: Services, t: Translator, cityId: string) {
  return inContext(db, systemContext, async (tx) => {
    const scheme = defaultScheme(instruments.current).id
    const published = await openPublished(tx, instruments, cityId, scheme)
    const version = published?.result.wave.instrumentVersionId ?? null
    if (published === null || version === null) return null
    const { reviewId, publishedAt } = published.result
    const event = await findEvent(tx, cityId, 'review.published', `review:${reviewId}`, publishedAt)
    return <Verified t={t} instrument={await instruments.get(tx, version)} published={published} event={event} />
  })
}
