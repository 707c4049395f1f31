import { type FormErrors, type FormValues, handleForm, noErrors, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { listPart } from '../../cities/pages/paging.tsx'
import type { NamesIn } from '../routes.ts'
import { digestFormSchema, seenFormSchema } from '../schemas.ts'
import { markNoticesSeen, openDigest, openNotices, saveDigestSettings } from '../usecases.ts'
import { DigestPage } from './DigestPage.tsx'
import { NoticesPage } from './NoticesPage.tsx'

const pageSize = 50

/** A number of the address, as the page after a form says it; null when there is none. */
function countOf(c: WebContext, name: string): number | null {
  const text = c.req.query(name)
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : null
}

async function showNotices(c: WebContext, services: Services, namesIn: NamesIn): Promise<Response> {
  const t = c.get('t')
  const part = listPart(c, pageSize)
  const now = services.now()
  const found = await inTransaction(services, c, (db) => openNotices(db, personOf(c), { limit: part.size, offset: part.offset }))
  const content = <NoticesPage t={t} {...found} names={namesIn(t.language)} part={part} now={now} marked={countOf(c, 'marked')} />
  return page(c, services, { title: t('notices.list.title') }, content)
}

async function showDigest(c: WebContext, services: Services, namesIn: NamesIn, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const digest = await inTransaction(services, c, (db) => openDigest(db, personOf(c), services.now()))
  const isSaved = errors === noErrors && c.req.query('saved') !== undefined
  return page(
    c,
    services,
    { title: t('notices.settings.title'), status: errors === noErrors ? 200 : 422 },
    <DigestPage t={t} digest={digest} names={namesIn(t.language)} values={values} errors={errors} isSaved={isSaved} />,
  )
}

export function registerNoticePages(pages: Pages, services: Services, namesIn: NamesIn): void {
  const { now } = services
  pages.get('/notices', 'account.manage', (c) => showNotices(c, services, namesIn))
  pages.post('/notices/seen', 'account.manage', 'markNoticesSeen', async (c) => {
    const { until } = seenFormSchema.parse(await readForm(c))
    const which = { until: until === undefined ? undefined : new Date(until) }
    const marked = await inTransaction(services, c, (db) => markNoticesSeen(db, personOf(c), which, now()))
    return c.redirect(`/notices?marked=${marked}`, 303)
  })
  pages.get('/account/notices', 'account.manage', (c) => showDigest(c, services, namesIn, {}, noErrors))
  pages.post('/account/notices', 'account.manage', 'updateDigest', (c) =>
    handleForm(c, {
      schema: digestFormSchema,
      run: async (settings) => {
        await inTransaction(services, c, (db) => saveDigestSettings(db, personOf(c), settings, now()))
        return '/account/notices?saved'
      },
      again: (values, errors) => showDigest(c, services, namesIn, values, errors),
    }),
  )
}
