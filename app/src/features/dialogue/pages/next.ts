import type { Translator } from '../../../text/text.ts'
import type { CityReview } from '../answering.ts'
import { waitingOf } from '../dialogue.ts'
import { cityStage } from './stage.ts'
import { dayText, momentText } from './words.ts'

/** Who has to do what until when, as the city is told it. */
export function nextText(t: Translator, opened: CityReview, now: Date): string {
  const { review, queries } = opened
  const stage = cityStage(opened, now)
  const onCity = queries.filter((query) => waitingOf(query) === 'city')
  const first = onCity.map(({ dueOn }) => dueOn).sort()[0]
  if (stage === 'reviewing' && first !== undefined) return t('dialogue.next.city', { count: onCity.length, due: dayText(t, first) })
  if (stage === 'reviewing')
    return t(review.dueOn === null ? 'dialogue.next.experts' : 'dialogue.next.experts.due', {
      due: review.dueOn === null ? '' : dayText(t, review.dueOn),
    })
  if (stage === 'replying') return t('dialogue.next.replying', { until: momentText(t, review.replyUntil!) })
  return t(`dialogue.next.${stage}`)
}
