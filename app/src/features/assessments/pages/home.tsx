import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf } from '../../../web.ts'
import type { HomeLinksOf } from '../extras.ts'
import { openHome } from '../home.ts'
import { HomePage } from './HomePage.tsx'

export function registerHomePages(pages: Pages, services: Services, homeLinks: readonly HomeLinksOf[]): void {
  pages.get('/home', 'signed-in', async (c) => {
    const t = c.get('t')
    const person = personOf(c)
    const now = services.now()
    const { home, sections } = await inTransaction(services, c, async (db) => ({
      home: await openHome(db, person, services.instruments, now),
      sections: (await Promise.all(homeLinks.map((linksOf) => linksOf(db, { t, person, now })))).filter((section) => section !== null),
    }))
    return page(
      c,
      services,
      { title: t('accounts.home.title') },
      <HomePage t={t} person={person} home={home} sections={sections} now={now} />,
    )
  })
}
