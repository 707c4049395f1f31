import type { FormErrors, FormValues } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { Pagination } from '../../../ui/Pagination.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { deskProgress, neighboursOf, nextWaiting } from '../desk.ts'
import type { OpenedQuestion } from '../desk-usecases.ts'
import { deskPath, reviewPath } from '../paths.ts'
import { AnswerPane } from './AnswerPane.tsx'
import { DecisionForm } from './DecisionForm.tsx'
import { EvidencePane } from './EvidencePane.tsx'
import { reviewContext, titleOf } from './words.ts'

export interface DeskProps {
  t: Translator
  opened: OpenedQuestion
  /** Page of the document that is asked for; null = the cited one. */
  page: number | null
  now: Date
  values: FormValues
  errors: FormErrors
  isSaved: boolean
}

/** The keys of the desk; shown to everybody, working where scripts run. */
const shortcuts = [
  'decide',
  'flag',
  'saveNext',
  'save',
  'next',
  'previous',
  'nextOpen',
  'answer',
  'evidence',
  'decision',
  'note',
  'help',
] as const

function Shortcuts({ t }: { t: Translator }) {
  return (
    <div class="desk-shortcuts" data-desk-shortcuts hidden>
      <Disclosure summary={t('reviews.keys.title')} id="desk-keys">
        <p>{t('reviews.keys.lead')}</p>
        <dl class="desk-keys">
          {shortcuts.map((name) => (
            <div key={name}>
              <dt>
                <kbd>{t(`reviews.keys.${name}.key`)}</kbd>
              </dt>
              <dd>{t(`reviews.keys.${name}.text`)}</dd>
            </div>
          ))}
        </dl>
        <div class="option">
          <input class="option-input" type="checkbox" id="desk-keys-on" data-desk-keys-on />
          <label class="option-label" for="desk-keys-on">
            {t('reviews.keys.on')}
          </label>
        </div>
      </Disclosure>
    </div>
  )
}

/** To the questions before and after, and to the next that waits. */
function Ways({ t, opened }: Pick<DeskProps, 't' | 'opened'>) {
  const { review, questions, question } = opened
  const { position, count, previous, next } = neighboursOf(questions, question.id)
  const waiting = nextWaiting(questions, question.id)
  const link = (id: string | null, text: string) => (id === null ? undefined : { href: deskPath(review.id, id), text })
  return (
    <div class="desk-ways">
      <Pagination
        label={t('reviews.ways.label')}
        previous={link(previous, t('reviews.ways.previous'))}
        next={link(next, t('reviews.ways.next'))}
        status={t('reviews.ways.position', { position, count })}
      />
      {waiting !== null && (
        <a href={deskPath(review.id, waiting)} data-desk-next-open>
          {t('reviews.ways.nextOpen')}
        </a>
      )}
    </div>
  )
}

/** What was saved just now: this question, or the one before. */
function Saved({ t, opened: { question, changing } }: Pick<DeskProps, 't' | 'opened'>) {
  const place = question.state !== 'decided' ? 'Before' : changing.kind === 'grace' ? 'Grace' : 'Text'
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- screen readers announce role="status" more surely than output
    <p class="desk-saved" role="status">
      {t(`reviews.notice.saved${place}`)}
    </p>
  )
}

/** The desk: answer, evidence and decision side by side. */
export function DeskPage(props: DeskProps) {
  const { t, opened, errors, isSaved } = props
  const { review, question, questions } = opened
  return (
    <>
      <div class="desk-head">
        <Breadcrumbs
          label={t('reviews.crumbs')}
          links={[
            { href: '/reviews', text: t('reviews.list.title') },
            { href: reviewPath(review.id), text: reviewContext(review) },
          ]}
        />
        <FormProblems t={t} errors={errors} />
        <PageHeading context={t('reviews.progress', { ...deskProgress(questions) })} title={titleOf(t, opened, question.id)} />
        {isSaved && <Saved t={t} opened={opened} />}
        <Ways t={t} opened={opened} />
        <Shortcuts t={t} />
      </div>
      <div class="desk">
        <AnswerPane t={t} opened={opened} />
        <EvidencePane {...props} />
        <DecisionForm {...props} />
      </div>
    </>
  )
}
