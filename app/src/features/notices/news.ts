import { inContext } from '../../db/context.ts'
import type { Services } from '../../services.ts'
import { contextOf, type WebContext } from '../../web.ts'
import { visitPage } from './queries.ts'

/**
 * How much is new for whoever is signed in; what leads to the page they are opening is no longer. Zero while the database is away,
 * so that the page that says so can be drawn. No query when nothing was new as the request began.
 */
export async function countNews(c: WebContext, { db, now }: Services, status: number): Promise<number> {
  const person = c.get('person')
  if (person === null || c.get('news') === 0) return 0
  const opened = c.req.method === 'GET' && status === 200 ? c.req.path : null
  return inContext(db, contextOf(person), (tx) => visitPage(tx, person.id, opened, now())).catch(() => 0)
}
