import { can, type Person } from '../../../permissions.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { mayWrite } from '../../assessments/assignment.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import type { OpenedQuestionnaire } from '../../assessments/usecases.ts'
import { questionNumbers, textOf } from '../../instrument/instrument.ts'
import { isPending, type Suggestion } from '../partner.ts'
import { choiceWords } from './answer-words.ts'

interface Props extends OpenedQuestionnaire {
  t: Translator
  person: Person
  suggestions: Suggestion[]
  notice: 'suggested' | 'accepted' | 'declined' | 'withdrawn' | null
}

function Outcome({ t, suggestion }: { t: Translator; suggestion: Suggestion }) {
  const { decision, decidedAt, withdrawnAt, decisionNote } = suggestion
  if (withdrawnAt !== null) return <p>{t('partners.suggestions.withdrawn', { date: formatDate(t.language, withdrawnAt) })}</p>
  if (decision === null) return null
  return (
    <>
      <p>{t(`partners.suggestions.${decision}`, { date: formatDate(t.language, decidedAt!) })}</p>
      {decisionNote !== null && <p>{decisionNote}</p>}
    </>
  )
}

/** What can be done with a suggestion that waits: the city decides, its author takes it back. */
function Steps({ t, person, assessment, reach, answers, suggestion, number }: Props & { suggestion: Suggestion; number: number }) {
  const action = `/assessments/${assessment.id}/suggestions/${suggestion.id}`
  const suffix = t('partners.suggestions.of', { number })
  if (!isPending(suggestion)) return null
  if (suggestion.by?.id === person.id)
    return (
      <form method="post" action={`${action}/withdraw`}>
        <Button kind="quiet" hiddenSuffix={suffix}>
          {t('partners.suggestions.takeBack')}
        </Button>
      </form>
    )
  if (!can(person, 'suggestion.decide', assessment.city.id).ok || !mayWrite(reach, suggestion.questionId)) return null
  return (
    <div class="question-offer-actions">
      <form method="post" action={`${action}/accept`}>
        <input type="hidden" name="version" value={answers.get(suggestion.questionId)?.version ?? 0} />
        <Button hiddenSuffix={suffix}>{t('partners.suggestions.takeOver')}</Button>
      </form>
      <form method="post" action={`${action}/decline`}>
        <TextField
          name="note"
          id={`note-${suggestion.id}`}
          label={t('partners.suggestions.note')}
          optionalText={t('guests.form.optional')}
        />
        <Button kind="secondary" hiddenSuffix={suffix}>
          {t('partners.suggestions.decline')}
        </Button>
      </form>
    </div>
  )
}

function Item(props: Props & { suggestion: Suggestion }) {
  const { t, assessment, whole, answers, suggestion } = props
  const { questionId, reason, explanation, language, note, by, createdAt } = suggestion
  const number = questionNumbers(whole).get(questionId) ?? 0
  const current = answers.get(questionId)
  const text = textOf(whole, t.language).questions[questionId]
  return (
    <section class="section" aria-labelledby={`suggestion-${suggestion.id}`}>
      <h2 id={`suggestion-${suggestion.id}`}>
        <a href={`/assessments/${assessment.id}/questions/${questionId}`}>
          {number} {text?.question}
        </a>
      </h2>
      <p>{t('partners.suggestions.by', { name: by?.name ?? '–', date: formatDate(t.language, createdAt) })}</p>
      {note !== null && <p>{note}</p>}
      <SummaryList
        rows={[
          {
            term: t('partners.suggestions.now'),
            value: (
              <>
                {choiceWords(t, whole, questionId, current ?? { options: null, missing: null })}
                {current?.explanation && (
                  <p class="answer-explanation" lang={current.language ?? undefined}>
                    {current.explanation}
                  </p>
                )}
              </>
            ),
          },
          {
            term: t('partners.suggestions.suggested'),
            value: (
              <>
                {choiceWords(t, whole, questionId, suggestion)}
                {[reason, explanation]
                  .filter((each) => each !== null)
                  .map((each) => (
                    <p key={each} class="answer-explanation" lang={language ?? undefined}>
                      {each}
                    </p>
                  ))}
              </>
            ),
          },
        ]}
      />
      <Outcome t={t} suggestion={suggestion} />
      <Steps {...props} number={number} />
    </section>
  )
}

/** Everything that was suggested, what waits first. */
export function SuggestionsPage(props: Props) {
  const { t, assessment, suggestions, notice } = props
  const waiting = suggestions.filter(isPending).length
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: `/assessments/${assessment.id}`, text: contextLine(assessment) },
        ]}
      />
      {notice !== null && <Notice kind="success" title={t(`partners.suggestions.done.${notice}`)} isAnnounced />}
      <PageHeading
        context={contextLine(assessment)}
        title={t('partners.suggestions.title', { count: waiting })}
        lead={t('partners.suggestions.lead')}
      />
      {suggestions.map((suggestion) => (
        <Item key={suggestion.id} {...props} suggestion={suggestion} />
      ))}
      {suggestions.length === 0 && <EmptyState title={t('partners.suggestions.empty')}>{t('partners.suggestions.emptyText')}</EmptyState>}
    </>
  )
}
