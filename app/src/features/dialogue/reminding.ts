import type { Db } from '../../db/open.ts'
import { listHolders } from '../accounts/membership-queries.ts'
import { addDays, remindedDaysBefore } from '../departments/due.ts'
import type { NewNotice } from '../notices/notice.ts'
import { listQueriesDue, listRepliesEnding } from './queries.ts'
import { queryAddress } from './telling.ts'

const replyRemindedBefore = 3 // days

/**
 * Reminders for the coordination of a city: of queries that wait for it, and of its right to reply to the decisions. Needs the context
 * of the network. @param day today, YYYY-MM-DD
 */
export async function listReviewReminders(db: Db, day: string): Promise<NewNotice[]> {
  const dueOn = addDays(day, remindedDaysBefore)
  const until = addDays(day, replyRemindedBefore)
  const due = (await listQueriesDue(db, dueOn)).map(({ id, reviewId, cityId, questionId }) => ({
    cityId,
    kind: 'query-due' as const,
    subject: { question: questionId, dueOn },
    address: queryAddress(reviewId, id),
  }))
  const ending = (await listRepliesEnding(db, until)).map(({ id, cityId }) => ({
    cityId,
    kind: 'reply-until' as const,
    subject: { dueOn: until },
    address: `/reviews/${id}/decisions`,
  }))
  const found: NewNotice[] = []
  for (const notice of [...due, ...ending])
    for (const { id } of await listHolders(db, 'city-coordinator', notice.cityId)) found.push({ ...notice, personId: id })
  return found
}
