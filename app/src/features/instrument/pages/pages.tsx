import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import type { Pages } from '../../../web.ts'
import { textOf } from '../instrument.ts'
import { MethodPage } from './MethodPage.tsx'
import { QuestionnairePage } from './QuestionnairePage.tsx'

/** Pages that anyone may read: the blank questionnaire and the method. */
export function registerInstrumentPages(pages: Pages, services: Services): void {
  const { instruments } = services
  pages.get('/questionnaire', 'public', (c) => {
    const t = c.get('t')
    const title = textOf(instruments.current, t.language).instrument.title
    return page(c, services, { title }, <QuestionnairePage t={t} instrument={instruments.current} />)
  })
  pages.get('/method', 'public', (c) => {
    const t = c.get('t')
    return page(c, services, { title: t('instrument.method.title'), isWide: true }, <MethodPage t={t} instrument={instruments.current} />)
  })
}
