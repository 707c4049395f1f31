import { fieldOf, type FormValues, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { textsUnder } from '../../../text/text.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { bringBackDocuments, fileDocuments, openInbox } from '../usecases.ts'
import { InboxPage } from './InboxPage.tsx'

const addressOf = (c: WebContext): string => `/assessments/${c.req.param('assessmentId')}/inbox`

async function show(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const number = Math.max(1, Math.floor(Number(c.req.query('page'))) || 1)
  const request = { assessmentId: c.req.param('assessmentId')!, page: number }
  const opened = await inTransaction(services, c, (db) => openInbox(db, personOf(c), services.instruments, request))
  const filed = c.req.query('filed')
  const done = filed === undefined ? null : { filed: Number(filed) || 0, aside: Number(c.req.query('aside')) || 0 }
  const options = {
    title: t('inbox.link'),
    scripts: ['client/evidence-upload.ts'],
    islands: { 'upload-texts': textsUnder(t.language, 'evidence.uploading.') },
  }
  return page(c, services, options, <InboxPage t={t} {...opened} settings={services.config.evidence} page={number} done={done} />)
}

/** The documents of the form for which something was chosen. */
function chosenDocuments(values: FormValues): { evidenceId: string; questionIds: string[] }[] {
  return [values.document ?? []].flat().flatMap((evidenceId) => {
    const questionIds = [...new Set([values[`q-${evidenceId}`] ?? []].flat().filter((id) => id !== ''))]
    const isAside = fieldOf(values, `aside-${evidenceId}`) === 'yes'
    return questionIds.length > 0 || isAside ? [{ evidenceId, questionIds }] : []
  })
}

async function file(c: WebContext, services: Services): Promise<Response> {
  const values = await readForm(c)
  const documents = chosenDocuments(values)
  const assessmentId = c.req.param('assessmentId')!
  if (documents.length === 0) {
    await inTransaction(services, c, (db) => openInbox(db, personOf(c), services.instruments, { assessmentId, page: 1 }))
    return c.redirect(addressOf(c), 303)
  }
  const request = { assessmentId, documents, key: fieldOf(values, '_key') }
  const { filed, aside } = await inTransaction(services, c, (db) =>
    fileDocuments(db, personOf(c), services.instruments, request, services.now()),
  )
  return c.redirect(`${addressOf(c)}?filed=${filed}&aside=${aside}`, 303)
}

async function back(c: WebContext, services: Services): Promise<Response> {
  const assessmentId = c.req.param('assessmentId')!
  await inTransaction(services, c, (db) => bringBackDocuments(db, personOf(c), services.instruments, assessmentId, services.now()))
  return c.redirect(addressOf(c), 303)
}

export function registerInboxPages(pages: Pages, services: Services): void {
  const base = '/assessments/:assessmentId/inbox'
  pages.get(base, 'evidence.edit', (c) => show(c, services))
  pages.post(base, 'evidence.edit', 'fileDocuments', (c) => file(c, services))
  pages.post(`${base}/bring-back`, 'evidence.edit', 'bringBackDocuments', (c) => back(c, services))
}
