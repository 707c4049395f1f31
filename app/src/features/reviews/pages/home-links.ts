import { can } from '../../../permissions.ts'
import type { HomeLinksOf } from '../../assessments/extras.ts'
import { listReviewAssignments } from '../queries.ts'

/** The way of an expert to their reviews, with how many wait for them: one query. */
export const reviewLinks: HomeLinksOf = async (db, { t, person }) => {
  if (!can(person, 'review.work').ok) return null
  const open = (await listReviewAssignments(db, { personId: person.id })).filter(({ signedAt }) => signedAt === null).length
  return {
    title: t('reviews.home.title'),
    links: [{ href: '/reviews', text: t('reviews.list.title'), hint: t('reviews.home.open', { open }) }],
  }
}
