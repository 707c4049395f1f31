import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf } from '../../../web.ts'
import { openHome } from '../home.ts'
import { HomePage } from './HomePage.tsx'

export function registerHomePages(pages: Pages, services: Services): void {
  pages.get('/home', 'signed-in', async (c) => {
    const t = c.get('t')
    const person = personOf(c)
    const now = services.now()
    const home = await inTransaction(services, c, (db) => openHome(db, person, services.instruments, now))
    return page(c, services, { title: t('accounts.home.title') }, <HomePage t={t} person={person} home={home} now={now} />)
  })
}
