import { can } from '../../../permissions.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { assignedQuestions, type Assignment } from '../../assessments/assignment.ts'
import { listAssignments } from '../../assessments/assignment-queries.ts'
import { questionStatuses } from '../../assessments/assessment.ts'
import type { AssessmentExtrasOf, QuestionExtrasOf } from '../../assessments/extras.ts'
import type { ExtraOffer } from '../../assessments/question-view.ts'
import { concerns } from '../assigning.ts'
import { dayIn, noonOf } from '../due.ts'
import { isLate, owedQuestions } from '../overview.ts'
import { getTimeZone } from '../queries.ts'
import { responsibleNames } from '../responsible.ts'

/** Who answers each area, until when, and the pages where that is arranged: two queries. */
export const assignmentLinks: AssessmentExtrasOf = async (db, { t, person, assessment, instrument, answers, exclusions, reach, now }) => {
  const assignments = (await listAssignments(db, [assessment.id])).filter((each) => concerns(each, instrument))
  const today = dayIn(await getTimeZone(db, person.id), now)
  const owed = owedQuestions(instrument, assignments, questionStatuses(instrument, answers, exclusions))
  const late = owed.filter((each) => isLate(each, today)).length
  const unassigned = owed.filter(({ assignment }) => assignment === null).length
  const areas = new Map(
    assignments.flatMap((each): [string, string[]][] => {
      if (each.dimensionId === null) return []
      const who = responsibleNames(each).join(', ')
      const line = each.dueOn ? t('departments.area.until', { who, day: formatDate(t.language, noonOf(each.dueOn)) }) : who
      return [[each.dimensionId, each.note === null ? [line] : [line, t('departments.area.note', { note: each.note })]]]
    }),
  )
  const base = `/assessments/${assessment.id}`
  const isPart = reach.reads !== null
  const hint = unassigned === 0 ? t('departments.links.allAssigned') : t('departments.links.unassigned', { count: unassigned })
  return {
    areas,
    links: [
      {
        href: `${base}/assignments`,
        text: t(isPart ? 'departments.assignments.titlePart' : 'departments.assignments.link'),
        hint: isPart ? undefined : hint,
      },
      {
        href: `${base}/overview`,
        text: t(isPart ? 'departments.overview.titlePart' : 'departments.overview.link'),
        hint: late === 0 ? t('departments.links.noneLate') : t('departments.links.late', { count: late }),
        isAlert: late > 0,
      },
      {
        href: `/cities/${assessment.city.slug}/departments`,
        text: t('departments.link'),
        hint: can(person, 'city.arrange', assessment.city.id).ok ? t('departments.links.departments') : undefined,
      },
    ],
  }
}

/** What whoever assigned the question wrote to it, with the day it is asked for. */
function noteOf(t: Translator, { note, dueOn }: Assignment): ExtraOffer[] {
  if (note === null) return []
  const title = dueOn ? t('departments.question.until', { day: formatDate(t.language, noonOf(dueOn)) }) : t('departments.question.note')
  return [{ title, lines: [{ text: note }], actions: [], links: [] }]
}

/** Who answers a single question, where that differs from its area, and the sentence it was assigned with: one query. */
export const assignmentOfQuestion: QuestionExtrasOf = async (db, { t, assessment, instrument, questionIds }) => {
  const assigned = assignedQuestions(instrument, await listAssignments(db, [assessment.id]))
  return new Map(
    questionIds.flatMap((id) => {
      const each = assigned.get(id)
      if (each === undefined || each.questionId === null) return []
      const text = t('departments.answeredBy', { who: responsibleNames(each).join(', ') })
      return [[id, { links: [{ href: `/assessments/${assessment.id}/assignments`, text }], offers: noteOf(t, each) }]] as const
    }),
  )
}
