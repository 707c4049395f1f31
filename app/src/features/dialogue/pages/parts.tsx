import type { Translator } from '../../../text/text.ts'
import { InsetText } from '../../../ui/InsetText.tsx'
import type { AnswerFields } from '../../assessments/answer.ts'
import type { Instrument } from '../../instrument/instrument.ts'
import { choiceWords } from '../../partners/pages/answer-words.ts'
import type { DecisionReply, QueryReply, ReviewQuery } from '../dialogue.ts'
import { dayText, momentText } from './words.ts'

/** Words of somebody, as they were typed, in their language. */
export function Words({ text, language }: { text: string; language: string | null }) {
  return (
    <p class="dialogue-words" lang={language ?? undefined}>
      {text}
    </p>
  )
}

interface AnswerProps {
  t: Translator
  instrument: Instrument
  questionId: string
  answer: AnswerFields & { language: string | null }
}

/** An answer in words: the choice, the reason, the explanation. */
export function AnswerWords({ t, instrument, questionId, answer }: AnswerProps) {
  return (
    <>
      <p>
        <strong>{choiceWords(t, instrument, questionId, answer)}</strong>
      </p>
      {[answer.reason, answer.explanation].map((text, i) => text !== null && <Words key={i} text={text} language={answer.language} />)}
    </>
  )
}

/** What was asked, as those see it who reply and those who asked. */
export function QueryText({ t, query }: { t: Translator; query: ReviewQuery }) {
  return (
    <InsetText lang={query.language}>
      <p class="dialogue-words">{query.text}</p>
      <p class="small" lang={t.language}>
        {t('dialogue.query.asked', { asked: momentText(t, query.askedAt), due: dayText(t, query.dueOn) })}
      </p>
    </InsetText>
  )
}

/** Replies of the city, oldest first. */
export function Replies({ t, replies }: { t: Translator; replies: readonly (QueryReply | DecisionReply)[] }) {
  if (replies.length === 0) return null
  return (
    <ol class="dialogue-replies">
      {replies.map((reply) => (
        <li key={reply.id} id={`reply-${reply.id}`}>
          <Words text={reply.text} language={reply.language} />
          <p class="small">
            {t('dialogue.reply.by', { who: reply.writer ?? t('dialogue.somebody'), when: momentText(t, reply.writtenAt) })}
            {'frozenVersion' in reply && reply.frozenVersion !== null && <> {t('dialogue.reply.withAnswer')}</>}
          </p>
        </li>
      ))}
    </ol>
  )
}
