import { can } from '../../../permissions.ts'
import type { AssessmentExtrasOf } from '../../assessments/extras.ts'
import { countOpenLinks } from '../queries.ts'

/** Link to the guests of an assessment, with how many are still at it. */
export const guestAssessmentExtras: AssessmentExtrasOf = async (db, { t, person, assessment, now }) => {
  if (!can(person, 'guest.invite', assessment.city.id).ok) return {}
  const counts = await countOpenLinks(db, assessment.id, now)
  const hint = t('guests.extras.hint', counts)
  return { links: [{ href: `/assessments/${assessment.id}/guests`, text: t('guests.extras.link'), hint }] }
}
