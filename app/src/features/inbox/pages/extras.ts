import { can } from '../../../permissions.ts'
import type { AssessmentExtrasOf } from '../../assessments/extras.ts'
import { viewerOf } from '../../evidence/usecases.ts'
import { countInbox } from '../queries.ts'

/** Link to the inbox, with how many documents wait. */
export const inboxExtras: AssessmentExtrasOf = async (db, { t, person, assessment }) => {
  const cityId = assessment.city.id
  if (!can(person, 'evidence.edit', cityId).ok) return {}
  const count = await countInbox(db, assessment.id, cityId, viewerOf(person, cityId))
  return { links: [{ href: `/assessments/${assessment.id}/inbox`, text: t('inbox.link'), hint: t('inbox.title', { count }) }] }
}
