import type { TextKey } from '../../../text/catalogue.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import type { AnswerFields } from '../../assessments/answer.ts'
import { textOf } from '../../instrument/instrument.ts'
import { choiceWords } from '../../partners/pages/answer-words.ts'
import { languageName } from '../../translations/pages/words.ts'
import type { OpenedQuestion } from '../desk-usecases.ts'
import { queryPath } from '../paths.ts'
import { noDecisionText } from './words.ts'

interface Props {
  t: Translator
  opened: OpenedQuestion
}

const textsOf = ({ reason, explanation }: Pick<AnswerFields, 'reason' | 'explanation'>): string[] =>
  [reason, explanation].filter((text) => text !== null)

function Words({ texts, lang }: { texts: readonly string[]; lang: string | null }) {
  return (
    <>
      {texts.map((text) => (
        <p key={text} class="answer-explanation" lang={lang ?? undefined}>
          {text}
        </p>
      ))}
    </>
  )
}

/** What the city wrote, and its translations beside it; a translation belongs to the words that were handed in. */
function Texts({ t, opened: { question, content } }: Props) {
  const { answer, id } = question
  const own = answer === undefined ? [] : textsOf(answer)
  const translations = (content.translations ?? []).filter(({ questionId }) => questionId === id)
  if (own.length === 0) return <p class="desk-soft">{t('reviews.answer.noText')}</p>
  return (
    <div class="desk-texts">
      <div>
        <h3>
          {answer?.language ? t('reviews.answer.original', { language: languageName(t, answer.language) }) : t('reviews.answer.words')}
        </h3>
        <Words texts={own} lang={answer?.language ?? null} />
      </div>
      {translations.map((translation) => (
        <div key={translation.language}>
          <h3>{t('reviews.answer.translation', { language: languageName(t, translation.language) })}</h3>
          <p class="desk-soft">
            {t(`translations.state.${translation.state}`)}
            {answer !== undefined && answer.version > 1 && ` · ${t('reviews.answer.translationOfFirst')}`}
          </p>
          <Words texts={textsOf(translation)} lang={translation.language} />
        </div>
      ))}
    </div>
  )
}

/** The answer as it was handed in, where the city has given another one since. */
function Before({ t, opened: { question, content, instrument } }: Props) {
  const { answer, id } = question
  if (answer === undefined || answer.version === 1) return null
  const first = content.answers.find(({ questionId }) => questionId === id)
  return (
    <>
      {answer.updatedAt !== null && (
        <p>
          <strong>{t('reviews.answer.anew', { date: formatDate(t.language, new Date(answer.updatedAt)) })}</strong>
        </p>
      )}
      <Disclosure summary={t('reviews.answer.handedIn')}>
        <p class="desk-choice">{choiceWords(t, instrument, id, first ?? { options: null, missing: null })}</p>
        {first !== undefined && <Words texts={textsOf(first)} lang={first.language} />}
      </Disclosure>
    </>
  )
}

/** What the link to the queries about the question says. */
function queryLink({ question, changing }: OpenedQuestion): TextKey {
  if (question.waitsFor === 'expert') return 'reviews.answer.replied'
  if (question.waitsFor === 'city') return 'reviews.answer.waiting'
  return changing.kind === 'open' ? 'reviews.answer.ask' : 'reviews.answer.queries'
}

/** What the city answered. */
export function AnswerPane({ t, opened }: Props) {
  const { instrument, question, review } = opened
  const text = textOf(instrument, t.language).questions[question.id]!
  const without = noDecisionText(t, opened, question)
  return (
    <section class="desk-pane" id="answer" aria-labelledby="answer-title" tabIndex={-1}>
      <h2 id="answer-title">{t('reviews.answer.title')}</h2>
      {without !== null && (
        <InsetText>
          <p>
            <strong>{t(`reviews.state.${question.state}`)}</strong>
          </p>
          <p>{without}</p>
        </InsetText>
      )}
      <p class="desk-choice">{choiceWords(t, instrument, question.id, question.answer ?? { options: null, missing: null })}</p>
      <Texts t={t} opened={opened} />
      <Before t={t} opened={opened} />
      <Disclosure summary={t('reviews.answer.whatCounts')}>
        <p>{text.hint}</p>
        <p>{text.whatCounts}</p>
      </Disclosure>
      {question.state !== 'hidden' && (
        <p>
          <a href={queryPath(review.id, question.id)}>{t(queryLink(opened))}</a>
        </p>
      )}
    </section>
  )
}
