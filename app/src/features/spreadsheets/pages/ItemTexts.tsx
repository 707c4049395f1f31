import { formatDateTime, type Translator } from '../../../text/text.ts'
import { TextDifference } from '../../../ui/TextDifference.tsx'
import { wordDifference } from '../../../word-difference.ts'
import type { AnswerFields, StoredAnswer } from '../../assessments/answer.ts'
import { authorText } from '../../assessments/pages/parts.tsx'
import { type Instrument, questionNumbers, textOf } from '../../instrument/instrument.ts'
import type { ImportItem } from '../importing.ts'
import { answerText } from './answer-text.ts'

/** The question with its number. */
export function questionLabel(t: Translator, instrument: Instrument, questionId: string): string {
  const number = questionNumbers(instrument).get(questionId)
  return `${number} ${textOf(instrument, t.language).questions[questionId]?.question ?? questionId}`
}

/** Who gave the answer that stands here, and when; null when nobody did. */
function whoWhen(t: Translator, { author, updatedAt }: StoredAnswer): string | null {
  if (updatedAt === null) return null
  const time = formatDateTime(t.language, new Date(updatedAt))
  const name = authorText(t, author)
  return name === null ? t('spreadsheets.item.at', { time }) : t('spreadsheets.item.by', { name, time })
}

interface Props {
  t: Translator
  instrument: Instrument
  item: ImportItem
}

function TextChange({
  t,
  name,
  before,
  after,
}: {
  t: Translator
  name: 'reason' | 'explanation'
  before: string | null
  after: string | null
}) {
  if ((before ?? '') === (after ?? '')) return null
  return (
    <div class="sheet-text">
      <span class="sheet-term">{t(`spreadsheets.item.${name}`)}</span>
      {before === null ? (
        <p class="sheet-long">{after}</p>
      ) : (
        <TextDifference
          parts={wordDifference(before ?? '', after ?? '')}
          removedLabel={t('spreadsheets.item.removed')}
          addedLabel={t('spreadsheets.item.added')}
        />
      )}
    </div>
  )
}

/** What stands here now, and what the file makes of it. */
export function ItemChange({ t, instrument, item }: Props) {
  const { questionId, current, proposed, lacksReason } = item
  const [now, then] = [current, proposed].map((answer) => answerText(t, instrument, questionId, answer))
  const who = whoWhen(t, current)
  return (
    <div class="sheet-change">
      {now === then ? (
        <p>{t('spreadsheets.item.sameChoice', { answer: now! })}</p>
      ) : (
        <>
          {current.version > 0 && (
            <p>
              <span class="sheet-term">{t('spreadsheets.item.now')}</span> {now}
            </p>
          )}
          <p>
            <span class="sheet-term">{t('spreadsheets.item.then')}</span> {then}
          </p>
        </>
      )}
      <TextChange t={t} name="reason" before={current.reason} after={proposed.reason} />
      <TextChange t={t} name="explanation" before={current.explanation} after={proposed.explanation} />
      {who !== null && <p class="small">{who}</p>}
      {lacksReason && <p class="small">{t('spreadsheets.item.lacksReason')}</p>}
    </div>
  )
}

function Version({
  t,
  instrument,
  questionId,
  answer,
}: {
  t: Translator
  instrument: Instrument
  questionId: string
  answer: AnswerFields
}) {
  return (
    <>
      <span class="import-line">{answerText(t, instrument, questionId, answer)}</span>
      {answer.reason !== null && <span class="import-line">{t('spreadsheets.item.reasonIs', { text: answer.reason })}</span>}
      {answer.explanation !== null && (
        <span class="import-line sheet-long">{t('spreadsheets.item.explanationIs', { text: answer.explanation })}</span>
      )}
    </>
  )
}

/** Both versions of a conflict, as options to choose from, and the one that the file was made with. */
export function conflictOptions({ t, instrument, item }: Props) {
  const { questionId, current, proposed, row } = item
  const who = whoWhen(t, current)
  return [
    {
      value: 'ours',
      label: t('spreadsheets.item.keep'),
      hint: (
        <>
          <Version t={t} instrument={instrument} questionId={questionId} answer={current} />
          {who !== null && <span class="import-line">{who}</span>}
        </>
      ),
    },
    {
      value: 'file',
      label: t('spreadsheets.item.take', { row: String(row) }),
      hint: <Version t={t} instrument={instrument} questionId={questionId} answer={proposed} />,
    },
  ]
}

/** What stood here when the file was made. */
export function baseText({ t, instrument, item }: Props): string {
  if (item.base === null) return t('spreadsheets.item.baseUnknown')
  return t('spreadsheets.item.base', { answer: answerText(t, instrument, item.questionId, item.base) })
}
