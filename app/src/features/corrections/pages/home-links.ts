import type { Db } from '../../../db/open.ts'
import { can, citiesOf, type Person } from '../../../permissions.ts'
import type { Translator } from '../../../text/text.ts'
import type { HomeLinksOf, HomeSection } from '../../assessments/extras.ts'
import { openCityReview } from '../../dialogue/answering.ts'
import { nextText } from '../../dialogue/pages/next.ts'
import { reviewContext } from '../../dialogue/pages/words.ts'
import type { InstrumentStore } from '../../instrument/store.ts'
import { listReviews } from '../../reviews/queries.ts'
import type { Review } from '../../reviews/review.ts'
import { openCorrections } from '../usecases.ts'

type Links = HomeSection['links']

/** A review of the own city with what comes next, and the corrections that can still be taken over. */
async function linksOf(
  db: Db,
  { t, person, now }: { t: Translator; person: Person; now: Date },
  instruments: InstrumentStore,
  review: Review,
): Promise<Links> {
  const opened = await openCityReview(db, person, instruments, review.id)
  const closed = review.closedAt === null ? null : await openCorrections(db, person, instruments, review.id, now)
  const count = closed === null || closed.obstacle !== null ? 0 : closed.corrections.length
  if (review.publishedAt !== null && count === 0) return []
  const own = { href: `/reviews/${review.id}/city`, text: reviewContext(review), hint: nextText(t, opened, now) }
  const corrections = {
    href: `/reviews/${review.id}/corrections`,
    text: t('corrections.page.title'),
    hint: t('corrections.home.left', { count }),
  }
  return count === 0 ? [own] : [own, corrections]
}

/** On the page after signing in: how the reviews of the own cities stand, and who has to do what until when. */
export const cityReviewHome =
  (instruments: InstrumentStore): HomeLinksOf =>
  async (db, request) => {
    const cityIds = citiesOf(request.person).filter((cityId) => can(request.person, 'review.reply', cityId).ok)
    if (cityIds.length === 0) return null
    const links: Links[number][] = []
    for (const review of await listReviews(db, { cityIds })) links.push(...(await linksOf(db, request, instruments, review)))
    return links.length === 0 ? null : { title: request.t('dialogue.city.title'), links }
  }
