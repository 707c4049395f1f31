import { can } from '../../../permissions.ts'
import type { HomeLinksOf } from '../../assessments/extras.ts'
import { openCalibration } from '../usecases.ts'

/** Calibration: the own cases of an expert, the overview for the lead. One query. */
export const calibrationLinks: HomeLinksOf = async (db, { t, person }) => {
  const [isExpert, isLead] = [can(person, 'review.work').ok, can(person, 'reviews.manage').ok]
  if (!isExpert && !isLead) return null
  const own = isExpert ? (await openCalibration(db, person)).summary : null
  const state = own === null ? '' : t('calibration.home.ownState', { judged: own.judged, all: own.all })
  return {
    title: t('calibration.home.title'),
    links: [
      ...(isExpert ? [{ href: '/calibration', text: t('calibration.home.own'), hint: state }] : []),
      ...(isLead ? [{ href: '/evaluations/calibration', text: t('calibration.home.overview') }] : []),
    ],
  }
}
