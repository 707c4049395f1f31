import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { type Instrument, textOf } from '../../instrument/instrument.ts'
import type { StoredAnswer } from '../answer.ts'
import type { Assessment } from '../assessment.ts'
import { authorText, contextLine } from './parts.tsx'

function whoText(t: Translator, { author, origin }: StoredAnswer): string {
  const name = authorText(t, author) ?? t('assessments.history.system')
  return origin ? `${name}, ${t(`assessments.origin.${origin}`)}` : name
}

/** Who answered what and when, newest first. */
export function HistoryPage({
  t,
  assessment,
  instrument,
  questionId,
  history,
  note,
}: {
  t: Translator
  assessment: Assessment
  instrument: Instrument
  questionId: string
  history: readonly StoredAnswer[]
  /** How the answer relates to that of the city's earlier wave. */
  note: string | null
}) {
  const text = textOf(instrument, t.language).questions[questionId]!
  const base = `/assessments/${assessment.id}`
  const words = ({ options, missing }: StoredAnswer) =>
    missing
      ? t(`assessments.state.${missing}`)
      : options
        ? options.map((option) => text.options[option] ?? option).join('; ')
        : t('assessments.state.open')
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: base, text: contextLine(assessment) },
          { href: `${base}/questions/${questionId}`, text: t('assessments.history.question') },
        ]}
      />
      <PageHeading context={contextLine(assessment)} title={t('assessments.history.title')} lead={text.question} />
      {note !== null && <InsetText>{note}</InsetText>}
      <DataTable
        id="history"
        caption={t('assessments.history.caption')}
        narrow="stack"
        emptyText={t('assessments.history.empty')}
        columns={[
          { id: 'version', header: t('assessments.history.version'), align: 'end' },
          { id: 'when', header: t('assessments.history.when') },
          { id: 'who', header: t('assessments.history.who') },
          { id: 'answer', header: t('assessments.history.answer') },
          { id: 'text', header: t('assessments.history.text') },
        ]}
        rows={history.map((answer) => ({
          id: String(answer.version),
          cells: {
            version: answer.version,
            when: formatDateTime(t.language, new Date(answer.updatedAt!)),
            who: whoText(t, answer),
            answer: words(answer),
            text: <span lang={answer.language ?? undefined}>{[answer.reason, answer.explanation].filter(Boolean).join(' — ')}</span>,
          },
        }))}
      />
    </>
  )
}
