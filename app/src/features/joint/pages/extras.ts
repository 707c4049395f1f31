import { can } from '../../../permissions.ts'
import type { AssessmentExtrasOf } from '../../assessments/extras.ts'
import { jointState } from '../joint.ts'
import { listAgreements, listTakeable } from '../queries.ts'

/** Link to joint answers, with what waits. */
export const jointExtras: AssessmentExtrasOf = async (db, { t, person, assessment }) => {
  if (!can(person, 'city.arrange', assessment.city.id).ok) return {}
  const agreements = await listAgreements(db, assessment.id)
  const asked = agreements.filter((each) => each.partner.assessmentId === assessment.id && jointState(each) === 'proposed').length
  const waiting = agreements.length === 0 ? 0 : (await listTakeable(db, assessment.id)).length
  const hint = asked > 0 ? t('joint.extras.asked', { count: asked }) : t('joint.extras.waiting', { count: waiting })
  return { links: [{ href: `/assessments/${assessment.id}/joint`, text: t('joint.page.title'), hint, isAlert: asked + waiting > 0 }] }
}
