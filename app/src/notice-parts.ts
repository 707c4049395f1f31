import { listDueReminders } from './features/departments/reminding.ts'
import { listReviewReminders } from './features/dialogue/reminding.ts'
import { listExpiryReminders } from './features/evidence/expiry-queries.ts'
import { elementNames } from './features/instrument/names.ts'
import type { NoticeParts } from './features/notices/commands.ts'

/** What other features give the notices: names of questions and areas, and reminders of what is due. */
export const noticeParts: NoticeParts = {
  namesIn:
    ({ instruments }) =>
    (language) =>
      elementNames(instruments.current, language),
  sourcesOf: ({ instruments }) => [(db, day) => listDueReminders(db, instruments, day), listExpiryReminders, listReviewReminders],
}
