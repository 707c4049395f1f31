import type { Translator } from '../../../text/text.ts'
import { titleOf } from '../../reviews/pages/words.ts'
import type { WaveAgreement } from '../usecases.ts'

/** Questions that are no unit of alpha: the city had mended its answer for one of the two experts only. */
export function NotCounted({ t, found }: { t: Translator; found: WaveAgreement }) {
  const reviews = found.reviews.flatMap(({ review, opened }) =>
    opened === null || opened.notSameAnswer.length === 0 ? [] : [{ review, copy: opened.copy, ids: opened.notSameAnswer }],
  )
  const count = reviews.reduce((sum, { ids }) => sum + ids.length, 0)
  if (count === 0) return null
  return (
    <section class="section prose">
      <h2>{t('agreement.notCounted.title', { count })}</h2>
      <p>{t('agreement.notCounted.text')}</p>
      <ul>
        {reviews.flatMap(({ review, copy, ids }) =>
          ids.map((id) => (
            <li key={`${review.id}/${id}`}>
              {review.city.name}: {titleOf(t, copy, id)}
            </li>
          )),
        )}
      </ul>
    </section>
  )
}
