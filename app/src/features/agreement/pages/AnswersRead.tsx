import type { Translator } from '../../../text/text.ts'
import { emptyAnswer, type StoredAnswer } from '../../assessments/answer.ts'
import type { Instrument } from '../../instrument/instrument.ts'
import { answerAt } from '../../reviews/line.ts'
import { answerText } from '../../spreadsheets/pages/answer-text.ts'
import type { Disagreement } from '../agreement.ts'
import type { OpenedDisagreements } from '../usecases.ts'

interface AnswerProps {
  t: Translator
  instrument: Instrument
  questionId: string
  answer: StoredAnswer | undefined
}

function Answer({ t, instrument, questionId, answer }: AnswerProps) {
  return (
    <>
      <p>{answerText(t, instrument, questionId, answer ?? emptyAnswer)}</p>
      {answer?.explanation != null && (
        <blockquote class="conflict-text" lang={answer.language ?? undefined}>
          {answer.explanation}
        </blockquote>
      )}
    </>
  )
}

/** What the city answered, as the experts had it before them; both versions where they read different ones. */
export function AnswersRead({ t, found, disagreement }: { t: Translator; found: OpenedDisagreements; disagreement: Disagreement }) {
  const { questionId, first, second, isSameAnswer } = disagreement
  const { instrument, opened } = found
  if (isSameAnswer || opened === null)
    return (
      <section class="section">
        <h2>{t('agreement.page.answer')}</h2>
        <Answer t={t} instrument={instrument} questionId={questionId} answer={opened?.copy.answers.get(questionId)} />
      </section>
    )
  const read = [first, second].map(({ judgement }) => answerAt(opened.copy, questionId, judgement.answerVersion))
  return (
    <section class="section">
      <h2>{t('agreement.page.answers')}</h2>
      <p>
        {t('agreement.page.notSame')} {t('agreement.page.newest')}
      </p>
      <div class="agreement-sides">
        {read.map((answer, i) => (
          <section key={i} class="agreement-side">
            <h3>{t(i === 0 ? 'agreement.side.a' : 'agreement.side.b')}</h3>
            <Answer t={t} instrument={instrument} questionId={questionId} answer={answer} />
          </section>
        ))}
      </div>
    </section>
  )
}
