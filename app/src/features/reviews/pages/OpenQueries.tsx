import type { Translator } from '../../../text/text.ts'
import { TaskList } from '../../../ui/TaskList.tsx'
import type { OpenedDesk } from '../desk-usecases.ts'
import { queryPath } from '../paths.ts'
import { titleOf } from './words.ts'

/** The queries of the own part that are not closed, those first that the city has answered. */
export function OpenQueries({ t, desk }: { t: Translator; desk: OpenedDesk }) {
  const asked = desk.questions.filter(({ waitsFor }) => waitsFor !== null)
  if (asked.length === 0) return null
  const sorted = [...asked.filter(({ waitsFor }) => waitsFor === 'expert'), ...asked.filter(({ waitsFor }) => waitsFor === 'city')]
  return (
    <section class="review-area" aria-labelledby="open-queries">
      <h2 id="open-queries">{t('reviews.queries.title')}</h2>
      <TaskList
        tasks={sorted.map(({ id, waitsFor }) => ({
          id: `query-${id}`,
          title: titleOf(t, desk, id),
          href: queryPath(desk.review.id, id),
          status: t(waitsFor === 'expert' ? 'reviews.queries.answered' : 'reviews.queries.waiting'),
          statusKind: waitsFor === 'expert' ? 'attention' : 'blocked',
        }))}
      />
    </section>
  )
}
