import { can } from '../../../permissions.ts'
import type { AssessmentExtrasOf, QuestionExtrasOf } from '../../assessments/extras.ts'
import { mayRead } from '../../assessments/assignment.ts'
import { listReviews } from '../../reviews/queries.ts'
import { isReplyOpen, waitingOf } from '../dialogue.ts'
import { listQueries } from '../queries.ts'
import { dayText, momentText } from './words.ts'

/** From the list of areas to the review, with what waits for the city. */
export const reviewExtras: AssessmentExtrasOf = async (db, { t, person, assessment, reach, now }) => {
  if (!can(person, 'review.read', assessment.city.id).ok) return {}
  const [review] = await listReviews(db, { assessmentId: assessment.id })
  if (review === undefined) return {}
  const waiting = (await listQueries(db, [review.id])).filter((query) => waitingOf(query) === 'city' && mayRead(reach, query.questionId))
  const first = waiting.map(({ dueOn }) => dueOn).sort()[0]
  const canReply = isReplyOpen(review, now)
  const hint =
    first !== undefined
      ? t('dialogue.extras.waiting', { count: waiting.length, due: dayText(t, first) })
      : canReply
        ? t('dialogue.extras.replying', { until: momentText(t, review.replyUntil!) })
        : t(review.closedAt === null ? 'dialogue.extras.running' : 'dialogue.extras.closed')
  const isFirst = waiting.length > 0 || canReply
  return { links: [{ href: `/reviews/${review.id}/city`, text: t('dialogue.city.title'), hint, isAlert: isFirst, isFirst }] }
}

/** Below a question: what the experts ask about it. */
export const queryLinks: QuestionExtrasOf = async (db, { t, person, assessment, questionIds }) => {
  if (!can(person, 'review.read', assessment.city.id).ok) return new Map()
  const [review] = await listReviews(db, { assessmentId: assessment.id })
  if (review === undefined) return new Map()
  const asked = (await listQueries(db, [review.id])).filter((query) => waitingOf(query) === 'city')
  return new Map(
    questionIds.flatMap((id) => {
      const links = asked
        .filter(({ questionId }) => questionId === id)
        .map((query) => ({ href: `/reviews/${review.id}/queries/${query.id}`, text: t('dialogue.extras.question'), isAlert: true }))
      return links.length === 0 ? [] : [[id, { links }] as const]
    }),
  )
}
