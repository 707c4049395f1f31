import { formatDate, formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { NavTabs } from '../../../ui/NavTabs.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { type Task, TaskList } from '../../../ui/TaskList.tsx'
import { TwoColumns } from '../../../ui/TwoColumns.tsx'
import { choiceWords } from '../../partners/pages/answer-words.ts'
import { questionNumbers, textOf } from '../../instrument/instrument.ts'
import { continueAt, deskFilters, type DeskFilter, deskProgress, type DeskQuestion, filtered, isFlagged, isWaiting } from '../desk.ts'
import type { OpenedDesk } from '../desk-usecases.ts'
import { agendaPath, deskPath, packPath, reviewPath } from '../paths.ts'
import { OpenQueries } from './OpenQueries.tsx'
import { decisionText, dueText, durationText, noDecisionText, partText, reviewContext, spentOn, titleOf } from './words.ts'

interface Props {
  t: Translator
  desk: OpenedDesk
  filter: DeskFilter
  notice: 'signed' | 'done' | null
}

function task({ t, desk }: Props, question: DeskQuestion): Task {
  const { id, judgement, state, answer } = question
  const meta = [
    answer === undefined ? t('assessments.state.open') : choiceWords(t, desk.instrument, id, answer),
    ...(judgement === null ? [] : [decisionText(t, question, judgement)]),
    ...(isFlagged(question) ? [t('reviews.question.flagged')] : []),
  ]
  return {
    id,
    title: titleOf(t, desk, id),
    href: deskPath(desk.review.id, id),
    hint: noDecisionText(t, desk, question) ?? undefined,
    status: t(`reviews.state.${state}`),
    statusKind: state === 'outdated' ? 'attention' : isWaiting(question) ? 'open' : state === 'decided' ? 'done' : 'blocked',
    meta: state === 'hidden' || state === 'excluded' ? [] : meta,
  }
}

/** Tasks by area; areas in which the filter finds nothing are left out. */
function Areas(props: Props) {
  const { t, desk, filter } = props
  const text = textOf(desk.instrument, t.language)
  const shown = new Map(filtered(desk.questions, filter).map((question) => [question.id, question]))
  if (shown.size === 0) return <EmptyState title={t(`reviews.empty.${filter}`)}>{t(`reviews.emptyText.${filter}`)}</EmptyState>
  return (
    <>
      {desk.instrument.dimensions.map((dimension) => {
        const ids = dimension.indicators.flatMap(({ questions }) => questions.map(({ id }) => id))
        const own = desk.questions.filter(({ id }) => ids.includes(id))
        const found = own.filter(({ id }) => shown.has(id))
        if (found.length === 0) return null
        const name = text.dimensions[dimension.id]!.name
        return (
          <section key={dimension.id} class="review-area" aria-labelledby={`area-${dimension.id}`}>
            <h2 id={`area-${dimension.id}`}>{name}</h2>
            <p>{t('reviews.progress', { ...deskProgress(own) })}</p>
            <TaskList tasks={found.map((question) => task(props, question))} />
          </section>
        )
      })}
    </>
  )
}

const mostLinks = 8

/** The first questions that wait, each with a link, and a link to all of them. */
function Missing({ t, desk, missing }: Pick<Props, 't' | 'desk'> & { missing: readonly DeskQuestion[] }) {
  const numbers = questionNumbers(desk.instrument)
  const { id: reviewId } = desk.review
  return (
    <ul class="desk-missing" aria-label={t('reviews.sign.missingList')}>
      {missing.slice(0, mostLinks).map(({ id }) => (
        <li key={id}>
          <a href={deskPath(reviewId, id)}>{t('reviews.sign.question', { number: numbers.get(id) ?? 0 })}</a>
        </li>
      ))}
      {missing.length > mostLinks && (
        <li>
          <a href={reviewPath(reviewId, 'open')}>{t('reviews.sign.more', { count: missing.length - mostLinks })}</a>
        </li>
      )}
    </ul>
  )
}

/** The signature under the expert's part, or what is missing before. */
function Signing({ t, desk }: Props) {
  const { assignment, changing, review, questions } = desk
  if (assignment.signedAt !== null)
    return (
      <>
        <p>{t('reviews.sign.done', { date: formatDate(t.language, assignment.signedAt) })}</p>
        {changing.kind === 'grace' && <p>{t('reviews.sign.grace', { date: formatDateTime(t.language, changing.until) })}</p>}
      </>
    )
  const missing = questions.filter(isWaiting)
  const reason =
    missing.length > 0
      ? t('reviews.sign.missing', { missing: missing.length })
      : changing.kind === 'locked'
        ? t(`reviews.step.${changing.reason}`)
        : questions.some(({ waitsFor }) => waitsFor !== null)
          ? t('reviews.step.asked')
          : undefined
  const button = (
    <Button id="sign" unavailableReason={reason}>
      {t('reviews.sign.button')}
    </Button>
  )
  if (reason !== undefined)
    return (
      <>
        {button}
        {missing.length > 0 && <Missing t={t} desk={desk} missing={missing} />}
      </>
    )
  return (
    <Disclosure summary={t('reviews.sign.open')}>
      <p>{t('reviews.sign.text')}</p>
      <form method="post" action={`${reviewPath(review.id)}/sign`}>
        {button}
      </form>
    </Disclosure>
  )
}

function Context(props: Props) {
  const { t, desk } = props
  const { id } = desk.review
  const { dueOn } = desk.assignment
  return (
    <>
      <h2>{t('reviews.context.title')}</h2>
      <p>{partText(t, desk)}</p>
      {dueOn !== null && <p>{t('reviews.list.due', { date: dueText(t, dueOn) })}</p>}
      <p>{t('reviews.context.blind')}</p>
      <p>{t('reviews.time.all', { time: durationText(t, spentOn(desk)) })}</p>
      <ul class="plain-list">
        <li>
          <a href={agendaPath(id)}>{t('reviews.context.agenda', { flagged: deskProgress(desk.questions).flagged })}</a>
        </li>
        <li>
          <a href={packPath(id)} download>
            {t('reviews.context.pack')}
          </a>
        </li>
      </ul>
      <h2>{t('reviews.sign.title')}</h2>
      <Signing {...props} />
    </>
  )
}

/** What the expert decides in one review, area by area. */
export function ReviewPage(props: Props) {
  const { t, desk, filter, notice } = props
  const progress = deskProgress(desk.questions)
  const next = continueAt(desk.questions, desk.assignment.lastQuestionId)
  const isBegun = progress.decided > 0 || desk.assignment.lastQuestionId !== null
  return (
    <>
      <Breadcrumbs label={t('reviews.crumbs')} links={[{ href: '/reviews', text: t('reviews.list.title') }]} />
      <PageHeading context={reviewContext(desk.review)} title={t('reviews.review.title')} lead={t('reviews.progress', { ...progress })} />
      {notice !== null && (
        <Notice kind="success" title={t(`reviews.notice.${notice}`)} isAnnounced>
          <p>{t(`reviews.notice.${notice}Text`)}</p>
        </Notice>
      )}
      <TwoColumns contextLabel={t('reviews.context.title')} context={<Context {...props} />}>
        {next !== null && desk.assignment.signedAt === null && (
          <p>
            <ButtonLink href={deskPath(desk.review.id, next)}>{t(isBegun ? 'reviews.continue' : 'reviews.begin')}</ButtonLink>
          </p>
        )}
        <OpenQueries t={t} desk={desk} />
        <NavTabs
          label={t('reviews.filter.label')}
          links={deskFilters.map((each) => ({
            href: reviewPath(desk.review.id, each),
            text: t(`reviews.filter.${each}`, { count: filtered(desk.questions, each).length }),
            isCurrent: each === filter,
          }))}
        />
        <Areas {...props} />
      </TwoColumns>
    </>
  )
}
