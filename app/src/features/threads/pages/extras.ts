import type { AssessmentExtrasOf, QuestionExtrasOf } from '../../assessments/extras.ts'
import { mayRead } from '../../assessments/assignment.ts'
import { listThreads } from '../queries.ts'
import { isUnanswered, type Thread, waitsFor } from '../thread.ts'
import { visibleTo } from '../usecases.ts'

const isOfOthers = (thread: Thread, personId: string): boolean => thread.messages[0]?.writer?.id !== personId

/** Somebody should look: the reader is named, or somebody else's words have no answer. */
const needsLook = (thread: Thread, personId: string): boolean =>
  waitsFor(thread, personId) || (isUnanswered(thread) && isOfOthers(thread, personId))

/** Below each question: its conversation, and how it stands. */
export const threadLinks: QuestionExtrasOf = async (db, { t, person, assessment, questionIds }) => {
  const open = visibleTo(person, assessment.city.id, await listThreads(db, assessment.city.id, { questionIds, isOpen: true }))
  return new Map(
    questionIds.map((id) => {
      const its = open.filter(({ questionId }) => questionId === id)
      const waits = its.some((thread) => waitsFor(thread, person.id))
      const text = t(waits ? 'threads.extras.waits' : 'threads.extras.question', { count: its.length })
      const link = {
        href: `/assessments/${assessment.id}/questions/${id}/thread`,
        text,
        isAlert: its.some((thread) => needsLook(thread, person.id)),
      }
      return [id, { links: [link] }]
    }),
  )
}

/** On the list of areas: how many conversations are open. */
export const threadOverview: AssessmentExtrasOf = async (db, { t, person, assessment, reach }) => {
  const all = visibleTo(person, assessment.city.id, await listThreads(db, assessment.city.id, { isOpen: true }))
  const open = all.filter(({ questionId }) => mayRead(reach, questionId))
  const looks = open.filter((thread) => needsLook(thread, person.id)).length
  const hint = looks > 0 ? t('threads.extras.look', { count: open.length, looks }) : t('threads.extras.open', { count: open.length })
  return { links: [{ href: `/assessments/${assessment.id}/threads`, text: t('threads.list.title'), hint, isAlert: looks > 0 }] }
}
